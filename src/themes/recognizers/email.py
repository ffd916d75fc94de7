"""E-mail addresses, written and spoken."""

from __future__ import annotations

import re
from collections.abc import Iterable

from themes.recognizers._speech import matches
from themes.recognizers._web import DOT, SPOKEN_END
from themes.records import Mention, Transcript

_WRITTEN = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]{0,63}[\w+%-]@[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.[^\W\d_]{2,24}"
)
_AT = r"(?:at|apenstaartje|apenstaart|aapje|ad|@|krøllalfa|klammeraffe|arroba|arobase)"
_JOIN = rf"(?:{DOT}|dash|hyphen|minus|underscore|streepje|min|laag streepje|liggend streepje|koppelteken)"
_DIGIT = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|nul|twee|drie|vier|vijf|zes|zeven|acht|negen)"
_TENS = r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\w+)?)"
_LETTERED = r"\b\w(?:-\w){2,}\b"
_PART = r"[\w-]{1,40}"
_SPOKEN = re.compile(
    rf"(?<![\w-])(?:\w\s+){{0,20}}(?:{_PART},?\s+(?:{_JOIN}|{_LETTERED}),?\s+){{0,8}}"
    rf"(?:\w{{1,40}}\s+(?={_TENS}|{_DIGIT}))?(?:(?:{_LETTERED}|{_TENS}|{_DIGIT}),?\s+){{0,20}}"
    rf"{_PART},?\s+{_AT}\s+{_PART}(?:\s+{_PART})?(?:\s+{_JOIN}\s+{_PART}){{0,8}}?"
    rf"(?:\s+{DOT}\s+[^\W\d_]{{1,40}}){{0,4}}\s+{SPOKEN_END}\b",
    re.IGNORECASE,
)


class Email:
    """E-mail addresses: `local@domain.tld`, and as they are read aloud.

    Format: RFC 5322 without comments and quoted local parts. Read aloud: "at" or "apenstaartje"
    for the sign, "dot" or "punt" for the stop, "dash", "underscore" or "streepje" in the name.
    Found: "j.deboer@example.org", "j dot deboer at example dot org",
    "jan punt bakker apenstaartje voorbeeld punt nl". Not found: "at home", "@home".
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The addresses in speech, in reading order within each form."""
        yield from matches(transcript, _WRITTEN, "email", "email", 1.0)
        yield from matches(transcript, _SPOKEN, "email", "email", 0.9)
