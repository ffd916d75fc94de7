"""`themes small-cells`: whom their attributes alone may give away."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


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
    print(f"{found.n} participants, {len(found.columns)} attributes: {alone} of them share their "
          f"combination with fewer than {k - 1} others.")  # fmt: skip
    for cell in found.cells:
        print(f"{cell.n:>4}  " + ", ".join(value or "(nothing)" for value in cell.values))
    if not found.cells:
        return
    climbed = [
        f"{column}: " + (f"step {height} of its ladder" if cell_values != {"*"} else "leave it out")
        for at, (column, height) in enumerate(found.heights.items())
        if height
        for cell_values in [{cell.values[at] for cell in found.after}]
    ]
    print(f"\nThe least that leaves nobody with fewer than {k - 1} others:")
    for line in climbed:
        print(f"  {line}")
    print("Then these remain:")
    for cell in found.after:
        print(f"{cell.n:>4}  " + ", ".join(value or "(nothing)" for value in cell.values))
    print(
        "\nThis counts participants. How many people outside the study share a combination, nobody "
        "but you can know: a specialty with one trainee in the region is one person."
    )
