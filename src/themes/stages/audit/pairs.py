"""Block 3: every pair of coders, all without one, and how each coder codes."""

from __future__ import annotations

from itertools import combinations

import numpy as np

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


def pairs(material: Material) -> Block:
    """The pair matrix, leave-one-coder-out, and breadth and style of each coder."""
    blind, main = material.blind, material.main
    coders = blind.coders
    if len(coders) < 2:
        return Block("pairs", "Coders", refused=("Pairs of coders: there is one coder.",))
    matrix = np.full((len(coders), len(coders)), np.nan)
    rows, refused = [], []
    for a, b in combinations(range(len(coders)), 2):
        found = material.measure(main, blind.of_coders([a, b]))
        rows.append((coders[a], coders[b], *agreement_row(found)))
        if found.value is None:
            refused.append(f"{coders[a]} and {coders[b]}: {found.note}.")
        else:
            matrix[a, b] = matrix[b, a] = found.value
    tables = [table("pairs", (("first", "text"), ("second", "text"), *AGREEMENT), rows)]
    charts = []
    says = _extremes(rows)
    if len(coders) > 2:
        charts.append(Grid(f"{main.definition}, pair by pair", coders, coders, matrix, 2, 1.0))
        left, estimates = [], []
        for out in range(len(coders)):
            kept = [c for c in range(len(coders)) if c != out]
            found = material.measure(main, blind.of_coders(kept))
            left.append((coders[out], *agreement_row(found)))
            estimates.append(
                Estimate(f"without {coders[out]}", found.value, found.low, found.high, found.note)
            )
        whole = material.measure(main, blind)
        estimates.insert(0, Estimate("all coders", whole.value, whole.low, whole.high, whole.note))
        charts.append(Dots("All coders but one", tuple(estimates), (), main.definition))
        tables.append(table("without_one_coder", (("left_out", "text"), *AGREEMENT), left))
    tables.append(_style(material))
    return Block("pairs", "Coders", says, tuple(tables), tuple(charts), tuple(refused))


def _extremes(rows: list[tuple]) -> tuple[str, ...]:
    known = [row for row in rows if row[3] is not None]
    if len(known) < 2:
        return ()
    high, low = max(known, key=lambda row: row[3]), min(known, key=lambda row: row[3])
    return (
        f"{high[0]} and {high[1]} agree most ({high[3]:.2f}), {low[0]} and {low[1]} least "
        f"({low[3]:.2f}). Pairs may have coded different segments; the table says how many.",
    )


def _style(material: Material):
    """How much each coder codes, on all their own codings, those set aside included."""
    every, spans = material.table.codings, material.table.spans
    sizes = every.members.sum(axis=1)
    rows = []
    for column in material.table.humans:
        values = every.values[:, column]
        coded = values >= 0
        n_codes = sizes[values[coded]]
        row = [
            every.coders[column],
            int(coded.sum()),
            len(set(every.owner[coded].tolist())),
            float((n_codes > 0).mean()) if coded.any() else np.nan,
            float(n_codes.mean()) if coded.any() else np.nan,
            int((every.members[values[coded]].any(axis=0)).sum()) if coded.any() else 0,
        ]
        if every.ratings is not None:
            row[3:5] = [
                np.nan,
                float(every.ratings[values[coded]].mean()) if coded.any() else np.nan,
            ]
        if spans is not None:
            own = spans.coder == column
            lengths = (spans.end - spans.start)[own]
            row += [int(own.sum()), float(np.median(lengths)) if own.any() else np.nan]
        rows.append(row)
    columns = [
        ("coder", "text"),
        ("segments", "count"),
        ("transcripts", "count"),
        ("share_with_a_code", "score"),
        ("mean_rating" if every.ratings is not None else "codes_per_segment", "score"),
        ("codes_used", "count"),
    ]
    if spans is not None:
        columns += [("spans", "count"), ("median_chars", "score")]
    return table("coders", columns, rows)
