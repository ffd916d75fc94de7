"""Percent agreement: the share of pairs of coders that gave a segment the same value."""

from __future__ import annotations

import numpy as np

from themes.codings import Codings
from themes.inference.tally import Tally
from themes.statistics._coefficient import Coefficient, share_of_pairs, shared_segments


class Percent(Coefficient):
    """Observed agreement, 0 to 1, not corrected for chance.

    The mean over segments of the share of agreeing pairs among those who coded it (Fleiss 1971,
    equation 2; for two coders, the share of segments that both coded alike). Sets agree when they
    are equal.

    >>> Percent().compute(Codings.of([["a", "a"], ["a", "b"]])).value
    0.5
    """

    definition = "percent agreement"

    def tally(self, codings: Codings) -> Tally:
        agreed = codings.per_transcript(share_of_pairs(codings))
        n = shared_segments(codings)
        return Tally(np.column_stack([agreed, n]), lambda s: s[..., 0] / s[..., 1], n)
