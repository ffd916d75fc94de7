"""PABAK: kappa with prevalence and bias taken out."""

from __future__ import annotations

from themes.codings import Codings
from themes.errors import InputError
from themes.inference.tally import Tally
from themes.statistics._coefficient import Coefficient
from themes.statistics.percent import Percent


class Pabak(Coefficient):
    """2 x percent - 1, for values that are yes or no (Byrt, Bishop and Carlin 1993).

    Raises InputError for more than two values: elsewhere it is Brennan and Prediger's kappa.

    >>> Pabak().compute(Codings.of([[0, 0], [0, 0], [1, 1], [0, 1]])).value
    0.5
    """

    definition = "PABAK"

    def tally(self, codings: Codings) -> Tally:
        if codings.n_values > 2:
            raise InputError(
                f"PABAK is for two values and these are {codings.n_values}; use brennan_prediger"
            )
        observed = Percent().tally(codings)
        return Tally(observed.sums, lambda s: 2 * observed.formula(s) - 1, observed.n_segments)
