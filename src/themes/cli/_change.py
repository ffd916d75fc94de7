"""`themes codebook diff` and `migrate`: from one version of a study's codebook to the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from themes.cli._study import StudyFolder

if TYPE_CHECKING:
    from themes.records import Codebook
    from themes.snapshot import Snapshot
    from themes.stages.codebook_change import Change

NewBook = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE.toml",
        help="The new codebook; else the study's codebook.toml, edited.",
        show_default=False,
    ),
]
Replace = Annotated[
    list[str] | None,
    typer.Option(
        "--replace",
        metavar="OLD=NEW[,NEW]",
        help="A code with another id, or several for a split; give two the same NEW to merge.",
        show_default=False,
    ),
]


def diff(study: StudyFolder, new: NewBook = None, replace: Replace = None) -> None:
    """Show what another version of the codebook changes, and how many decisions it touches."""
    from themes.cli._study import open_study

    with open_study(study) as opened:
        with opened.database.read() as connection:
            snapshot, book, changes, _ = _plan(connection, study, new, replace)
        _print(snapshot, book, changes)


def migrate(study: StudyFolder, new: NewBook = None, replace: Replace = None) -> None:
    """Make another version of the codebook the one that stands, and queue what to look at again."""
    from themes import codebooks, config
    from themes.atomic import write_file
    from themes.cli._study import open_study
    from themes.database import corpus, log, team
    from themes.database.backup import backup
    from themes.database.connect import now
    from themes.errors import CodebookError

    with open_study(study) as opened:
        if opened.database.is_file:
            kept = backup(opened.database.place, study / "backups", "before-codebook")
            print(f"backup: {kept}")
        with opened.database.write() as connection:
            snapshot, book, changes, replaced = _plan(connection, study, new, replace)
            versions = [version.book.version for version in snapshot.materials.versions]
            if book.version in versions:
                raise CodebookError(
                    new or study / config.CODEBOOK_FILE,
                    "version",
                    f"{book.version} is in use already",
                    "write a new one",
                )
            corpus.add_codebook(connection, book, codebooks.fingerprint(book), replaced, now())
            queued = _queue(snapshot, changes, book.version, now())
            for coder_id, decisions in queued.items():
                log.hold(connection, coder_id)
                log.append_decisions(connection, coder_id, decisions)
            team.add_event(
                connection,
                "codebook migrated",
                {
                    "from": versions[-1],
                    "to": book.version,
                    "replaced": replaced,
                    "turns_again": {
                        snapshot.name_of(c): len({d.assignment_id for d in ds})
                        for c, ds in queued.items()
                    },
                },
                now(),
            )
        _print(snapshot, book, changes)
        if new is not None:
            write_file(study / config.CODEBOOK_FILE, new.read_bytes())
        print(f"version {book.version} stands; next: themes suggest {study}")


def _plan(connection, study, new, replace):
    from themes import codebooks, config
    from themes.errors import InputError
    from themes.snapshot import read_snapshot
    from themes.stages.codebook_change import diff as differ

    snapshot = read_snapshot(connection)
    place = new or study / config.CODEBOOK_FILE
    book = codebooks.load(place)
    replaced: dict[str, list[str]] = {}
    for pair in replace or ():
        old, equals, heirs = pair.partition("=")
        if not equals or not old.strip():
            raise InputError(f"--replace {pair}: is not OLD=NEW; write for example cost=price,time")
        replaced[old.strip()] = [heir.strip() for heir in heirs.split(",") if heir.strip()]
    try:
        changes = differ(snapshot.materials.book, book, replaced)
    except ValueError as error:
        raise InputError(f"--replace: {error}") from None
    return snapshot, book, changes, replaced


def _touched(snapshot: Snapshot, change: Change) -> tuple[int, dict[int, int]]:
    """How often the codes of a change were given, and by whom how many times."""
    given: dict[int, int] = {}
    for a in snapshot.assignments:
        standing = snapshot.standings.get(a.id)
        for code in standing.given if standing else ():
            if code in change.before:
                given[a.coder_id] = given.get(a.coder_id, 0) + 1
    return sum(given.values()), given


def _queue(snapshot: Snapshot, changes, version: str, at: str):
    from themes.records import Decision
    from themes.stages.codebook_change import open_again

    queued: dict[int, list[Decision]] = {}
    for a in snapshot.assignments:
        standing = snapshot.standings.get(a.id)
        if standing is None or standing.lock is None:
            continue
        rejected = [code for code, answer in standing.answers.items() if answer.present is False]
        asked = open_again(changes, standing.given, rejected)
        if asked is None:
            continue
        for code in asked or ("",):
            queued.setdefault(a.coder_id, []).append(
                Decision(
                    0,
                    f"again:{version}:{a.id}:{code}",
                    a.id,
                    "again",
                    code,
                    codebook_version=version,
                    at=at,
                )
            )
    return queued


def _print(snapshot: Snapshot, book: Codebook, changes) -> None:
    old = snapshot.materials.book
    print(f"{old.id} {old.version} -> {book.version}: {len(changes) or 'no'} changes")
    again: set[int] = set()
    for change in changes:
        n, by_coder = _touched(snapshot, change)
        arrow = " -> ".join(", ".join(side) for side in (change.before, change.after) if side)
        who = ", ".join(f"{snapshot.name_of(c)} {n}" for c, n in sorted(by_coder.items()))
        print(
            f"{change.kind:9} {arrow}: given {n} times"
            + (f" ({who})" if who else "")
            + ("; to look at again" if change.looked_at_again and n else "")
        )
    for decisions in _queue(snapshot, changes, book.version, "").values():
        again |= {decision.assignment_id for decision in decisions}
    print(f"{len(again)} turns to look at again")
