"""Gwet's AC2: AC1 for values of which some are nearer than others."""

from __future__ import annotations

import numpy as np

from themes.codings import Codings
from themes.inference.tally import Tally
from themes.statistics import _distances
from themes.statistics._coefficient import Coefficient
from themes.statistics.fleiss import weighed


class Ac2(Coefficient):
    """AC1 with quadratic weights, for numbers (Gwet 2014, section 3.5).

    A pair's weight is 1 - (difference / largest difference)^2; chance is the sum of all weights
    over q(q - 1), times the sum of p(1 - p). Raises InputError for values that are no numbers.

    >>> round(Ac2().compute(Codings.of([[1, 1], [2, 3], [3, 3], [1, 1]])).value, 3)
    0.846
    """

    definition = "AC2, Gwet, quadratic weights"

    def tally(self, codings: Codings) -> Tally:
        apart, q = _distances.interval(codings), codings.n_values
        weights = 1 - apart / apart.max() if apart.size and apart.max() else np.ones((q, q))
        total = weights.sum()
        return weighed(
            codings,
            lambda p: total * (p * (1 - p)).sum(axis=-1) / (q * (q - 1) + 0 * p[..., 0]),
            weights,
        )
