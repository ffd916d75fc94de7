"""Postcodes of the Netherlands and the United Kingdom."""

from __future__ import annotations

import re
from collections.abc import Iterable

from themes.recognizers._speech import matches
from themes.records import Mention, Transcript

_DUTCH = re.compile(
    r"(?<![\w-])[1-9]\d{3} ?(?!SA|SD|SS|MG|ML|MM|CM|KM|KG|HZ)[A-Z]{2}(?:[ ,]+\d{1,4}[a-zA-Z]?)?(?![\w-])"
)
_BRITISH = re.compile(
    r"(?<![\w-])(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPSTUW]"
    r"|[A-HK-Y]\d[ABEHMNPRV-Y]) ?\d[ABD-HJLNP-UW-Z]{2})(?![\w-])"
)
_CUE = re.compile(
    r"\b(?:postcode|post code|zip code|zip)\b[^\d\n]{0,12}(?P<it>\d{4,5}(?: ?[a-z]{2}\b)?)(?!\d)",
    re.IGNORECASE,
)


class Postcode:
    """Dutch and British postcodes, with the house number where one follows the Dutch one.

    Format: "1234 AB" without leading zero and without the letters SA, SD and SS (PostNL); British
    ones as in BS 7666 (government data standard). After the word "postcode" or "zip" four or five
    digits are enough. Found: "1234 AB", "1234AB 12", "SW1A 1AA". Not found: "1234 mg", "2020 in".
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The postcodes in speech, in reading order within each form."""
        yield from matches(transcript, _DUTCH, "postcode", "postcode", 0.95)
        yield from matches(transcript, _BRITISH, "postcode", "postcode", 0.95)
        yield from matches(transcript, _CUE, "postcode", "postcode", 0.95)
