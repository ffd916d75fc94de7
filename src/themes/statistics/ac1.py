"""Gwet's AC1: chance that does not swell when a value is common."""

from __future__ import annotations

from themes.codings import Codings
from themes.inference.tally import Tally
from themes.statistics._coefficient import Coefficient
from themes.statistics.fleiss import weighed


class Ac1(Coefficient):
    """(observed - chance) / (1 - chance), chance being the sum of p(1 - p) over q - 1.

    Gwet (2008), equation 6; missing codings as in Gwet (2014), section 2.4. p is the mean share of
    a value over segments and q the number of values: two for one code.

    >>> round(Ac1().compute(Codings.of([[1, 1]] * 8 + [[1, 2], [2, 2]])).value, 4)
    0.8658
    """

    definition = "AC1, Gwet"

    def tally(self, codings: Codings) -> Tally:
        q = codings.n_values
        # 0 / 0 for a single value.
        return weighed(codings, lambda p: (p * (1 - p)).sum(axis=-1) / (q - 1 + 0 * p[..., 0]))
