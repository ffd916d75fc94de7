"""How good scores are, on passages that the scoring model had not seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

ENOUGH = 5
"""Passages with a code, below which its figures say nothing."""

_N_BINS = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with the bounds of its interval; NaN where it is undefined."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"


@dataclass(frozen=True, slots=True)
class Scored:
    """What people said and what a model said of the same passages.

    `labels` int8 (n, n_codes) in {0, 1, -1 = not looked at}; `scores` float64 (n, n_codes) in
    [0, 1]; `chosen` bool (n, n_codes), what the model gives when it must say yes or no;
    `groups` (n,) the transcript of each passage.
    """

    labels: np.ndarray
    scores: np.ndarray
    chosen: np.ndarray
    groups: np.ndarray

    def rows(self, rows: np.ndarray) -> Scored:
        """Some passages, in the order and as often as `rows` names them."""
        return Scored(self.labels[rows], self.scores[rows], self.chosen[rows], self.groups[rows])


def resampled(
    scored: Scored,
    measure: Callable[[Scored], Mapping[str, float]],
    n_resamples: int = 1000,
    seed: int = 20261122,
) -> dict[str, Figure]:
    """`measure` with 95 % percentile intervals, whole transcripts drawn with replacement.

    Passages of one transcript are not independent, so transcripts are what is drawn. With fewer
    than two of them the bounds are NaN.
    """
    point = measure(scored)
    names = sorted(set(scored.groups.tolist()))
    if len(names) < 2:
        return {name: Figure(value, np.nan, np.nan) for name, value in point.items()}
    rows_of = [np.flatnonzero(scored.groups == name) for name in names]
    rng = np.random.default_rng(seed)
    drawn: dict[str, list[float]] = {name: [] for name in point}
    for _ in range(n_resamples):
        rows = np.concatenate([rows_of[i] for i in rng.integers(len(names), size=len(names))])
        for name, value in measure(scored.rows(rows)).items():
            drawn[name].append(value)
    made = {}
    for name, value in point.items():
        known = np.asarray(drawn[name])[np.isfinite(drawn[name])]
        low, high = np.quantile(known, [0.025, 0.975]) if len(known) else (np.nan, np.nan)
        made[name] = Figure(float(value), float(low), float(high))
    return made


def enough(labels: np.ndarray) -> np.ndarray:
    """The columns with at least `ENOUGH` passages that carry the code and one that does not."""
    return np.flatnonzero(((labels == 1).sum(0) >= ENOUGH) & ((labels == 0).sum(0) > 0))


def headline(columns: np.ndarray) -> Callable[[Scored], dict[str, float]]:
    """The figures of a card, macro over the codes in `columns`.

    The codes stay the same in every resample: otherwise an interval mixes averages over different
    codes. A code that a resample happens to lack is left out of it.
    """

    def measure(scored: Scored) -> dict[str, float]:
        seen = scored.labels >= 0
        whole = seen.all(axis=1)
        truth, scores, chosen = (
            part[whole] for part in (scored.labels == 1, scored.scores, scored.chosen)
        )
        top = np.argsort(-scores, axis=1, kind="stable")[:, :3]
        per_code = [one_code(scored, column) for column in columns]
        return {
            **{
                f"macro {name}": _mean([code[name] for code in per_code])
                for name in ("kappa", "F1", "average precision")
            },
            "any code or none, kappa": kappa(truth.any(1), chosen.any(1)),
            "recall at 3": _share(np.take_along_axis(truth, top, 1).sum(), truth.sum()),
            "expected calibration error": calibration_error(
                (scored.labels == 1)[seen], scored.scores[seen]
            ),
        }

    return measure


def one_code(scored: Scored, column: int) -> dict[str, float]:
    """Kappa, F1 and average precision of one code, over the passages where it was looked at."""
    seen = scored.labels[:, column] >= 0
    truth = scored.labels[seen, column] == 1
    chosen, scores = scored.chosen[seen, column], scored.scores[seen, column]
    both = float((truth & chosen).sum())
    return {
        "kappa": kappa(truth, chosen),
        "F1": _share(2 * both, truth.sum() + chosen.sum()),
        "average precision": average_precision(truth, scores),
    }


def kappa(one: np.ndarray, other: np.ndarray) -> float:
    """Cohen's kappa of two yes-or-no codings (Cohen 1960, equation 1).

    NaN where both say the same of everything: chance then explains all.

    >>> kappa(np.array([True, True, False, False]), np.array([True, False, False, False]))
    0.5
    """
    one, other = np.asarray(one, bool), np.asarray(other, bool)
    if not len(one):
        return float("nan")
    p, q = one.mean(), other.mean()
    expected = p * q + (1 - p) * (1 - q)
    return float(((one == other).mean() - expected) / (1 - expected)) if expected < 1 else np.nan


def average_precision(truth: np.ndarray, scores: np.ndarray) -> float:
    """Mean precision at each passage that carries the code, from the highest score down.

    Tied scores count as one step, so that order of passages never matters. NaN without any.

    >>> average_precision(np.array([True, False, True]), np.array([0.9, 0.8, 0.1])).__round__(3)
    0.833
    """
    truth = np.asarray(truth, bool)
    if not truth.any():
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    steps = np.flatnonzero(np.append(np.diff(scores[order]) != 0, True))
    found = np.cumsum(truth[order])[steps]
    precision = found / (steps + 1)
    return float((np.diff(found, prepend=0) * precision).sum() / truth.sum())


def calibration_error(truth: np.ndarray, scores: np.ndarray) -> float:
    """Expected calibration error in ten bins of equal width (Naeini et al. 2015)."""
    if not len(truth):
        return float("nan")
    bins = np.minimum((scores * _N_BINS).astype(int), _N_BINS - 1)
    return float(
        sum(
            abs(truth[bins == b].mean() - scores[bins == b].mean()) * (bins == b).mean()
            for b in range(_N_BINS)
            if (bins == b).any()
        )
    )


def reliability(truth: np.ndarray, scores: np.ndarray) -> list[tuple[float, float, int]]:
    """(mean score, share that was right, passages) of each bin that holds any."""
    bins = np.minimum((scores * _N_BINS).astype(int), _N_BINS - 1)
    return [
        (float(scores[bins == b].mean()), float(truth[bins == b].mean()), int((bins == b).sum()))
        for b in range(_N_BINS)
        if (bins == b).any()
    ]


def _mean(values: Sequence[float]) -> float:
    known = [value for value in values if np.isfinite(value)]
    return float(np.mean(known)) if known else float("nan")


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")
