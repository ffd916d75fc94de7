"""How many codes have been met, and how many may be left."""

from __future__ import annotations

from math import exp, lgamma, log, sqrt

import numpy as np


def accumulation(met: np.ndarray) -> np.ndarray:
    """float64 (n_transcripts,): codes met on average in 1, 2, ... transcripts, in random order.

    `met` is bool (n_transcripts, n_codes). Exact, by the hypergeometric chance that a code is in
    none of the transcripts drawn (sample-based rarefaction, Colwell et al. 2012, equation 17).

    >>> accumulation(np.array([[True, False], [True, True]])).round(6).tolist()
    [1.5, 2.0]
    """
    n, often = len(met), met.sum(axis=0)
    often = often[often > 0]
    expected = np.zeros(n)
    for drawn in range(1, n + 1):
        expected[drawn - 1] = sum(1 - _none(n, int(k), drawn) for k in often)
    return expected


def chao2(met: np.ndarray) -> tuple[float, float, float]:
    """A lower bound of all codes there are, with its 95 % interval.

    Chao2, bias-corrected, from the codes met in one transcript and in two; log-normal interval
    (Chao 1987; Colwell et al. 2012, equation 11). The upper limit is as uncertain as it looks.

    >>> chao2(np.array([[True, True], [True, True]]))
    (2.0, 2.0, 2.0)
    """
    n, often = len(met), met.sum(axis=0)
    seen = int((often > 0).sum())
    once, twice = int((often == 1).sum()), int((often == 2).sum())
    shrink = (n - 1) / n
    unseen = shrink * once * (once - 1) / (2 * (twice + 1))
    if unseen == 0:
        return float(seen), float(seen), float(seen)
    variance = (
        shrink * once * (once - 1) / (2 * (twice + 1))
        + shrink**2 * once * (2 * once - 1) ** 2 / (4 * (twice + 1) ** 2)
        + shrink**2 * once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)
    )
    spread = exp(1.96 * sqrt(log(1 + variance / unseen**2)))
    return seen + unseen, seen + unseen / spread, seen + unseen * spread


def _none(n: int, k: int, drawn: int) -> float:
    """The chance that `drawn` of n transcripts hold none of the k that hold a code."""
    if drawn > n - k:
        return 0.0
    return exp(_choose(n - k, drawn) - _choose(n, drawn))


def _choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
