"""Fleiss' kappa, for any number of coders, and codings that are missing."""

from __future__ import annotations

import numpy as np

from themes.codings import Codings
from themes.inference.tally import Tally
from themes.statistics._coefficient import (
    Coefficient,
    counts_of_values,
    share_of_pairs,
    shared_segments,
)


class Fleiss(Coefficient):
    """Observed agreement against that of coders who share one distribution of values.

    Fleiss (1971), equations 2 to 7. Where codings are missing, agreement is averaged over the
    segments with two codings or more, and the distribution over all segments, each with weight 1
    (Gwet 2014, section 2.4.2).

    >>> round(Fleiss().compute(Codings.of([["y", "y", "y"], ["y", "y", "n"], ["y", "y", "n"], ["y", "y", "y"]])).value, 2)
    -0.2
    """

    definition = "kappa, Fleiss"

    def tally(self, codings: Codings) -> Tally:
        return weighed(codings, lambda shares: (shares**2).sum(axis=-1))


def weighed(codings: Codings, chance, weights: np.ndarray | None = None) -> Tally:
    """(observed - chance) / (1 - chance), where `chance` maps shares of values (..., n_values)
    to expected agreement (...), and `weights` is as in `share_of_pairs`."""
    agreed = codings.per_transcript(share_of_pairs(codings, weights))
    n = shared_segments(codings)
    coded = codings.n_codings
    values = counts_of_values(codings, 1 / np.maximum(coded, 1))
    sums = np.column_stack([agreed, n, codings.per_transcript(coded > 0), values])

    def formula(s: np.ndarray) -> np.ndarray:
        observed = s[..., 0] / s[..., 1]
        expected = chance(s[..., 3:] / s[..., 2:3])
        # Shares that add up to 1 but for rounding must not make 0 / 0 look like a value.
        room = np.where(np.isclose(expected, 1, atol=1e-12), np.nan, 1 - expected)
        return (observed - expected) / room

    return Tally(sums, formula, n)
