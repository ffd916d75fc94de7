"""What a block of the audit hands on: sentences, tables, charts, and what it refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from themes.exporters.tables import Cell, Column, Kind, Table
from themes.records import Agreement


@dataclass(frozen=True, slots=True)
class Estimate:
    """A row of a chart of values with their limits; None is drawn as "undefined"."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dots:
    """Values with intervals, one under the other. `bounds` are lines drawn through all rows."""

    title: str
    rows: tuple[Estimate, ...]
    bounds: tuple[float, ...] = ()
    axis: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A matrix of numbers, float64 (rows, columns), nan where there is none; darker is more.

    `decimals` of the numbers that are written into it; `top` is what the darkest shade stands for.
    """

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: np.ndarray
    decimals: int = 2
    top: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Values along an order: one line each, nan where it is broken."""

    title: str
    points: tuple[str, ...]
    lines: tuple[tuple[str, tuple[float, ...]], ...]
    axis: str = ""
    across: str = ""


Chart = Dots | Grid | Lines


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One part of the audit. `name` names its files; `refused` says what was not computed, why."""

    name: str
    title: str
    says: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    refused: tuple[str, ...] = ()


def table(name: str, columns: Sequence[tuple[str, Kind]], rows: Sequence[Sequence[Cell]]) -> Table:
    """A table, with nan as None and numpy numbers as Python's."""
    return Table(name, tuple(Column(*column) for column in columns), tuple(map(_plain, rows)))


AGREEMENT: tuple[tuple[str, Kind], ...] = (
    ("statistic", "text"),
    ("value", "score"),
    ("low", "score"),
    ("high", "score"),
    ("segments", "count"),
    ("transcripts", "count"),
    ("note", "text"),
)


def agreement_row(found: Agreement) -> tuple[Cell, ...]:
    """The cells of `AGREEMENT`."""
    return (
        found.statistic,
        found.value,
        found.low,
        found.high,
        found.n_segments,
        found.n_transcripts,
        found.note,
    )


def limits(found: Agreement) -> tuple[Cell, ...]:
    """value, low, high, note."""
    return found.value, found.low, found.high, found.note


def in_words(found: Agreement) -> str:
    """A value with its interval, as it stands in a sentence.

    >>> in_words(Agreement("alpha", None, (), 0.5, 0.25, 0.75, 9, 3))
    '0.50 (0.25 to 0.75)'
    """
    if found.value is None:
        return f"undefined ({found.note})"
    if found.low is None or found.high is None:
        return f"{found.value:.2f} (no interval)"
    return f"{found.value:.2f} ({found.low:.2f} to {found.high:.2f})"


def _plain(row: Sequence[Cell]) -> tuple[Cell, ...]:
    return tuple(
        None
        if isinstance(cell, float | np.floating) and np.isnan(cell)
        else cell.item()
        if isinstance(cell, np.generic)
        else cell
        for cell in row
    )
