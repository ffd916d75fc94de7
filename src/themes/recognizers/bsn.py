"""The Dutch citizen service number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from themes.recognizers._speech import matches
from themes.records import Mention, Transcript

_CUE = re.compile(
    r"\b(?:bsn|burgerservicenummer|sofi-?nummer|citizen service number)\b[^\d\n]{0,25}"
    r"(?P<it>\d(?:[ .-]?\d){7,8})(?!\d)",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![\d.,+/-])(?:\d{9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}\.\d{2}\.\d{3})(?![\d-])")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


class Bsn:
    """Burgerservicenummer: nine digits that pass the eleven-test.

    Source: Wet algemene bepalingen burgerservicenummer; the sum of the digits weighted 9, 8, 7, 6,
    5, 4, 3, 2 and -1 is a multiple of 11. After the word "BSN" any eight or nine digits count: a
    mistyped number is still near its owner. Found: "111222333", "BSN 123456789". Not found:
    "111222334".
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The numbers in speech, in reading order within each form."""
        yield from matches(transcript, _CUE, "id", "bsn", 1.0)
        yield from matches(transcript, _BARE, "id", "bsn", 0.9, accept=_passes)


def _passes(match: re.Match[str]) -> bool:
    digits = [int(sign) for sign in match[0] if sign.isdigit()]
    return sum(w * d for w, d in zip(_WEIGHTS, digits, strict=True)) % 11 == 0 and any(digits)
