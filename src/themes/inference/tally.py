"""Additive counts and a formula: the form that makes resampling of transcripts cheap.

Every coefficient here is a function of sums over segments. Kept apart by transcript, the sums are
all that is needed to draw transcripts again: a resample is a weighted sum of rows, and a thousand
of them one product of matrices, whatever the number of segments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Tally:
    """Sums per transcript, float64 (n_transcripts, k), and the coefficient as a function of them.

    `formula` maps float64 (..., k) to float64 (...): nan where the coefficient is undefined.
    `n_segments` is int64 (n_transcripts,): the segments that took part. `undefined` says why
    when there is no value. `ends_at_one` is true of a coefficient, and false of a difference or a
    count, whose sampling is taken to be symmetric.

    >>> share = Tally(np.array([[1., 2.], [3., 4.]]), lambda s: s[..., 0] / s[..., 1], np.array([2, 4]))
    >>> float(share.value)
    0.6666666666666666
    """

    sums: np.ndarray
    formula: Callable[[np.ndarray], np.ndarray]
    n_segments: np.ndarray
    undefined: str = "every coder gave the same value everywhere: no variation to agree on"
    ends_at_one: bool = True

    @property
    def value(self) -> float:
        """The coefficient over all transcripts; nan where it is undefined."""
        return float(self._of(self.sums.sum(axis=0)))

    @property
    def taking_part(self) -> np.ndarray:
        """bool (n_transcripts,): which transcripts hold a segment that counts."""
        return self.n_segments > 0

    def resampled(self, weights: np.ndarray) -> np.ndarray:
        """float64 (n_resamples,) for `weights` (n_resamples, n_transcripts): how often each
        transcript that takes part was drawn."""
        return self._of(weights @ self.sums[self.taking_part])

    def left_out(self) -> np.ndarray:
        """float64: the coefficient without each of the transcripts that take part, in turn."""
        rows = self.sums[self.taking_part]
        return self._of(rows.sum(axis=0) - rows)

    def _of(self, sums: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.formula(sums), float)


def difference(first: Tally, second: Tally) -> Tally:
    """First minus second, resampled together, so that what both share cancels.

    Transcripts take part that hold segments of both.
    """
    both = first.taking_part & second.taking_part
    k = first.sums.shape[1]
    return Tally(
        np.hstack([first.sums, second.sums]) * both[:, None],
        lambda sums: first.formula(sums[..., :k]) - second.formula(sums[..., k:]),
        np.where(both, np.minimum(first.n_segments, second.n_segments), 0),
        first.undefined,
        ends_at_one=False,
    )


def contrast(tally: Tally, inside: np.ndarray) -> Tally:
    """The coefficient in the transcripts of `inside`, bool (n_transcripts,), minus that in the
    others."""
    k = tally.sums.shape[1]
    return Tally(
        np.hstack([tally.sums * inside[:, None], tally.sums * ~inside[:, None]]),
        lambda sums: tally.formula(sums[..., :k]) - tally.formula(sums[..., k:]),
        tally.n_segments,
        tally.undefined,
        ends_at_one=False,
    )


def mean_of(tallies: Sequence[Tally]) -> Tally:
    """The plain mean of several coefficients over the same transcripts."""
    edges = np.cumsum([0, *(tally.sums.shape[1] for tally in tallies)])
    bounds = list(zip(tallies, edges[:-1], edges[1:], strict=True))
    return Tally(
        np.hstack([tally.sums for tally in tallies]),
        lambda sums: np.mean([t.formula(sums[..., a:b]) for t, a, b in bounds], axis=0),
        np.max([tally.n_segments for tally in tallies], axis=0),
        tallies[0].undefined,
        ends_at_one=all(tally.ends_at_one for tally in tallies),
    )
