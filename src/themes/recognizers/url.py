"""Web addresses and social handles."""

from __future__ import annotations

import re
from collections.abc import Iterable

from themes.recognizers._speech import matches
from themes.recognizers._web import DOT, SPOKEN_END, TLD
from themes.records import Mention, Transcript

_WRITTEN = re.compile(
    rf"(?:https?://|www\.)[^\s<>\"\]\)]*[\w/]|(?<![\w@.-])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,5}}\.{TLD}\b(?![@.]\w)(?:/[^\s<>\"\]\),]*[\w/])?",
    re.IGNORECASE,
)
_PART = r"[\w-]{1,40}"
_SPOKEN = re.compile(
    rf"(?<![\w-])(?:(?:w ?w ?w|triple w|drie keer w)\s+{DOT}\s+)?"
    rf"{_PART}(?:\s+(?:dash|streepje|hyphen)\s+{_PART}){{0,5}}(?:\s+{DOT}\s+{_PART}){{0,5}}"
    rf"\s+{SPOKEN_END}\b(?:\s+(?:slash|schuine streep)\s+{_PART}){{0,5}}",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z_](?:[\w.]*\w)")


class Url:
    """Web addresses with or without "https://", read aloud, and handles such as "@naam".

    Source: RFC 3986 for the written form; a bare host counts when it ends in a top-level domain of
    the list in this file. Found: "www.example.org/page", "example.nl", "my roster dot example dot
    nl", "@jan_b". Not found: "e.g.", "and.so", an e-mail address.
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The addresses in speech, in reading order within each form."""
        yield from matches(transcript, _WRITTEN, "url", "url", 0.95)
        yield from matches(transcript, _SPOKEN, "url", "url", 0.85)
        yield from matches(transcript, _HANDLE, "url", "url", 0.85)
