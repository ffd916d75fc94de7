"""Rows with typed columns, between records and files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Cell = str | int | float | None
# count: a whole number; seconds: written with 3 decimals; score: with 6.
Kind = Literal["text", "count", "seconds", "score"]
DECIMALS = {"seconds": 3, "score": 6}


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name and what its cells are; any cell may be None, for "not known"."""

    name: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """A named table. Raises ValueError for doubled column names and rows of another length.

    Numbers are rounded to the decimals of their kind here, once, so that every file says the same.

    >>> table = Table("scores", (Column("segment"), Column("cost", "score")), (("p1:0-9", 2 / 3),))
    >>> table.rows
    (('p1:0-9', 0.666667),)
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(set(names)) != len(names):
            raise ValueError(f"table {self.name}: two columns have the same name")
        if any(len(row) != len(names) for row in self.rows):
            raise ValueError(f"table {self.name}: a row has not {len(names)} cells")
        decimals = [DECIMALS.get(column.kind) for column in self.columns]
        if any(places is not None for places in decimals):
            rounded = tuple(
                tuple(
                    cell if places is None or cell is None else round(float(cell), places)
                    for cell, places in zip(row, decimals, strict=True)
                )
                for row in self.rows
            )
            object.__setattr__(self, "rows", rounded)

    def __repr__(self) -> str:
        return f"Table({self.name!r}, {len(self.rows)} rows, {len(self.columns)} columns)"
