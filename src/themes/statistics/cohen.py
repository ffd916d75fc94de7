"""Cohen's kappa, for two coders, and the highest kappa that their totals allow."""

from __future__ import annotations

import numpy as np

from themes.codings import Codings
from themes.errors import InputError
from themes.inference.tally import Tally
from themes.statistics._coefficient import (
    Coefficient,
    agreement_of_pairs,
    counts_of_values,
    shared_segments,
)


class Cohen(Coefficient):
    """Agreement of two coders against that of coders who keep their own distributions.

    Cohen (1960), equation 2, over the segments that both coded. Expected agreement is the sum of
    the products of the two coders' shares of each value. Raises InputError for another number of
    coders.

    >>> round(Cohen().compute(Codings.of([["a", "a"], ["b", "b"], ["a", "b"]])).value, 3)
    0.4
    """

    definition = "kappa, Cohen"

    def tally(self, codings: Codings) -> Tally:
        return self._tally(codings, lambda n, agreed, rows, columns: agreed)

    def highest(self, codings: Codings) -> Tally:
        """Kappa max: kappa if the two agreed as often as their totals allow (Cohen 1960, p. 42)."""
        return self._tally(
            codings, lambda n, agreed, rows, columns: np.minimum(rows, columns).sum(axis=-1)
        )

    def standard_error(self, codings: Codings) -> float:
        """For segments that are independent (Fleiss, Cohen and Everitt 1969, equation 13).

        Segments of an interview are not; it is here to compare with other programs.
        """
        _refuse(codings)
        both = codings.values[codings.shared]
        table = np.zeros((codings.n_values, codings.n_values))
        np.add.at(table, (both[:, 0], both[:, 1]), 1)
        shares = table / table.sum()
        rows, columns = shares.sum(axis=1), shares.sum(axis=0)
        observed, expected = np.trace(shares), rows @ columns
        kappa = (observed - expected) / (1 - expected)
        spread = (rows[None, :] + columns[:, None]) * (1 - kappa)
        on = (np.diag(shares) * (1 - np.diag(spread)) ** 2).sum()
        off = (shares * spread**2).sum() - (np.diag(shares) * np.diag(spread) ** 2).sum()
        correction = (kappa - expected * (1 - kappa)) ** 2
        return float(np.sqrt((on + off - correction) / table.sum()) / (1 - expected))

    def _tally(self, codings: Codings, observed) -> Tally:
        _refuse(codings)
        both = codings.of_segments(codings.shared)
        once, q = np.ones(len(both.owner)), codings.n_values
        n = shared_segments(codings)
        sums = np.column_stack(
            [
                n,
                codings.per_transcript(agreement_of_pairs(codings)),
                counts_of_values(both.of_coders([0]), once),
                counts_of_values(both.of_coders([1]), once),
            ]
        )

        def formula(s: np.ndarray) -> np.ndarray:
            total, rows, columns = s[..., 0], s[..., 2 : 2 + q], s[..., 2 + q :]
            expected = (rows * columns).sum(axis=-1) / total
            agreed = observed(total, s[..., 1], rows, columns)
            return np.where(expected == total, np.nan, (agreed - expected) / (total - expected))

        return Tally(sums, formula, n)


def _refuse(codings: Codings) -> None:
    if len(codings.coders) != 2:
        raise InputError(f"Cohen's kappa is for two coders, not {len(codings.coders)}; use fleiss")
