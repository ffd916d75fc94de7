"""Block 17: what each further interview still adds."""

from __future__ import annotations

import numpy as np

from themes.inference.proportions import wilson
from themes.inference.richness import accumulation, chao2
from themes.stages.audit.block import Block, Dots, Estimate, Lines, table
from themes.stages.audit.material import Material

TITLE = "What further interviews add"


def saturation(material: Material) -> Block:
    """New codes by interview, the curve in random order, codes that may be left, yield per code."""
    source = material.table
    if source.level != "codes":
        return Block("saturation", TITLE, refused=("Saturation: these are ratings.",))
    met, whose = _met(material)
    n = len(met)
    if n < 2:
        return Block("saturation", TITLE, refused=("Saturation: there is one transcript.",))
    seen = np.logical_or.accumulate(met, axis=0)
    total = seen.sum(axis=1)
    new = np.diff(total, prepend=0)
    curve = accumulation(met)
    rows = [
        (name, int(met[t].sum()), int(new[t]), int(total[t]), float(curve[t]))
        for t, name in enumerate(source.codings.transcripts)
    ]
    estimate, low, high = chao2(met)
    n_seen = int(total[-1])
    last = int(np.flatnonzero(new)[-1]) + 1 if new.any() else 0
    says = [
        f"{n_seen} of {met.shape[1]} codes occur in {n} transcripts ({whose}). The last that was "
        f"new came with transcript {last} in the order of the table. In random order, the last "
        f"transcript adds {curve[-1] - curve[-2]:.2f} codes on average."
    ]
    if estimate > n_seen:
        says.append(
            f"Codes met in one transcript only suggest that at least {estimate:.0f} could be met "
            f"in all (Chao2, {low:.0f} to {high:.0f})."
        )
    says.append(
        "With a codebook made beforehand this says how much of the codebook the interviews "
        "reach, not whether themes are saturated: nobody can find a code that is not in it."
    )
    yields, estimates = [], []
    for number, code_id in enumerate(source.codings.codes):
        k = int(met[:, number].sum())
        lower, upper = wilson(k, n)
        first = int(np.flatnonzero(met[:, number])[0]) + 1 if k else None
        yields.append((code_id, k, k / n, lower, upper, first))
        estimates.append(Estimate(material.name(code_id), k / n, lower, upper))
    tables = [
        table(
            "saturation",
            (
                ("transcript", "text"), ("codes", "count"), ("new_codes", "count"),
                ("codes_so_far", "count"), ("codes_in_random_order", "score"),
            ),
            rows,
        ),
        table(
            "yield_per_code",
            (
                ("code", "text"), ("transcripts_with_it", "count"), ("share", "score"),
                ("low", "score"), ("high", "score"), ("first_met_in", "count"),
            ),
            yields,
        ),
        _learning(material, met),
    ]  # fmt: skip
    charts = (
        Lines(
            "Codes met so far",
            tuple(str(t + 1) for t in range(n)),
            (
                ("in this order", tuple(map(float, total))),
                ("in random order", tuple(curve.tolist())),
            ),
            "codes",
            "transcripts",
        ),
        Dots("Share of transcripts in which a code occurs", tuple(estimates), (), "share"),
    )
    return Block("saturation", TITLE, tuple(says), tuple(tables), charts)


def _met(material: Material) -> tuple[np.ndarray, str]:
    """bool (n_transcripts, n_codes): given by the settled coding, or by any human coder."""
    source = material.table
    if source.settled is not None:
        columns, whose = [source.codings.coders.index(source.settled)], "settled coding"
    else:
        columns, whose = list(source.humans), "any human coder"
    met = np.zeros((len(source.codings.transcripts), len(source.codings.codes)), bool)
    for column in columns:
        values = source.codings.values[:, column]
        known = values >= 0
        np.logical_or.at(met, source.codings.owner[known], source.codings.members[values[known]])
    return met, whose


def _learning(material: Material, met: np.ndarray):
    """How the share of transcripts with a code, and its interval, settle as transcripts come in."""
    rows = []
    for number, code_id in enumerate(material.table.codings.codes):
        so_far = np.cumsum(met[:, number])
        for t in range(len(met)):
            low, high = wilson(int(so_far[t]), t + 1)
            rows.append((code_id, t + 1, int(so_far[t]), so_far[t] / (t + 1), low, high))
    columns = (
        ("code", "text"), ("transcripts", "count"), ("with_it", "count"), ("share", "score"),
        ("low", "score"), ("high", "score"),
    )  # fmt: skip
    return table("learning_curve", columns, rows)
