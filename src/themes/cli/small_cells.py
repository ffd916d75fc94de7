"""`themes small-cells`: whom their attributes alone may give away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from themes.stages.small_cells import Cell


def small_cells(
    attributes: Annotated[
        Path,
        typer.Argument(metavar="FILE.csv", help="Participant attributes.", show_default=False),
    ],
    k: Annotated[
        int, typer.Option("--k", min=2, help="How many must share every combination.")
    ] = 5,
    ladder: Annotated[
        Path | None,
        typer.Option(
            "--ladder",
            metavar="FILE.toml",
            help="What values may become, step by step.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """List the combinations of attributes that too few share, and what to generalise."""
    from themes import attributes as tables
    from themes.ladders import load
    from themes.stages.small_cells import small_cells as find

    table = tables.load(attributes)
    # One row a participant: several interviews of one are still one person.
    people = {row.get("participant", name): row for name, row in table.items()}
    rows = [{c: v for c, v in row.items() if c != "participant"} for row in people.values()]
    found = find(rows, k, load(ladder) if ladder is not None else None)
    alone = sum(cell.n for cell in found.cells)
    print(
        f"{alone} of {found.n} participants stand in a combination of {len(found.columns)} "
        f"attributes that fewer than {k} share."
    )
    _list(found.cells)
    if not found.cells:
        return
    print(f"\nThe least change after which at least {k} share each combination:")
    for column, height in found.heights.items():
        if height:
            step = "leave it out" if found.left_out[column] else f"step {height} of its ladder"
            print(f"  {column}: {step}")
    if found.n < k:
        print(f"  (there are only {found.n} participants)")
    print("Then these remain:")
    _list(found.after)
    print(
        "\nThis counts participants. How many people outside the study share a combination, nobody "
        "but you can know: a specialty with one trainee in the region is one person."
    )


def _list(cells: Sequence[Cell]) -> None:
    for cell in cells:
        print(f"{cell.n:>4}  " + ", ".join(value or "(nothing)" for value in cell.values))
