"""Where sentences end in transcribed speech."""

from __future__ import annotations

import math
import re

from themes.records import Span

# A sentence ends at a paragraph break, or at closing punctuation (with its quotes and brackets)
# before white space. Abbreviations and initials do not end one; three dots do only before a
# capital, since in speech they mostly mark a pause.
_END = re.compile(r"\n|(?P<mark>[.!?…]+)[\"'”’)\]]*(?=\s)")
_WORD = re.compile(r"\S+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:dr|drs|prof|mr|mrs|ms|mw|mevr|dhr|st|sr|jr|nr|vs|etc|bijv|bv|enz|evt|e\.g|i\.e)"
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


def pieces(text: str, n_words: int = 30) -> tuple[Span, ...]:
    """The sentences of `text`, those of more than `n_words` words cut into equal pieces.

    Transcribers who write no full stops leave answers of one sentence; a piece is short enough to
    be read at a glance. Text without any word is its own single piece.

    >>> [p.of("No. one two three four five") for p in pieces("No. one two three four five", 3)]
    ['No.', 'one two three', 'four five']
    """
    found: list[Span] = []
    for sentence in sentences(text):
        words = [word.span() for word in _WORD.finditer(text, sentence.start, sentence.end)]
        size = math.ceil(len(words) / math.ceil(len(words) / n_words))
        for start in range(0, len(words), size):
            cut = words[start : start + size]
            found.append(Span(cut[0][0], cut[-1][1]))
    return tuple(found) or (Span(0, len(text)),)


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        at = start + len(piece) - len(piece.lstrip())
        found.append(Span(at, at + len(stripped)))
