"""Block 2: each code against all others, with what makes a kappa low named in words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from themes.codings import Codings
from themes.records import Agreement
from themes.stages.audit.block import Block, Dots, Estimate, in_words, table
from themes.stages.audit.headline import BOUNDS
from themes.stages.audit.material import MIN_POSITIVES, Material
from themes.statistics.ac1 import Ac1
from themes.statistics.alpha import Alpha
from themes.statistics.cohen import Cohen
from themes.statistics.fleiss import Fleiss
from themes.statistics.pabak import Pabak
from themes.statistics.percent import Percent

# A code is lopsided when one coder gives it half as often again as another.
_LOPSIDED = 1.5
_RARE = 0.8  # of the prevalence index: 9 segments in 10 without the code


@dataclass(frozen=True, slots=True)
class Counts:
    """One code on segments that two coders or more coded, over all pairs of coders."""

    given: tuple[int, ...]  # segments, by coder
    n_any: int  # segments where some coder gave it
    prevalence: float  # mean share of codings that give it
    positive: float  # 2 both / (2 both + one only)
    negative: float
    prevalence_index: float  # |both - neither| / pairs (Byrt 1993)
    bias_index: float  # largest difference between two coders' shares


def per_code(material: Material) -> Block:
    """Counts, coefficients and a diagnosis for each code."""
    blind = material.blind
    if material.table.level != "codes":
        return Block("per_code", "Code by code", refused=("Code by code: these are ratings.",))
    if len(blind.coders) < 2 or not blind.shared.any():
        why = "Code by code: no segment was coded by two coders who may be compared."
        return Block("per_code", "Code by code", refused=(why,))
    shared = blind.of_segments(blind.shared)
    rows, estimates, says = [], [], []
    for number, code_id in enumerate(blind.codes):
        one = shared.one_code(number)
        counts = count(one)
        alpha = material.measure(Alpha(), one, code_id)
        two = len(blind.coders) == 2
        kappa = (Cohen() if two else Fleiss()).compute(one).value
        highest = Cohen().highest(one).value if two else np.nan
        ac1, pabak = Ac1().compute(one).value, Pabak().compute(one).value
        said = diagnosis(counts, alpha, ac1, blind.coders)
        few = counts.n_any < MIN_POSITIVES
        chance_corrected = (alpha.value, alpha.low, alpha.high, kappa, highest, pabak, ac1)
        rows.append(
            (
                code_id,
                *counts.given,
                counts.n_any,
                counts.prevalence,
                counts.positive,
                counts.negative,
                Percent().compute(one).value,
                *([None] * 7 if few else chance_corrected),
                counts.prevalence_index,
                counts.bias_index,
                said,
                "" if few else alpha.note,
            )
        )
        estimates.append(
            Estimate(
                material.name(code_id),
                None if few else alpha.value,
                None if few else alpha.low,
                None if few else alpha.high,
                f"too few to say ({counts.n_any} segments)" if few else alpha.note,
            )
        )
        if not few and said:
            says.append(f"{material.name(code_id)}: alpha {in_words(alpha)}. {said}")
    n_few = sum(row[1 + len(blind.coders)] < MIN_POSITIVES for row in rows)
    if n_few:
        says.append(
            f"{n_few} of {len(rows)} codes occur in fewer than {MIN_POSITIVES} compared segments: "
            "too few to say anything about them."
        )
    columns = (
        ("code", "text"),
        *((f"given_by.{name}", "count") for name in blind.coders),
        ("segments_with", "count"),
        *(
            (name, "score")
            for name in (
                "prevalence", "positive_agreement", "negative_agreement", "percent", "alpha",
                "low", "high", "kappa_cohen" if len(blind.coders) == 2 else "kappa_fleiss",
                "kappa_max", "pabak", "ac1", "prevalence_index", "bias_index",
            )
        ),
        ("diagnosis", "text"),
        ("note", "text"),
    )  # fmt: skip
    chart = Dots("Alpha of each code", tuple(estimates), BOUNDS, "alpha, one code against the rest")
    return Block(
        "per_code", "Code by code", tuple(says), (table("per_code", columns, rows),), (chart,)
    )


def count(one: Codings) -> Counts:
    """Counts over all pairs of coders, for codings that are absent or present."""
    both = neither = only = 0
    for a, b in combinations(range(len(one.coders)), 2):
        first, second = one.values[:, a], one.values[:, b]
        known = (first >= 0) & (second >= 0)
        both += int((known & (first == 1) & (second == 1)).sum())
        neither += int((known & (first == 0) & (second == 0)).sum())
        only += int((known & (first != second)).sum())
    coded = np.maximum((one.values >= 0).sum(axis=0), 1)
    given = (one.values == 1).sum(axis=0)
    shares = given[one.values.max(axis=0) >= 0] / coded[one.values.max(axis=0) >= 0]
    total = both + neither + only
    return Counts(
        tuple(given.tolist()),
        int((one.values == 1).any(axis=1).sum()),
        float(given.sum() / max((one.values >= 0).sum(), 1)),
        2 * both / (2 * both + only) if both + only else float("nan"),
        2 * neither / (2 * neither + only) if neither + only else float("nan"),
        abs(both - neither) / total if total else float("nan"),
        float(np.ptp(shares)) if len(shares) else float("nan"),
    )


def diagnosis(counts: Counts, alpha: Agreement, ac1: float | None, coders: tuple[str, ...]) -> str:
    """In words: is it rare, given unequally, or do coders mean different segments?"""
    if counts.n_any < MIN_POSITIVES:
        return f"Too few to say: {counts.n_any} segments, {MIN_POSITIVES} are needed."
    if alpha.value is None or alpha.value >= BOUNDS[0]:
        return ""
    said = []
    most, least = int(np.argmax(counts.given)), int(np.argmin(counts.given))
    times = counts.given[most] / max(counts.given[least], 1)
    if times >= _LOPSIDED:
        said.append(
            f"Bias: {coders[most]} gave it to {counts.given[most]} segments and {coders[least]} to "
            f"{counts.given[least]}; they draw the line at different places."
        )
    if ac1 is not None and ac1 >= BOUNDS[1] and counts.prevalence_index >= _RARE:
        said.append(
            f"Paradox: {counts.prevalence:.0%} of codings give it, so coders agree on nearly all "
            f"segments without it (AC1 {ac1:.2f}), and chance-corrected agreement rests on few; "
            f"where one coder gives it, the others do in {counts.positive:.0%} (positive agreement)."
        )
    if times < _LOPSIDED:
        said.append(
            "Coders give it about as often and mean different segments: the definition, not the "
            "threshold, needs a look."
        )
    return " ".join(said)
