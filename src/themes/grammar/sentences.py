"""Where sentences end in transcribed speech."""

from __future__ import annotations

import re

from themes.records import Span

# A sentence ends at a paragraph break, or at closing punctuation (with its quotes and brackets)
# before white space. Abbreviations and initials do not end one; three dots do only before a
# capital, since in speech they mostly mark a pause.
_END = re.compile(r"\n|(?P<mark>[.!?…]+)[\"'”’)\]]*(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:dr|drs|prof|mr|mrs|ms|mw|mevr|dhr|st|sr|jr|no|nr|vs|etc|bijv|bv|enz|evt|e\.g|i\.e)"
    r"|\b[A-Za-z])$",
    re.IGNORECASE,
)


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of `text`, without the white space around them; all speech is in one of them.

    >>> [s.of("Dr. Bos came. And then... nothing! [laughs]") for s in sentences("Dr. Bos came. And then... nothing! [laughs]")]
    ['Dr. Bos came.', 'And then... nothing!', '[laughs]']
    """
    found: list[Span] = []
    start = 0
    for end in _END.finditer(text):
        mark = end["mark"]
        if mark is not None:
            following = text[end.end() :].lstrip()[:1] if len(mark) > 1 or mark == "…" else ""
            pause = following and not following.isupper() and ("…" in mark or ".." in mark)
            if pause or (mark == "." and _ABBREVIATION.search(text, start, end.start())):
                continue
        _add(found, text, start, end.end())
        start = end.end()
    _add(found, text, start, len(text))
    return tuple(found)


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        at = start + len(piece) - len(piece.lstrip())
        found.append(Span(at, at + len(stripped)))
