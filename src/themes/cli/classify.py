"""`themes classify`: scores for text that is anonymized already, for scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from themes.cli import _options as options
from themes.cli._progress import progress


def classify(
    inputs: options.Inputs,
    out: Annotated[
        Path,
        typer.Option(
            metavar="FILE.csv|.jsonl|.parquet", help="The file to make.", show_default=False
        ),
    ],
    codebook: options.CodebookOption = "help-seeking",
    language: options.LanguageOption = options.Language.auto,
    unit: options.UnitOption = options.Unit.turn,
    model: options.ModelOption = "help-seeking",
    interviewer: options.InterviewerOption = None,
    overwrite: options.OverwriteOption = False,
) -> None:
    """Score every respondent segment of transcripts that are anonymized already."""
    from themes import pipeline
    from themes.cli._save import save_table, table_format, tell
    from themes.exporters.tables import classified

    exporter = table_format(out, overwrite=overwrite)
    settings = pipeline.Settings(
        codebook=codebook,
        language=language.value,
        unit=unit.value,
        model=model,
        interviewer=interviewer,
        already_anonymized=True,
    )
    with progress() as bar:
        result = pipeline.run(inputs, settings, bar.step)
    made = result.classified
    save_table(
        classified(made.segments, made.code_ids, made.scores, made.suggestions), out, exporter
    )
    tell(result, out)
