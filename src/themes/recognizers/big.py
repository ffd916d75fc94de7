"""The Dutch register of health professionals."""

from __future__ import annotations

import re
from collections.abc import Iterable

from themes.recognizers._speech import matches
from themes.records import Mention, Transcript

_CUE = re.compile(r"\b(?:BIG|AGB)\b[^\d\n]{0,30}(?P<it>\d(?:[ .-]?\d){7,10})(?!\d)")
_BARE = re.compile(r"(?<![\d+.,-])[1-9]\d{10}(?![\d-])")


class Big:
    """BIG number of a doctor, nurse or other registered professional in the Netherlands.

    Legal basis: Wet op de beroepen in de individuele gezondheidszorg, article 3. Eleven digits
    anywhere; after "BIG" (or "AGB", the care provider's code) eight to eleven digits, because a
    number that lost a digit is still near its owner. Found: "BIG 59012345601",
    "AGB-code 01012345". Not found: "a big 12".
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The numbers in speech, in reading order within each form."""
        yield from matches(transcript, _CUE, "id", "big", 1.0)
        yield from matches(transcript, _BARE, "id", "big", 0.7)
