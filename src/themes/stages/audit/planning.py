"""Block 13: how much more to code twice for the certainty that is wanted."""

from __future__ import annotations

from math import ceil

import numpy as np
from scipy import stats

from themes.inference.planning import (
    design_effect,
    intraclass_correlation,
    people_to_ask,
    segments_to_double_code,
)
from themes.stages.audit.block import Block, table
from themes.stages.audit.headline import BOUNDS
from themes.stages.audit.material import MIN_POSITIVES, Material
from themes.statistics._coefficient import share_of_pairs
from themes.statistics.alpha import Alpha

TITLE = "Planning"
TARGETS = (0.60, *BOUNDS)
MAX_TRANSCRIPTS = 500


def planning(material: Material) -> Block:
    """Transcripts and segments to code twice, from what this study shows."""
    blind = material.blind
    if len(blind.coders) < 2 or not blind.shared.any():
        why = "Planning: it starts from codings of two coders, and there are none."
        return Block("planning", TITLE, refused=(why,))
    says, tables, refused = [], [], []
    tally = material.main.tally(blind)
    left, value = tally.left_out(), tally.value
    n = len(left)
    if n >= 2 and value < 1 and not np.isnan(left).any() and (left < 1).all():
        spread = np.sqrt((n - 1) * ((-np.log1p(-left) - np.mean(-np.log1p(-left))) ** 2).sum())
        rows = [(bound, _transcripts(value, spread, bound)) for bound in TARGETS]
        tables.append(
            table(
                "planning",
                (("lower_limit_above", "score"), ("transcripts", "count")),
                [(bound, needed) for bound, needed in rows],
            )
        )
        for bound, needed in rows:
            if value <= bound:
                continue
            said = f"about {needed}" if needed else f"more than {MAX_TRANSCRIPTS}"
            says.append(
                f"For a lower limit above {bound:.3g}, if agreement stays at {value:.2f} and "
                f"transcripts vary as here: {said} transcripts coded twice (here {n})."
            )
        if value <= TARGETS[0]:
            says.append(
                f"Agreement is {value:.2f}: no number of transcripts lifts its lower limit above "
                f"{TARGETS[0]:.2f}. Mend the codebook first."
            )
    else:
        refused.append("Transcripts to code twice: too few transcripts, or all agree alike.")
    if material.table.level == "codes":
        tables.append(_per_code(material))
        says.append(
            "Code by code, the segments needed are those of Donner and Rotondi (2010), times the "
            "design effect, because segments of one transcript resemble each other."
        )
    tables.append(
        table(
            "people_to_ask",
            (("prevalence", "score"), ("met_once", "count"), ("met_three_times", "count")),
            [(p, people_to_ask(p), people_to_ask(p, 3)) for p in (0.05, 0.1, 0.2, 0.3, 0.5)],
        )
    )
    return Block("planning", TITLE, tuple(says), tuple(tables), (), tuple(refused))


def _transcripts(value: float, spread: float, bound: float) -> int | None:
    """The fewest transcripts whose t interval, on the scale of intervals, lies above the bound."""
    room = -np.log1p(-value) + np.log1p(-bound)
    if room <= 0:
        return None
    for n in range(6, MAX_TRANSCRIPTS + 1):
        if stats.t.ppf(0.975, n - 1) * spread / np.sqrt(n) < room:
            return n
    return None


def _per_code(material: Material):
    blind = material.blind
    shared = blind.of_segments(blind.shared)
    per_transcript = np.bincount(shared.owner)
    size = float(per_transcript[per_transcript > 0].mean())
    rows = []
    for number, code_id in enumerate(blind.codes):
        one = shared.one_code(number)
        n_any = int((one.values == 1).any(axis=1).sum())
        alpha = Alpha().compute(one).value
        share = float((one.values == 1).sum() / (one.values >= 0).sum())
        alike = intraclass_correlation(share_of_pairs(one), one.owner)
        effect = design_effect(size, 0.0 if np.isnan(alike) else alike)
        needed: list[int | None] = []
        for bound in TARGETS:
            if alpha is None or n_any < MIN_POSITIVES or alpha <= bound or alpha >= 1:
                needed.append(None)
            else:
                base = segments_to_double_code(alpha, bound, share, max(2, min(len(one.coders), 5)))
                needed.append(ceil(base * effect))
        to_ten = ceil(MIN_POSITIVES * len(shared.owner) / n_any) if n_any else None
        note = "" if n_any >= MIN_POSITIVES else "too few to say"
        rows.append((code_id, share, n_any, to_ten, alike, effect, *needed, note))
    columns = (
        ("code", "text"), ("prevalence", "score"), ("segments_with", "count"),
        ("segments_for_ten_with_it", "count"), ("likeness_in_transcript", "score"),
        ("design_effect", "score"),
        *((f"segments_for_lower_limit_{round(bound * 1000)}", "count") for bound in TARGETS),
        ("note", "text"),
    )  # fmt: skip
    return table("planning_per_code", columns, rows)
