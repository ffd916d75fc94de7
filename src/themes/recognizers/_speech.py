"""The speech of a transcript, cut up once for all recognizers: stretches, words, sentence starts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from themes.records import Category, Mention, Span, Transcript, Turn

_LETTER = r"(?:[^\W\d_][\u0300-\u036f\u064b-\u0652\u093a-\u094f]*)"
# An ending such as 's, 'd or 'll belongs to the grammar, not to the name before it.
_WORD = re.compile(
    rf"(?<![^\W\d_])(?<![^\W\d_]['’]){_LETTER}+(?:['’](?!(?:s|d|ll|re|ve|m)\b){_LETTER}+|-{_LETTER}+)*"
)
_BRACKETS = re.compile(r"\[[^\[\]\n]{1,80}\]|\([^()\n]{1,80}\)")
_ENOUGH_LETTERS = 100  # fewer tell nothing about how a speaker's words are written
_REACH = 110  # code points to both sides of what a match must be near to
_SENTENCE_ENDS = frozenset('.!?…:;\n"“”„«»‘([])/*>•')

MARKS = re.compile(
    r"\[[A-Z][A-Z_ -]*\d*\]"  # [PERSON_1], [PERSON-7], [HOSPITAL]
    r"|</?[A-Z_]{2,40}/?>"  # <UNIN/>, <UNSURE>
    r"|\[?\b\d{1,2}:\d{2}(?::\d{2})?(?:[.,-]\d{1,3})?\b\]?"  # [00:14:05]
    r"|\bX{2,}\b|\b[PR]-?\d{1,3}\b|\[(?:name|naam|hospital|ziekenhuis|place|plaats)\b[^\]\n]*\]",
)
"""Marks that a transcriber or an earlier pass left: they are no personal data."""


class Word(NamedTuple):
    """A word of speech, its place in the transcript's text, and what its capital may mean.

    `initial`: it opens a sentence or a quotation, so its capital says nothing. `bracketed`: it
    stands in a note such as "[laughs]" or a mark such as "[Name supervisor]".
    """

    text: str
    start: int
    end: int
    initial: bool
    bracketed: bool

    @property
    def key(self) -> str:
        """The word as lists hold it: casefolded, with a straight apostrophe."""
        return self.text.casefold().replace("’", "'")

    @property
    def capital(self) -> bool:
        """A capital first letter and a lower-case letter after it, as names are written."""
        return self.text[0].isupper() and not self.text.isupper()


class Stretch(NamedTuple):
    """The speech of one turn.

    `cased` is False where capitals carry no information: the speaker's words hold under 1 %
    capitals (automatic captions) or over half (text typed in capitals).
    """

    text: str
    start: int
    cased: bool

    def words(self) -> list[Word]:
        """The words in reading order, with their places in the transcript's text."""
        return list(_words(self.text, self.start))


# The recognizers read the same turns one after the other.
@lru_cache(maxsize=2000)
def _words(text: str, offset: int) -> tuple[Word, ...]:
    brackets = [match.span() for match in _BRACKETS.finditer(text)]
    found: list[Word] = []
    at = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        while at < len(brackets) and brackets[at][1] <= start:
            at += 1
        inside = at < len(brackets) and brackets[at][0] <= start
        found.append(Word(match[0], start + offset, end + offset, _opens(text, start), inside))
    return tuple(found)


def stretches(transcript: Transcript) -> Iterator[Stretch]:
    """The speech of each turn, in reading order; labels and the gaps between turns are left out.

    >>> from themes.records import Turn
    >>> t = Transcript("p1", "I: Hello?", (Turn(Span(3, 9), "I", "interviewer"),))
    >>> [stretch.text for stretch in stretches(t)]
    ['Hello?']
    """
    yield from _cut(transcript.text, transcript.turns)


@lru_cache(maxsize=4)
def _cut(text: str, turns: tuple[Turn, ...]) -> tuple[Stretch, ...]:
    cased = _cased(text, turns)
    return tuple(
        Stretch(turn.span.of(text), turn.span.start, cased[turn.speaker]) for turn in turns
    )


def matches(
    transcript: Transcript,
    pattern: re.Pattern[str],
    category: Category,
    recognizer: str,
    confidence: float,
    *,
    accept: Callable[[re.Match[str]], bool] = lambda match: True,
    near: re.Pattern[str] | None = None,
) -> Iterator[Mention]:
    """A mention for every accepted match of `pattern` in speech; its group "it" where it has one.

    With `near`, only around the places where that pattern is found: one look for a number spares
    twenty for what may stand beside it.
    """
    group = "it" if "it" in pattern.groupindex else 0
    for stretch in stretches(transcript):
        for start, end in _near(stretch.text, near) if near else ((0, len(stretch.text)),):
            for match in pattern.finditer(stretch.text, start, end):
                if match.end(group) > match.start(group) and accept(match):
                    span = Span(*match.span(group)).shift(stretch.start)
                    yield Mention(span, category, recognizer, confidence)


@lru_cache(maxsize=2000)
def _near(text: str, near: re.Pattern[str]) -> tuple[tuple[int, int], ...]:
    """The parts of a text that lie around the matches of a pattern, apart from one another."""
    parts: list[tuple[int, int]] = []
    for match in near.finditer(text):
        start, end = max(0, match.start() - _REACH), match.end() + _REACH
        if parts and start <= parts[-1][1]:
            parts[-1] = parts[-1][0], end
        else:
            parts.append((start, end))
    return tuple(parts)


def _opens(text: str, start: int) -> bool:
    """Whether a sentence or quotation opens at `start`."""
    before = text[max(0, start - 3) : start].rstrip(" \t'*_-–—")
    return not before.strip() if start < 3 else not before or before[-1] in _SENTENCE_ENDS


def _cased(text: str, turns: tuple[Turn, ...]) -> dict[str, bool]:
    """By speaker: one may be typed by hand and the other come from a caption machine."""
    letters: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for turn in turns:
        speech = turn.span.of(text)
        letters[turn.speaker] += sum(map(str.isalpha, speech))
        capitals[turn.speaker] += sum(map(str.isupper, speech))
    together = _tells(capitals.total(), letters.total())
    return {
        speaker: _tells(capitals[speaker], n) if n >= _ENOUGH_LETTERS else together
        for speaker, n in letters.items()
    }


def _tells(capitals: int, letters: int) -> bool:
    return letters == 0 or 0.01 <= capitals / letters <= 0.5
