"""Brennan and Prediger's kappa: chance is one over the number of values."""

from __future__ import annotations

from themes.codings import Codings
from themes.inference.tally import Tally
from themes.statistics._coefficient import Coefficient
from themes.statistics.percent import Percent


class BrennanPrediger(Coefficient):
    """(percent - 1/q) / (1 - 1/q), with q values that may be given.

    Brennan and Prediger (1981); the same as Bennett's S and Randolph's free-marginal kappa. q is
    the number of values in the codings: for one code it is two, present and absent.

    >>> BrennanPrediger().compute(Codings.of([["a", "a"], ["a", "b"]])).value
    0.0
    """

    definition = "kappa, Brennan and Prediger"

    def tally(self, codings: Codings) -> Tally:
        observed, q = Percent().tally(codings), codings.n_values
        return Tally(
            observed.sums,
            # With one value there is nothing to agree on, and q - 1 is 0: undefined.
            lambda s: (q * observed.formula(s) - 1) / (q - 1 + 0 * s[..., 0]),
            observed.n_segments,
        )
