"""What the coefficients of fixed segments share: sums per transcript, and the record of a value."""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import combinations

import numpy as np

from themes.codings import Codings
from themes.inference.tally import Tally
from themes.records import Agreement

NO_OVERLAP = "no segment was coded by two coders: nothing to compare"


class Coefficient(ABC):
    """A coefficient that is a formula over sums of segments."""

    definition: str

    @abstractmethod
    def tally(self, codings: Codings) -> Tally:
        """The sums per transcript, and the formula."""

    def compute(self, codings: Codings) -> Agreement:
        """The value, without an interval; None with a note where it is undefined."""
        tally = self.tally(codings)
        n = int(tally.n_segments.sum())
        value = tally.value
        undefined = np.isnan(value)
        return Agreement(
            self.definition,
            None,
            codings.coders,
            None if undefined else value,
            None,
            None,
            n,
            int(tally.taking_part.sum()),
            "" if not undefined else tally.undefined if n else NO_OVERLAP,
        )


def agreement_of_pairs(codings: Codings, weights: np.ndarray | None = None) -> np.ndarray:
    """float64 (n_segments,): sum over pairs of coders of the weight of their two values.

    `weights` is (n_values, n_values), symmetric; without it, 1 for the same value and 0 else.
    """
    total = np.zeros(len(codings.owner))
    if not codings.shared.any():
        return total
    for first, second in combinations(range(len(codings.coders)), 2):
        a, b = codings.values[:, first], codings.values[:, second]
        both = (a >= 0) & (b >= 0)
        total += both * ((a == b) if weights is None else weights[a, b])
    return total


def share_of_pairs(codings: Codings, weights: np.ndarray | None = None) -> np.ndarray:
    """float64 (n_segments,): mean weight of a segment's pairs; 0 where fewer than two coded it."""
    n = codings.n_codings
    return agreement_of_pairs(codings, weights) / np.maximum(n * (n - 1) / 2, 1)


def counts_of_values(codings: Codings, of_segments: np.ndarray) -> np.ndarray:
    """float64 (n_transcripts, n_values): how often each value was given, each segment's weighed."""
    cells = codings.values >= 0
    weights = np.broadcast_to(of_segments[:, None], cells.shape)[cells]
    place = codings.owner[:, None] * codings.n_values + codings.values
    found = np.bincount(
        place[cells], weights=weights, minlength=len(codings.transcripts) * codings.n_values
    )
    return found.reshape(len(codings.transcripts), codings.n_values)


def shared_segments(codings: Codings) -> np.ndarray:
    """int64 (n_transcripts,): how many segments two coders or more coded."""
    return codings.per_transcript(codings.shared).astype(int)
