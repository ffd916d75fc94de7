"""With a key: the search for leaks, the log, the page for the ethics board."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

from themes import __version__, pipeline
from themes.atomic import write_file
from themes.errors import LeakError
from themes.keyfile import KeyFile
from themes.stages.anonymization_report import Proof, anonymization_report
from themes.stages.audit_log import audit_log
from themes.stages.leaks import Leak, find_leaks
from themes.stages.name_decisions import fate, findings

_MOST_SHOWN = 20


def prove(result: pipeline.Anonymized, folder: Path, out: Path, reason: str | None) -> None:
    """Search everything in `folder`, and write audit.jsonl and anonymization.html into it.

    Raises LeakError when something that the key knows still stands and no reason was given, and
    when the reason, or a reason given for a decision, names it.
    """
    leaks = find_leaks(files_in(folder), result.key)
    if leaks and not (reason or "").strip():
        show(leaks)
        raise LeakError(
            out,
            f"would show {len(leaks)} things that the key knows, so nothing was written",
            "add --review, put other spellings into the --people table, or give --allow-leaks REASON",
        )
    everything = findings(
        result.searched.transcripts, result.searched.detected, result.searched.queue
    )
    versions = {"themes": __version__, "phonenumbers": metadata.version("phonenumbers")}
    log = audit_log(
        result.key,
        {"profile": result.settings.profile, **versions},
        everything,
        result.transcripts,
        result.replacements,
        leaks,
        reason or "",
    )
    page = anonymization_report(
        Proof(result.key, result.settings.profile, everything, result.transcripts,
              result.replacements, leaks, reason or "", n_files=sum(1 for _ in files_in(folder)),
              versions=versions)
    )  # fmt: skip
    written = {"audit.jsonl": log, "anonymization.html": page.encode()}
    again = find_leaks(written.items(), result.key)
    if again:
        show(again)
        raise LeakError(
            out, "would show a name in the log", "write reasons and initials without names"
        )
    for name, data in written.items():
        write_file(folder / name, data)
    strict = result.settings.profile == "strict"
    left = sum(fate(each, result.key, indirect=strict) == "left" for each in everything)
    if left:
        print(
            f"note: {left} words, numbers and passages stay readable because nobody decided about "
            "them; decide with themes anonymize --review",
            file=sys.stderr,
        )


def remember(result: pipeline.Anonymized, file: KeyFile) -> None:
    """Put into the key what leads back, before the outputs take their name."""
    file.save(result.key)


def files_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file under `folder`, by its path inside it, in order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def show(leaks: Sequence[Leak]) -> None:
    """What was found and where, on the screen alone: whoever has the key may see it."""
    for leak in leaks[:_MOST_SHOWN]:
        said = " ".join(leak.words.split())
        print(
            f"leak: {leak.file}, character {leak.at}: {said} ({leak.entity}, {leak.how})",
            file=sys.stderr,
        )
    if len(leaks) > _MOST_SHOWN:
        print(f"leak: and {len(leaks) - _MOST_SHOWN} more", file=sys.stderr)
