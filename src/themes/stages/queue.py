"""What a person should look at besides the mentions: words and numbers that nothing explains.

The idea is the UK Data Service's, whose macros mark every capital and every number for a person to
decide. Here only those stay that no lexicon of the language explains, once for each distinct item
of the run, and the riskiest come first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from themes.recognizers import _lexicon
from themes.recognizers._numbers import DIGIT, TWO_DIGITS
from themes.recognizers._speech import MARKS, Stretch, Word, stretches
from themes.records import Mention, Span, Transcript

Kind = Literal["name", "number"]

_RISK_LISTED, _RISK_UNKNOWN, _RISK_NUMBER, _RISK_DOUBTED, _RISK_WORD = 0.9, 0.7, 0.6, 0.5, 0.3
_SPOKEN = rf"(?:{DIGIT}|{TWO_DIGITS}|\b[A-Za-z]\b)"
_NUMBER = re.compile(
    r"(?<![\w.,:])(?:(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z\d]+(?:[-./][A-Za-z\d]+)*"  # B2-14, 4C
    r"|\d{3,}(?:[ .-]\d+)*|\d{1,2}(?:[ .-]\d{2,}){1,})(?![\w%])"  # 4417, 2.14, 7 41 88
    rf"|\b{_SPOKEN}(?:[ -]|, ){_SPOKEN}(?:(?:[ -]|, ){_SPOKEN})+\b",  # four one nine
    re.IGNORECASE,
)
# 3rd, 20s, 10mg, 5cc, 2x: amounts and orders, which tell of nobody.
_AMOUNT = re.compile(
    r"\d+(?:st|nd|rd|th|s|e|de|ste|x|mg|ml|cc|kg|g|cm|mm|km|l|u|am|pm|h|%|k|jarige?|uurs?)",
    re.IGNORECASE,
)
_FEWEST_LETTERS = 2
_LONG_TEXT = 500  # words from which "never written small here" says something
_LONGEST_SMALL = 12  # letters; longer words without capitals are compounds


@dataclass(frozen=True, slots=True, repr=False)
class Item:
    """One distinct word or number to decide on, with all places where it stands.

    `key` is the word folded for case, `places` are (transcript id, span) in reading order, `risk`
    in [0, 1] is a rank set by hand and no probability. `repr` never shows the word.
    """

    key: str
    kind: Kind
    risk: float
    places: tuple[tuple[str, Span], ...]

    def __repr__(self) -> str:
        return f"Item({self.kind}, risk {self.risk}, {len(self.places)} places)"


def queue_items(
    transcripts: Sequence[Transcript],
    mentions: Sequence[Sequence[Mention]],
    doubtful: Sequence[Sequence[Mention]] = (),
) -> tuple[Item, ...]:
    """The distinct items of a run outside `mentions` (one row a transcript), riskiest first.

    Where capitals tell something: words with a capital that the lexicon of the language lacks, and
    ordinary words with one inside a sentence that the transcript never writes small. Where they do
    not: words that no lexicon knows. Everywhere: numbers of three digits or more, codes of letters
    and digits, runs of spoken digits, and what recognizers doubted (`doubtful`, one row a
    transcript, or nothing). Anonymized transcripts have none.

    >>> from themes.records import Turn
    >>> text = "Then Zorblax rang from 4417."
    >>> said = Transcript("t", text, (Turn(Span(0, len(text)), "", "respondent"),), "en")
    >>> [(item.key, item.kind) for item in queue_items([said], [()])]
    [('zorblax', 'name'), ('4417', 'number')]
    """
    places: dict[tuple[Kind, str], list[tuple[str, Span]]] = defaultdict(list)
    risks: dict[tuple[Kind, str], float] = {}
    doubts = doubtful or [()] * len(transcripts)
    for transcript, standing, doubted in zip(transcripts, mentions, doubts, strict=True):
        if transcript.anonymized:
            continue
        taken = bytearray(len(transcript.text))
        for span in (*_marks(transcript), *(mention.span for mention in standing)):
            taken[span.start : span.end] = b"\1" * len(span)
        found = [*_open(transcript), *_doubted(transcript, doubted)]
        for kind, key, span, risk in sorted(found, key=lambda each: (each[2], each[1])):
            if not any(taken[span.start : span.end]):
                taken[span.start : span.end] = b"\1" * len(span)
                places[kind, key].append((transcript.id, span))
                risks[kind, key] = max(risk, risks.get((kind, key), 0.0))
    items = (Item(key, kind, risks[kind, key], tuple(at)) for (kind, key), at in places.items())
    return tuple(sorted(items, key=lambda item: (-item.risk, -len(item.places), item.key)))


def _doubted(
    transcript: Transcript, doubted: Sequence[Mention]
) -> Iterator[tuple[Kind, str, Span, float]]:
    for mention in doubted:
        kind: Kind = (
            "name" if mention.category in ("person", "location", "organization") else "number"
        )
        key = " ".join(_lexicon.fold(mention.span.of(transcript.text)).split())
        yield kind, key, mention.span, _RISK_DOUBTED


def _marks(transcript: Transcript) -> Iterator[Span]:
    return (Span(*match.span()) for match in MARKS.finditer(transcript.text))


def _open(transcript: Transcript) -> Iterator[tuple[Kind, str, Span, float]]:
    cut = [(stretch, stretch.words()) for stretch in stretches(transcript)]
    written_small = {w.text for s, words in cut if s.cased for w in words if w.text.islower()}
    is_long = sum(len(words) for _, words in cut) >= _LONG_TEXT
    for stretch, words in cut:
        for match in _NUMBER.finditer(stretch.text):
            if not _AMOUNT.fullmatch(match[0]):
                span = Span(*match.span()).shift(stretch.start)
                yield "number", " ".join(match[0].casefold().split()), span, _RISK_NUMBER
        for word in words:
            risk = _risk(word, stretch, transcript.language, written_small, is_long=is_long)
            if risk:
                yield "name", word.key, Span(word.start, word.end), risk


def _risk(
    word: Word, stretch: Stretch, language: str, written_small: set[str], *, is_long: bool
) -> float:
    key = word.key
    if word.bracketed or len(key) < _FEWEST_LETTERS or _lexicon.is_spoken(key):
        return 0.0
    if stretch.cased and not word.text[0].isupper():
        return 0.0
    if not stretch.cased and len(key) > _LONGEST_SMALL:
        return 0.0
    explained = _lexicon.is_explained(key, language if stretch.cased else "und")
    listed = key in _lexicon.first_names() or key in _lexicon.surnames()
    if not explained or _lexicon.is_seldom_a_word(key):
        return _RISK_LISTED if listed else _RISK_UNKNOWN
    if not stretch.cased or word.initial:
        return 0.0
    if _lexicon.is_kept(key):
        # An eponym or a country may be a place in this life, too.
        return _RISK_WORD if key in _lexicon.towns() else 0.0
    return _RISK_WORD if listed or (is_long and key not in written_small) else 0.0
