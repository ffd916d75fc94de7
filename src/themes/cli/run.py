"""`themes run`: from a folder of transcripts to suggestions, in one go."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from themes.cli import _options as options
from themes.cli._progress import progress


def run(
    inputs: options.Inputs,
    out: options.OutFolder,
    codebook: options.CodebookOption = "help-seeking",
    language: options.LanguageOption = options.Language.auto,
    unit: options.UnitOption = options.Unit.turn,
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
    model: options.ModelOption = "help-seeking",
    interviewer: options.InterviewerOption = None,
    overwrite: options.OverwriteOption = False,
) -> None:
    """Pseudonymize transcripts, suggest codes, and write what coders and QDA programs open."""
    from themes import pipeline
    from themes.atomic import new_folder
    from themes.cli._save import save_run, tell

    settings = pipeline.Settings(
        codebook=codebook,
        language=language.value,
        unit=unit.value,
        model=model,
        interviewer=interviewer,
        attributes=attributes,
        already_anonymized=already_anonymized,
    )
    with new_folder(out, overwrite=overwrite) as folder, progress() as bar:
        result = pipeline.run(inputs, settings, bar.step)
        save_run(result, folder)
    tell(result, out)
