"""`themes status`: how far everybody is."""

from __future__ import annotations

from themes.cli._study import StudyFolder


def status(study: StudyFolder) -> None:
    """Say what is in a study and how far everybody is."""
    from themes import codebooks, config
    from themes.cli._study import open_study
    from themes.errors import ThemesError
    from themes.snapshot import read_snapshot
    from themes.stages.adjudicate import cases, settled
    from themes.stages.classify import answers
    from themes.stages.decide import NOTHING

    with open_study(study) as opened:
        with opened.database.read() as connection:
            now = read_snapshot(connection)
        materials = now.materials
        book = materials.book
        print(f"{opened.config.name}: codebook {book.id} {book.version}")
        print(
            f"{len(materials.transcripts)} transcripts, {len(answers(materials.segments))} answers, "
            f"{sum(map(len, materials.suggestions.values()))} suggestions"
            + (f" by {materials.run.model}" if materials.run else ": run themes suggest")
        )
        for coder in now.coders:
            mine = [a for a in now.assignments if a.coder_id == coder.id and not a.round]
            done = sum(now.standings.get(a.id, NOTHING).lock is not None for a in mine)
            print(f"{coder.name} ({coder.role}): {done} of {len(mine)} turns locked")
        found = cases(now.assignments, now.standings, book, seed=opened.config.seed)
        if found:
            n_open = sum(not settled(case, now.decided) for case in found)
            print(f"adjudication: {n_open} of {len(found)} turns open")
        if materials.run and materials.run.codebook_version != book.version:
            print(
                f"note: the suggestions are for version {materials.run.codebook_version}; "
                f"run themes suggest {study}"
            )
        try:
            edited = codebooks.load(study / config.CODEBOOK_FILE)
        except ThemesError as error:
            print(f"note: {error}")
            return
        if codebooks.fingerprint(edited) != codebooks.fingerprint(book):
            print(f"note: {config.CODEBOOK_FILE} was edited; see themes codebook diff {study}")
