"""Krippendorff's alpha, for any number of coders, any distance, and codings that are missing."""

from __future__ import annotations

from typing import Literal

import numpy as np

from themes.codings import Codings
from themes.inference.tally import Tally
from themes.statistics import _distances
from themes.statistics._coefficient import (
    Coefficient,
    agreement_of_pairs,
    counts_of_values,
    shared_segments,
)

Metric = Literal["nominal", "ordinal", "interval", "ratio", "jaccard", "masi", "masi_dkpro"]
_NAMES = {
    "nominal": "alpha, nominal",
    "ordinal": "alpha, ordinal",
    "interval": "alpha, interval",
    "ratio": "alpha, ratio",
    "jaccard": "alpha, Jaccard distance",
    "masi": "alpha, MASI distance (Passonneau 2006)",
    "masi_dkpro": "alpha, MASI distance (as in DKPro)",
}


class Alpha(Coefficient):
    """1 - observed / expected disagreement (Krippendorff 2011, equations A to E).

    Each segment with m codings counts with all its pairs, each weighed 1 / (m - 1). Expected is
    what pairs drawn from all codings, whoever gave them, would disagree. `metric` says how far two
    values are apart; "ordinal" is Krippendorff's own, by ranks in these codings, not Gwet's
    weights. Undefined where every coder gave the same value everywhere.

    >>> Alpha().compute(Codings.of([["a", "a"], ["b", "b"], ["a", "b"], ["b", "b"]])).value
    0.5333333333333333
    >>> Alpha("masi").compute(Codings.of([[frozenset("ab"), frozenset("a")], [frozenset()] * 2])).value
    0.5714285714285714
    """

    def __init__(self, metric: Metric = "nominal") -> None:
        self.metric = metric
        self.definition = _NAMES[metric]

    def tally(self, codings: Codings) -> Tally:
        if self.metric == "ordinal":
            return _ordinal(codings)
        if self.metric == "nominal":
            return weighed(codings, None)
        # Distances are quadratic in the number of values: only of those that occur here.
        codings = codings.compact()
        return weighed(codings, getattr(_distances, self.metric)(codings))


def weighed(codings: Codings, apart: np.ndarray | None) -> Tally:
    """Alpha with the distances `apart`, (n_values, n_values); nominal without them."""
    pairs = np.maximum(codings.n_codings - 1, 1)
    if apart is None:
        n = codings.n_codings
        disagreed = n * (n - 1) / 2 - agreement_of_pairs(codings)
    else:
        disagreed = agreement_of_pairs(codings, apart)
    shared = codings.shared
    sums = np.column_stack(
        [
            codings.per_transcript(2 * disagreed / pairs * shared),
            counts_of_values(codings, shared.astype(float)),
        ]
    )

    def formula(s: np.ndarray) -> np.ndarray:
        counts = s[..., 1:]
        total = counts.sum(axis=-1)
        if apart is None:
            expected = total**2 - (counts**2).sum(axis=-1)
        else:
            expected = ((counts @ apart) * counts).sum(axis=-1)
        # What rounding leaves of nothing is nothing.
        expected = np.where(expected <= 1e-12 * total**2, np.nan, expected)
        return 1 - (total - 1) * s[..., 0] / expected

    return Tally(sums, formula, shared_segments(codings))


def _ordinal(codings: Codings) -> Tally:
    """The distance of two ranks depends on how often each value occurs, in each resample anew:
    (sum of counts from one to the other, each end half) squared (Krippendorff 2011, section D)."""
    _distances.interval(codings)  # refuses values without order
    order = np.argsort(codings.ratings)
    q, n_transcripts = codings.n_values, len(codings.transcripts)
    rank = np.empty(q, int)
    rank[order] = np.arange(q)
    values = np.where(codings.values < 0, -1, rank[codings.values])
    weight = codings.shared / np.maximum(codings.n_codings - 1, 1)
    together = np.zeros((n_transcripts, q, q))
    for first in range(values.shape[1]):
        for second in range(values.shape[1]):
            both = (values[:, first] >= 0) & (values[:, second] >= 0)
            if first != second:
                at = (codings.owner[both], values[both, first], values[both, second])
                np.add.at(together, at, weight[both])

    def formula(s: np.ndarray) -> np.ndarray:
        coincidences = s.reshape(*s.shape[:-1], q, q)
        counts = coincidences.sum(axis=-1)
        middle = np.cumsum(counts, axis=-1) - counts / 2
        apart = (middle[..., :, None] - middle[..., None, :]) ** 2
        observed = (coincidences * apart).sum(axis=(-2, -1))
        expected = (counts[..., :, None] * counts[..., None, :] * apart).sum(axis=(-2, -1))
        total = counts.sum(axis=-1)
        return 1 - (total - 1) * observed / np.where(expected <= 0, np.nan, expected)

    return Tally(together.reshape(n_transcripts, -1), formula, shared_segments(codings))
