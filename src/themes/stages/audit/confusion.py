"""Block 5: what one coder calls x and another calls y, through the code tree."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from themes.codings import Codings
from themes.stages.audit.block import (
    AGREEMENT,
    Block,
    Dots,
    Estimate,
    Grid,
    agreement_row,
    table,
)
from themes.stages.audit.material import Material

NOTHING = "(nothing)"
N_PAIRS = 12
MAX_CODES_IN_CHART = 40
MAX_QUOTE_CHARS = 240


def confusion(material: Material) -> Block:
    """Codes that take each other's place, pairs to look at, and agreement by level of the tree."""
    title = "What is taken for what"
    blind = material.blind
    if material.table.level != "codes":
        return Block("confusion", title, refused=("Confusion between codes: these are ratings.",))
    if len(blind.coders) < 2 or not blind.shared.any():
        return Block("confusion", title, refused=("Confusion: nothing was coded by two coders.",))
    weights, agreed = between(blind)
    names = (*blind.codes, NOTHING)
    total = weights.sum() / 2  # it is symmetric
    rows = [
        (names[a], names[b], weights[a, b], weights[a, b] / total if total else 0.0)
        for a, b in _ranked(weights)
    ]
    places = [_example(material, a, b) for a, b in _ranked(weights)[:N_PAIRS]]
    listed = [(*row, *place) for row, place in zip(rows[:N_PAIRS], places, strict=True)]
    both = np.diag(agreed)
    kept = np.flatnonzero(both + weights[:-1].sum(axis=1) > 0)[:MAX_CODES_IN_CHART]
    cells = weights[np.ix_([*kept, len(both)], [*kept, len(both)])].copy()
    cells[np.arange(len(kept)), np.arange(len(kept))] = both[kept]
    cells[-1, -1] = np.nan
    labels = (*(material.name(blind.codes[k]) for k in kept), NOTHING)
    chart = Grid(
        "Pairs of codings: both gave it (diagonal), one gave this and the other that",
        labels, labels, cells, 0,
    )  # fmt: skip
    omitted = weights[:, -1].sum() / total if total else 0.0
    says = []
    if total:
        says.append(
            f"Of all disagreement, {omitted:.0%} is omission, a code that one coder gave where the "
            f"other gave nothing in its place, and {1 - omitted:.0%} is one code for another."
        )
        swaps = [row for row in rows if row[1] != NOTHING]
        if swaps:
            first = swaps[0]
            says.append(
                f"Most often confused: {material.name(first[0])} and {material.name(first[1])} "
                f"({first[3]:.0%} of all disagreement). A pair high in this list wants a rule that "
                "keeps the two apart, or to become one code."
            )
    columns = (("code", "text"), ("other", "text"), ("weight", "score"), ("share", "score"))
    tree_says, tree_tables, tree_charts, refused = _tree(material, weights)
    return Block(
        "confusion",
        title,
        (*says, *tree_says),
        (
            table("confusion", columns, rows),
            table(
                "pairs_to_look_at",
                (*columns, ("transcript", "text"), ("segment", "text"), ("text", "text")),
                listed,
            ),
            *tree_tables,
        ),
        (chart, *tree_charts),
        refused,
    )


def between(codings: Codings) -> tuple[np.ndarray, np.ndarray]:
    """Disagreement between codes, (n_codes + 1, n_codes + 1) symmetric, the last for nothing; and
    how often both of a pair gave a code, on the diagonal of (n_codes, n_codes).

    Each pair of codings that differ adds 1 in all: spread over every code that only one gave with
    every code that only the other gave, or over those and nothing where the other gave no other.
    """
    n = len(codings.codes)
    weights, agreed = np.zeros((n + 1, n + 1)), np.zeros((n, n))
    for first, second, times in value_pairs(codings):
        a, b = codings.members[first], codings.members[second]
        only_a, only_b = a & ~b, b & ~a
        agreed[np.arange(n), np.arange(n)] += (a & b).T @ times
        left = np.column_stack([only_a, ~only_a.any(axis=1) & only_b.any(axis=1)])
        right = np.column_stack([only_b, ~only_b.any(axis=1) & only_a.any(axis=1)])
        share = times / np.maximum(left.sum(axis=1) * right.sum(axis=1), 1)
        weights += (left * share[:, None]).T @ right
    return weights + weights.T, agreed


