"""Intervals that draw transcripts again, never segments.

Segments of one interview resemble each other. Drawing segments again promises 95 % and holds in
54 to 80 % of studies; drawing whole transcripts comes near it. What each method covers, measured:
docs/figures.md, "Intervals of agreement".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from scipy import stats

from themes.inference.tally import Tally

Method = Literal["t", "percentile", "bca"]
MIN_TRANSCRIPTS = 6
LEVEL = 0.95
# A coefficient that is undefined in more resamples than this has no interval.
MAX_UNDEFINED = 0.2


@dataclass(frozen=True, slots=True)
class Resampling:
    """How intervals are made: named in every report."""

    method: Method = "t"
    n_resamples: int = 1000
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits at 95 %, or None and the reason."""

    low: float | None
    high: float | None
    note: str = ""


def interval(tally: Tally, how: Resampling) -> Interval:
    """The 95 % interval of a coefficient by drawing its transcripts again.

    - t: Student's t with n_transcripts - 1 degrees of freedom around the value, with the standard
      error of the delete-one-transcript jackknife, on the scale -log(1 - value), on which
      coefficients that end at 1 are nearer to symmetric (Efron and Tibshirani 1993, section 11.5;
      the scale is ours; the coverage study measures it and compares no other).
    - percentile: the middle 95 % of the resampled values (Efron and Tibshirani, section 13.3).
    - bca: those, corrected for bias and acceleration (section 14.3).

    Refused, with the reason, below MIN_TRANSCRIPTS transcripts, for an undefined value, where no
    transcript differs from another, and, of the last two, where more than a fifth of the resamples
    is undefined.
    """
    n, value = int(tally.taking_part.sum()), tally.value
    if np.isnan(value):
        return Interval(None, None, tally.undefined)
    if n < MIN_TRANSCRIPTS:
        note = f"{n} transcripts: too few for an interval, {MIN_TRANSCRIPTS} are needed"
        return Interval(None, None, note)
    left = tally.left_out()
    if np.isnan(left).any():
        return Interval(None, None, "rests on a single transcript")
    if np.ptp(left) < 1e-12:
        return Interval(None, None, "all transcripts agree alike: nothing to resample")
    if how.method == "t":
        low, high = _t(value, left, tally.ends_at_one)
        return Interval(float(low), float(high))
    draws = resampled(tally, how)
    known = draws[~np.isnan(draws)]
    if len(known) < (1 - MAX_UNDEFINED) * len(draws):
        share = 1 - len(known) / len(draws)
        return Interval(None, None, f"undefined in {share:.0%} of the resamples")
    if how.method == "percentile":
        low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    else:
        low, high = _bca(value, left, known)
    return Interval(float(low), float(high))


def resampled(tally: Tally, how: Resampling) -> np.ndarray:
    """float64 (n_resamples,): the coefficient in each resample of the transcripts; nan where it
    is undefined."""
    n = int(tally.taking_part.sum())
    return tally.resampled(draws_of(n, how.n_resamples, how.seed))


def share_below(tally: Tally, bound: float, how: Resampling) -> float | None:
    """The share of resamples in which the coefficient lies below `bound`; None below
    MIN_TRANSCRIPTS transcripts, or where it is undefined."""
    if np.isnan(tally.value) or tally.taking_part.sum() < MIN_TRANSCRIPTS:
        return None
    draws = resampled(tally, how)
    return float((draws[~np.isnan(draws)] < bound).mean())


@lru_cache(maxsize=64)
def draws_of(n_transcripts: int, n_resamples: int, seed: int) -> np.ndarray:
    """float64 (n_resamples, n_transcripts): how often each transcript is drawn; sums to n.

    >>> draws_of(4, 3, 1).sum(axis=1).tolist()
    [4.0, 4.0, 4.0]
    """
    rng = np.random.default_rng([seed, n_transcripts])
    even = np.full(n_transcripts, 1 / n_transcripts)
    made = rng.multinomial(n_transcripts, even, size=n_resamples).astype(float)
    made.setflags(write=False)
    return made


def _t(value: float, left: np.ndarray, ends_at_one: bool) -> tuple[float, float]:
    width = stats.t.ppf((1 + LEVEL) / 2, len(left) - 1)
    if not ends_at_one or value >= 1 or (left >= 1).any():
        half = width * _jackknife(left)
        return value - half, min(value + half, 1.0) if ends_at_one else value + half
    at, half = -np.log1p(-value), width * _jackknife(-np.log1p(-left))
    return -np.expm1(-(at - half)), -np.expm1(-(at + half))


def _jackknife(left: np.ndarray) -> float:
    """The standard error from values with one transcript left out (Efron and Tibshirani, 11.5)."""
    n = len(left)
    return float(np.sqrt((n - 1) / n * ((left - left.mean()) ** 2).sum()))


def _bca(value: float, left: np.ndarray, draws: np.ndarray) -> tuple[float, float]:
    below = ((draws < value).mean() + (draws <= value).mean()) / 2
    bias = stats.norm.ppf(np.clip(below, 1 / len(draws), 1 - 1 / len(draws)))
    lean = left.mean() - left
    skew = (lean**3).sum() / (6 * (lean**2).sum() ** 1.5)
    at = stats.norm.ppf([(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    corrected = stats.norm.cdf(bias + (bias + at) / (1 - skew * (bias + at)))
    low, high = np.quantile(draws, corrected)
    return low, high
