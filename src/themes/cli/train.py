"""`themes train`: a model from a team's own codings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from themes.cli import _options as options
from themes.cli import _table_options as columns
from themes.cli._progress import progress


def train(
    table: columns.Table,
    out: Annotated[
        Path,
        typer.Option("--out", metavar="DIR", help="The model folder to make.", show_default=False),
    ],
    text: columns.Text = "text",
    codes: columns.Codes = "codes",
    group: columns.Group = "transcript",
    context: columns.Context = None,
    coder: columns.Coder = None,
    codebook: columns.CodebookFile = None,
    frozen: columns.Frozen = False,
    overwrite: options.OverwriteOption = False,
) -> None:
    """Learn from text that people coded, and say how good that is on transcripts not seen.

    The model folder goes to `themes run --model DIR --codebook DIR/codebook.toml`.
    """
    from themes import codebooks, registry
    from themes import coded_table as tables
    from themes.atomic import new_folder, write_file
    from themes.resources import folder
    from themes.stages.open_model import DEFAULT_ENCODER
    from themes.stages.save_model import codes_table, examine, figures_table, files
    from themes.stages.train import train as learn
    from themes.stages.tune import Recipe

    book = codebooks.load(codebook) if codebook else None
    coded = tables.load(table, text, codes, group, context, coder, book)
    place = folder("models") / DEFAULT_ENCODER
    with new_folder(out, overwrite=overwrite) as made:
        with progress() as bar:
            recipe = None if frozen else Recipe()
            trained = learn(coded.passages, coded.codebook, place, recipe, step=bar.step)
        tested = examine(trained.unseen, coded.passages, coded.single)
        encoder = registry.load("encoders", "onnx")(place, trained.state)
        card = [
            f"# Model card: {out.name}",
            "",
            f"- **Learned from**: {len(coded.passages)} coded segments of "
            f"{len({p.group for p in coded.passages})} transcripts, with the encoder "
            f"{DEFAULT_ENCODER}, {'frozen' if frozen else 'its upper layers tuned'}.",
            f"- **Promise**: {tested.promise.in_words()} (In the mean over transcripts like these.)",
            "",
            "Figures on transcripts that the scoring model had not seen, in folds of whole "
            "transcripts; intervals by resampling transcripts.",
            "",
            *figures_table(tested),
            "",
            *codes_table(tested, coded.codebook, {}),
        ]
        written = files(
            out.name,
            trained,
            tested,
            coded.codebook,
            DEFAULT_ENCODER,
            encoder.identity,
            "yours",
            "\n".join(card) + "\n",
        )
        for name, data in written.items():
            write_file(made / name, data)
        write_file(made / "codebook.toml", codebooks.to_toml(coded.codebook).encode())
    print("\n".join(card[2:]))
    print(f"\nWritten to {out}: themes run FILES --model {out} --codebook {out}/codebook.toml")
