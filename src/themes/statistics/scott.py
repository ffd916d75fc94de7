"""Scott's pi, for two coders."""

from __future__ import annotations

from themes.codings import Codings
from themes.errors import InputError
from themes.inference.tally import Tally
from themes.statistics._coefficient import Coefficient
from themes.statistics.fleiss import Fleiss


class Scott(Coefficient):
    """Agreement of two coders against that of coders who share one distribution of values.

    Scott (1955); Fleiss' kappa for two coders, over the segments that both coded. Raises
    InputError for another number of coders.

    >>> round(Scott().compute(Codings.of([["a", "a"], ["b", "b"], ["a", "b"]])).value, 3)
    0.333
    """

    definition = "pi, Scott"

    def tally(self, codings: Codings) -> Tally:
        if len(codings.coders) != 2:
            raise InputError(f"Scott's pi is for two coders, not {len(codings.coders)}; use fleiss")
        return Fleiss().tally(codings.of_segments(codings.shared))
