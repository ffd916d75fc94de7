"""`themes discover`: what no code covers, as candidates for codes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from themes.cli import _options as options
from themes.cli._progress import progress


def discover(
    inputs: options.Inputs,
    out: Annotated[
        Path,
        typer.Option(
            metavar="FILE.csv|.jsonl|.parquet", help="The table to make.", show_default=False
        ),
    ],
    codebook: options.CodebookOption = "help-seeking",
    language: options.LanguageOption = options.Language.auto,
    model: options.ModelOption = "help-seeking",
    interviewer: options.InterviewerOption = None,
    smallest: Annotated[int, typer.Option(min=2, help="The fewest answers that make a group.")] = 5,
    overwrite: options.OverwriteOption = False,
) -> None:
    """Group the answers that no code covers, for somebody to look at.

    Transcripts are pseudonymized first. Nothing is added to the codebook.
    """
    from themes import pipeline
    from themes.cli._save import save_table, table_format, tell
    from themes.exporters.tables import candidates
    from themes.stages.discover import discover as find

    exporter = table_format(out, overwrite=overwrite)
    settings = pipeline.Settings(
        codebook=codebook, language=language.value, model=model, interviewer=interviewer
    )
    with progress() as bar:
        result = pipeline.run(inputs, settings, bar.step)
        coded = {suggestion.segment_id for suggestion in result.classified.suggestions}
        left = [s for s in result.classified.segments if s.id not in coded]
        found = find(left, result.model.encoder.encode([s.text for s in left]), smallest)
    save_table(candidates(found), out, exporter)
    for number, group in enumerate(found, 1):
        print(
            f"{number:3}. {len(group.segments):3} answers in {group.n_transcripts} transcripts: "
            + ", ".join(group.phrases)
        )
    print(
        f"{len(found)} groups of {len(left)} answers without a code; "
        f"{sum(len(g.segments) for g in found)} answers are in one"
    )
    tell(result, out)
