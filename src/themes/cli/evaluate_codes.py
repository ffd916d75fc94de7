"""`themes evaluate TABLE.csv`: how well codes can be suggested for somebody's data."""

from __future__ import annotations

from themes.cli import _table_options as columns
from themes.cli._progress import progress

_SHOWN = (
    "macro kappa",
    "macro F1",
    "macro average precision",
    "any code or none, kappa",
    "recall at 3",
    "expected calibration error",
)


def evaluate_codes(
    table: columns.Table,
    text: columns.Text = "text",
    codes: columns.Codes = "codes",
    group: columns.Group = "transcript",
    context: columns.Context = None,
    coder: columns.Coder = None,
    codebook: columns.CodebookFile = None,
) -> None:
    """Compare ways to suggest codes on coded text: each transcript scored by models that never saw it.

    Beside them stands how far the people agree with each other, where a column names them.
    """
    import numpy as np

    from themes import codebooks
    from themes import coded_table as tables
    from themes.resources import folder
    from themes.stages.compare import compare, one_of_many, people
    from themes.stages.open_model import DEFAULT_ENCODER
    from themes.stages.save_model import codes_table, examine
    from themes.stages.tune import Recipe

    book = codebooks.load(codebook) if codebook else None
    coded = tables.load(table, text, codes, group, context, coder, book)
    passages = coded.passages
    kind = "one code each" if coded.single else "several codes or none"
    print(
        f"{len(passages):,} segments of {len({p.group for p in passages}):,} transcripts, "
        f"{len(coded.codebook.codable)} codes ({kind})"
    )
    print("Five folds of whole transcripts; 95 % intervals by resampling transcripts.\n")
    place = folder("models") / DEFAULT_ENCODER
    tested = None
    with progress() as bar:
        for name, unseen in compare(passages, coded.codebook, place, Recipe(), bar.step):
            tested = examine(unseen, passages, coded.single)
            print(name)
            if coded.single:
                overall = one_of_many(tested.scored.labels, tested.scored.chosen)
                print(f"  {'kappa over all codes':32}{overall:.2f}")
            for figure in _SHOWN:
                print(f"  {figure:32}{tested.figures[figure]}")
            print(flush=True)
    for line in codes_table(tested, coded.codebook, {}):
        print(line)
    if coded.by_coder:
        kept = np.asarray([bool(p.group) for p in passages])
        layers = {who: labels[kept] for who, labels in coded.by_coder.items()}
        print("\nMean macro kappa")
        for who, value in people(layers, tested.scored.chosen).items():
            print(f"  {who:32}{value:.2f}" if np.isfinite(value) else f"  {who:32}no overlap")
