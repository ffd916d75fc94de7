"""E-mail addresses, written and spoken."""

from __future__ import annotations

import re
from collections.abc import Iterable

from themes.recognizers._speech import matches, stretches
from themes.recognizers._web import DOT, SPOKEN_END
from themes.records import Mention, Span, Transcript

_WRITTEN = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]{0,63}[\w+%-]@[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.[^\W\d_]{2,24}"
)
_AT = r"(?:at|apenstaartje|apenstaart|aapje|apestaartje|ad|@|krøllalfa|klammeraffe|arroba|arobase)"
_JOIN = rf"(?:{DOT}|dash|hyphen|minus|underscore|streepje|min|laag streepje|liggend streepje|koppelteken)"
# "Punt" and "point" are nouns, too: behind them a host ends in something known; "dot" is none.
_SURE_DOT = r"(?:dot|punktum|punkt|punto)"
_END = rf"(?:(?<!the ){_SURE_DOT}\s+(?!{_SURE_DOT}\b)[^\W\d_]{{2,12}}|{SPOKEN_END})"
_HOST = r"[\w-]{1,40}"
_CORE = re.compile(
    rf"(?<![\w-])[\w.+-]{{1,40}},?\s+{_AT},?\s+{_HOST}(?:,?\s+(?:{_JOIN},?\s+)?{_HOST}){{0,6}}?,?\s+{_END}"
    rf"(?:,?\s+(?:{_SURE_DOT}\s+[^\W\d_]{{2,12}}|{DOT}\s+[^\W\d_]{{2,4}})\b)*(?!\w)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"([\w.+'’-]+)[,…]?\s+$")
# What stands before an address that is read aloud, and is no part of it.
_STOPS = frozenset(
    "is it's its to on at my me the address email e-mail mail via and so or then naar op het is mijn adres "
    "van en dus of dan aan was that's dat's via it i have got has with for from mailed send sent stuur mail "
    "'t de a an die dat er just write schrijf reach bereik dit this that voor bij um erm uh ehm".split()
)
_JOINS = re.compile(_JOIN, re.IGNORECASE)
_LONGEST = 14  # words of a name that is spelled


class Email:
    """E-mail addresses: `local@domain.tld`, and as they are read aloud.

    Format: RFC 5322 without comments and quoted local parts. Read aloud: "at" or "apenstaartje"
    for the sign, "dot" or "punt" for the stop, "dash", "underscore" or "streepje" in the name; the name
    reaches back to a word such as "is", "to" or "naar", however it is spelled.
    Found: "j.deboer@example.org", "j dot deboer at example dot org",
    "jan punt bakker apenstaartje voorbeeld punt nl". Not found: "at home", "@home".
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The addresses in speech, in reading order within each form."""
        yield from matches(transcript, _WRITTEN, "email", "email", 1.0)
        for stretch in stretches(transcript):
            for match in _CORE.finditer(stretch.text):
                start = _opening(stretch.text, match.start())
                yield Mention(Span(start, match.end()).shift(stretch.start), "email", "email", 0.9)


def _opening(text: str, start: int) -> int:
    """Where the name before the core begins: it may be spelled, joined or misheard as words."""
    joined = False
    for _ in range(_LONGEST):
        before = _BEFORE.search(text, max(0, start - 50), start)
        if (
            before is None
            or before[1].endswith(".")
            or (before[1].casefold() in _STOPS and not joined)
        ):
            return start
        start, joined = before.start(), _JOINS.fullmatch(before[1]) is not None
    return start
