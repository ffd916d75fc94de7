"""`themes add`: transcripts into a study, pseudonymized on the way."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from themes.cli import _options as options
from themes.cli._progress import progress
from themes.cli._study import StudyFolder


def add(
    study: StudyFolder,
    inputs: options.Inputs,
    attributes: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv",
            help="Participant attributes: first column transcript, one row each.",
            show_default=False,
        ),
    ] = None,
    already_anonymized: Annotated[
        bool,
        typer.Option(
            "--already-anonymized",
            help="The texts are pseudonymized already: replace nothing.",
            show_default=False,
        ),
    ] = False,
) -> None:
    """Read transcripts, pseudonymize them, cut them into segments. Adding twice changes nothing."""
    from themes import pipeline
    from themes.cli._save import tell
    from themes.cli._study import open_study
    from themes.database import corpus, team
    from themes.database.connect import now

    with open_study(study) as opened:
        config = opened.config
        settings = pipeline.Settings(
            language=config.language,
            unit=config.unit,
            interviewer=config.interviewer or None,
            attributes=attributes,
            already_anonymized=already_anonymized,
        )
        with opened.database.read() as connection:
            present = corpus.transcripts(connection)
        with progress() as bar:
            done = pipeline.anonymize(inputs, settings, bar.step, present)
        segments = pipeline.segment(done.transcripts, config.unit)
        with opened.database.write() as connection:
            corpus.add_transcripts(connection, done.transcripts, segments, now())
            team.add_event(
                connection, "add", {"transcripts": [t.id for t in done.transcripts]}, now()
            )
        if present and done.transcripts and not already_anonymized:
            print(
                f"note: {len(present)} transcripts were here before; people who are in both have "
                "another number in the new ones. Add all at once where that matters",
                file=sys.stderr,
            )
        tell(done, study)