def value_pairs(codings: Codings) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """For each pair of coders: pairs of values that occur, and how often."""
    for a, b in combinations(range(len(codings.coders)), 2):
        first, second = codings.values[:, a].astype(np.int64), codings.values[:, b]
        known = (first >= 0) & (second >= 0)
        found, times = np.unique(
            first[known] * codings.n_values + second[known], return_counts=True
        )
        yield found // codings.n_values, found % codings.n_values, times.astype(float)


def _ranked(weights: np.ndarray) -> list[tuple[int, int]]:
    at = [(a, b) for a, b in zip(*np.triu_indices(len(weights), 1), strict=True) if weights[a, b]]
    return sorted(at, key=lambda pair: (-weights[pair], pair))


def _example(material: Material, a: int, b: int) -> tuple[str, str, str]:
    """The first segment where one coder gave a and not b, and another b and not a."""
    blind, n = material.blind, len(material.blind.codes)
    present = blind.present(a)
    if b == n:
        other = np.where(blind.values >= 0, 1 - present, 0)
        found = (present == 1).any(axis=1) & (other == 1).any(axis=1)
    else:
        second = blind.present(b)
        found = ((present == 1) & (second == 0)).any(axis=1)
        found &= ((second == 1) & (present == 0)).any(axis=1)
    if not found.any():
        return "", "", ""
    row = int(np.argmax(found))
    text = material.table.texts[row] if material.table.texts else ""
    return (
        blind.transcripts[blind.owner[row]],
        material.table.segments[row],
        text if len(text) <= MAX_QUOTE_CHARS else text[: MAX_QUOTE_CHARS - 1] + "…",
    )


def _tree(material: Material, weights: np.ndarray):
    """Agreement when codes of one branch count as one, from the leaves up."""
    parents = _paths(material)
    deepest = max(map(len, parents))
    if deepest < 2:
        return [], [], [], ("Levels of the code tree: the codes have no parents.",)
    rows, estimates = [], []
    for depth in range(1, deepest + 1):
        names = list(dict.fromkeys(path[min(depth, len(path)) - 1] for path in parents))
        groups = [names.index(path[min(depth, len(path)) - 1]) for path in parents]
        found = material.measure(material.main, material.blind.merged(groups, names))
        rows.append((depth, len(names), *agreement_row(found)))
        label = "every code" if depth == deepest else f"level {depth}: {len(names)} branches"
        estimates.append(Estimate(label, found.value, found.low, found.high, found.note))
    swapped, within = 0.0, 0.0
    n = len(parents)
    for a, b in _ranked(weights[:n, :n]):
        swapped += weights[a, b]
        within += weights[a, b] * (parents[a][0] == parents[b][0])
    says = []
    if swapped:
        says.append(
            f"Of the confusions of one code for another, {within / swapped:.0%} stay within one "
            "branch of the tree."
        )
    tables = [table("levels", (("level", "count"), ("codes", "count"), *AGREEMENT), rows)]
    return says, tables, [Dots("By level of the code tree", tuple(estimates))], ()


def _paths(material: Material) -> list[tuple[str, ...]]:
    """For each code, its ancestors from the top and itself; by dots in ids without a codebook."""
    book = material.codebook
    paths = []
    for code_id in material.blind.codes:
        path = [code_id]
        if book is not None and any(code.id == code_id for code in book.codes):
            while (above := book[path[0]].parent) is not None:
                path.insert(0, above)
        elif book is None:
            parts = code_id.split(".")
            path = [".".join(parts[: n + 1]) for n in range(len(parts))]
        paths.append(tuple(path))
    return paths
