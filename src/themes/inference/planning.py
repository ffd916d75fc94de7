"""How many segments to code twice, and how many people to ask."""

from __future__ import annotations

from functools import cache
from math import ceil

import numpy as np
from scipy import stats

# Chi-squared, one degree of freedom, for a one-sided limit at 95 %; printed so in the source.
_CRITICAL = 2.71


def segments_to_double_code(
    expected: float, lower: float, prevalence: float, n_coders: int = 2
) -> int:
    """Segments to code so that the one-sided lower 95 % limit of kappa is above `lower`.

    `expected` is the kappa that is expected, `prevalence` the share of segments with the code,
    both in (0, 1); the goodness-of-fit method of Donner and Rotondi (2010), section 2. It takes
    segments for independent: multiply by `design_effect`. Raises ValueError where `lower` is not
    below `expected`.

    >>> segments_to_double_code(0.6, 0.4, 0.1)
    140
    """
    if not 0 <= lower < expected < 1 or not 0 < prevalence < 1 or n_coders < 2:
        raise ValueError("need 0 <= lower < expected < 1, a prevalence in (0, 1), two coders")
    hoped = _coders_saying_yes(expected, prevalence, n_coders)
    bound = _coders_saying_yes(lower, prevalence, n_coders)
    return ceil(_CRITICAL / ((hoped - bound) ** 2 / bound).sum())


def design_effect(segments_per_transcript: float, correlation: float) -> float:
    """How many times more segments are needed because those of a transcript resemble each other.

    1 + (m - 1) rho (Kish 1965, section 5.4); `correlation` is the intraclass correlation of
    agreement within transcripts.

    >>> design_effect(21, 0.1)
    3.0
    """
    return 1 + (segments_per_transcript - 1) * max(correlation, 0.0)


def intraclass_correlation(values: np.ndarray, groups: np.ndarray) -> float:
    """How alike values of one group are: one-way analysis of variance, ICC(1).

    `values` float64 (n,), `groups` int (n,). nan for fewer than two groups, or nothing that
    varies (Shrout and Fleiss 1979, case 1; unequal groups as in Donner 1986, equation 2).

    >>> round(intraclass_correlation(np.array([0., 0, 1, 1]), np.array([0, 0, 1, 1])), 3)
    1.0
    """
    _, group = np.unique(groups, return_inverse=True)
    sizes = np.bincount(group)
    k, n = len(sizes), len(values)
    if k < 2 or n == k:
        return float("nan")
    means = np.bincount(group, values) / sizes
    between = (sizes * (means - values.mean()) ** 2).sum() / (k - 1)
    within = ((values - means[group]) ** 2).sum() / (n - k)
    typical = (n - (sizes**2).sum() / n) / (k - 1)
    total = between + (typical - 1) * within
    return float((between - within) / total) if total > 0 else float("nan")


@cache
def people_to_ask(prevalence: float, times: int = 1, power: float = 0.8) -> int:
    """People to ask so that a theme of this prevalence is met `times` times, with this power.

    Binomial (Fugard and Potts 2015, equation 1). It takes for granted that whoever has the theme
    tells it, and that the codebook is settled.

    >>> people_to_ask(0.05)
    32
    """
    if not 0 < prevalence <= 1 or times < 1:
        raise ValueError("need a prevalence in (0, 1] and one time or more")
    n = times
    while stats.binom.sf(times - 1, n, prevalence) < power:
        n += 1
    return n


def _coders_saying_yes(kappa: float, prevalence: float, n_coders: int) -> np.ndarray:
    """float64 (n_coders + 1,): the chance that 0, 1, ... coders give the code, where a share
    kappa of segments is coded alike by all and the rest by chance."""
    shares = (1 - kappa) * stats.binom.pmf(np.arange(n_coders + 1), n_coders, prevalence)
    shares[0] += kappa * (1 - prevalence)
    shares[-1] += kappa * prevalence
    return shares
