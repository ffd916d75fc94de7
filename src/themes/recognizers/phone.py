"""Telephone numbers, written and spoken."""

from __future__ import annotations

import re
from collections.abc import Iterable

import phonenumbers

from themes.recognizers._speech import matches
from themes.recognizers._spoken_digits import spoken_numbers
from themes.records import Mention, Transcript

_REGIONS = ("NL", "BE", "GB", "IE", "US")
_CANDIDATE = re.compile(
    r"(?<![\w.,:/#€$£-])(?:\+|00)?\(?\d[\d\s()./–-]{5,22}\d(?:\s?(?:x|ext\.?)\s?\d{1,5})?(?![\w/%]|[.,:]\d)"
)
_OTHER = re.compile(
    r"\d{1,3}(?:\.\d{1,3}){3}|\d{4}\s?[-–/]\s?\d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{4}-\d{2}-\d{2}"
)
_AMERICAN = re.compile(r"\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}|\d{3}[-.]\d{4}")
_EXTENSION = re.compile(
    r"\b(?:extension|ext\.?|dial|bleep|pager|pieper|sein|toestel|doorkies(?:nummer)?|tel(?:efoon)?\.?)"
    r"(?: (?:number|nummer|is|me on|on|op|nr\.?))*[ :]+(?P<it>\d[\d -]{1,8}\d)(?![\d:])",
    re.IGNORECASE,
)


_CUED = re.compile(
    r"\b(?:phone|mobile|cell|fax|tel|telefoon\w*|mobiel|nummer|number|call|dial|bel|ring|whatsapp|reach)\b"
    r"[^\d\n+(.?!]{0,30}(?P<it>[+(]?\d[\d ()./-]{5,20}\d)(?![\w%:/-])",
    re.IGNORECASE,
)


class Phone:
    """Telephone numbers of the Netherlands, Belgium, the UK, Ireland, the USA and, with "+", of all
    countries; extensions and bleep numbers after their cue word; numbers read aloud.

    Source: ITU-T E.164 through Google's libphonenumber metadata; numbers that start with a zero or
    a plus and have nine digits or more count even where no such number is in use. Found:
    "06 12345678", "+32 470 12 34 56", "(555) 010-1234", "bleep 2231", "oh six, one two, double
    three, four five, six seven". Not found: "2019-2020", "120/80", "one, two, three, four".
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The numbers in speech, in reading order within each form."""
        yield from matches(transcript, _CANDIDATE, "phone", "phone", 0.95, accept=_is_number)
        yield from matches(transcript, _CUED, "phone", "phone", 0.8, accept=_is_cued_number)
        yield from matches(transcript, _EXTENSION, "phone", "phone", 0.85)
        for span, is_phone, sure in spoken_numbers(transcript):
            if is_phone:
                yield Mention(span, "phone", "phone", sure)


def _is_number(match: re.Match[str]) -> bool:
    written = match[0].strip()
    if _OTHER.fullmatch(written) or "\n" in written:
        return False
    n_digits = sum(map(str.isdigit, written))
    if written[0] in "+0" or written.startswith("(0"):
        return n_digits >= 9
    if _AMERICAN.match(written):
        return True
    return n_digits >= 9 and any(_is_valid(written, region) for region in _REGIONS)


def _is_cued_number(match: re.Match[str]) -> bool:
    return sum(map(str.isdigit, match["it"])) >= 7 and not _OTHER.fullmatch(match["it"])


def _is_valid(written: str, region: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(written, region))
    except phonenumbers.NumberParseException:
        return False
