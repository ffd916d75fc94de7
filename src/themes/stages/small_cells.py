"""Who could be told from the others by attributes alone, and what to generalise so that nobody can.

k-anonymity: every combination of values is shared by at least k (Samarati and Sweeney 1998;
Sweeney 2002, International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 10(5)).
The search for the least generalisation that suffices goes over the whole lattice, as in Samarati
2001 (IEEE Transactions on Knowledge and Data Engineering 13(6)), without suppressing rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

LEFT_OUT = "*"
"""A value that says nothing: the top of every ladder."""

Ladder = Sequence[Mapping[str, str]]
"""Steps of a column: what each value becomes at step 1, 2 ...; a value not named stays."""

_MOST_STEPS = 20_000  # of the lattice; more columns are searched one step at a time
_DECADE = 10


@dataclass(frozen=True, slots=True)
class Cell:
    """A combination of values, in the order of the columns, and how many share it."""

    values: tuple[str, ...]
    n: int


@dataclass(frozen=True, slots=True)
class SmallCells:
    """The combinations of fewer than `k`, and a way out.

    `cells` are the smallest first. `heights` gives for each column how many steps of its ladder
    the least generalisation takes; `after` are the cells then. Of several that are equally small,
    the one that leaves most combinations apart is taken.
    """

    columns: tuple[str, ...]
    k: int
    n: int
    cells: tuple[Cell, ...]
    heights: Mapping[str, int]
    after: tuple[Cell, ...]

    @property
    def left_out(self) -> Mapping[str, bool]:
        """Which columns say nothing any more after the least generalisation."""
        return {
            column: {cell.values[at] for cell in self.after} == {LEFT_OUT}
            for at, column in enumerate(self.columns)
        }


def small_cells(
    rows: Sequence[Mapping[str, str]], k: int = 5, ladders: Mapping[str, Ladder] | None = None
) -> SmallCells:
    """The small cells of participants' attributes; a value that is missing counts as a value.

    Columns that have no ladder get one: numbers go to bands of ten, and then, as everything else,
    to "*". Raises ValueError for k < 2 and for no rows.

    >>> rows = [{"age": str(age), "sex": sex} for age, sex in ((31, "f"), (34, "f"), (38, "f"))]
    >>> found = small_cells(rows, k=3)
    >>> len(found.cells), dict(found.heights), found.after
    (3, {'age': 1, 'sex': 0}, (Cell(values=('30-39', 'f'), n=3),))
    """
    if k < 2 or not rows:
        raise ValueError("a table of small cells needs rows, and k of 2 or more")
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    table = [[row.get(column, "") for column in columns] for row in rows]
    steps = [
        [{value: value for value in values}, *_climbed(values, (ladders or {}).get(column))]
        for column, values in zip(columns, zip(*table, strict=True), strict=True)
    ]
    cells = _cells(table, steps, [0] * len(columns))
    heights = _least(table, steps, k)
    return SmallCells(
        columns,
        k,
        len(rows),
        tuple(cell for cell in cells if cell.n < k),
        dict(zip(columns, heights, strict=True)),
        _cells(table, steps, heights),
    )


def _climbed(values: Sequence[str], ladder: Ladder | None) -> list[dict[str, str]]:
    """What each value is at every step, the last one "*"."""
    said = {value for value in values if value}
    rungs: list[dict[str, str]] = []
    if ladder is None and len(said) > 1 and all(value.isdigit() for value in said):
        rungs.append({value: _band(value) for value in values})
    at = {value: value for value in values}
    for step in ladder or ():
        at = {value: step.get(now, now) for value, now in at.items()}
        rungs.append(at)
    return [*rungs, dict.fromkeys(values, LEFT_OUT)]


def _band(value: str) -> str:
    low = int(value) // _DECADE * _DECADE if value else None
    return "" if low is None else f"{low}-{low + _DECADE - 1}"


def _cells(
    table: Sequence[Sequence[str]],
    steps: Sequence[Sequence[Mapping[str, str]]],
    heights: Sequence[int],
) -> tuple[Cell, ...]:
    counts = Counter(
        tuple(step[height][value] for value, step, height in zip(row, steps, heights, strict=True))
        for row in table
    )
    return tuple(
        Cell(values, n) for values, n in sorted(counts.items(), key=lambda each: (each[1], each[0]))
    )


def _least(
    table: Sequence[Sequence[str]], steps: Sequence[Sequence[Mapping[str, str]]], k: int
) -> tuple[int, ...]:
    tops = [len(step) - 1 for step in steps]
    size = 1
    for top in tops:
        size *= top + 1
    if size > _MOST_STEPS:
        return _one_at_a_time(table, steps, k)
    nodes = sorted(product(*(range(top + 1) for top in tops)), key=sum)
    best: tuple[int, ...] = tuple(tops)
    most = -1
    for node in nodes:
        if most >= 0 and sum(node) > sum(best):
            break
        cells = _cells(table, steps, node)
        if cells[0].n >= k and len(cells) > most:
            best, most = node, len(cells)
    return best


def _one_at_a_time(
    table: Sequence[Sequence[str]], steps: Sequence[Sequence[Mapping[str, str]]], k: int
) -> tuple[int, ...]:
    """Where the lattice is too large: always the step that leaves the fewest in small cells."""
    heights = [0] * len(steps)
    while _cells(table, steps, heights)[0].n < k:
        open_ = [at for at, step in enumerate(steps) if heights[at] < len(step) - 1]
        if not open_:
            break

        def left(at: int) -> tuple[int, int]:
            tried = [h + (n == at) for n, h in enumerate(heights)]
            here = _cells(table, steps, tried)
            return sum(cell.n for cell in here if cell.n < k), -len(here)

        heights[min(open_, key=left)] += 1
    return tuple(heights)
