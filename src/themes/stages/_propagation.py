"""Which of the mentions found stand, and where else in the run the same names stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from themes.recognizers import _lexicon
from themes.recognizers._names import PARTICLES, adjacent, is_eponym
from themes.recognizers._speech import MARKS, Stretch, Word, stretches
from themes.records import Category, Mention, Span, Transcript

PROPAGATED = "propagation"
_SPREAD: tuple[Category, ...] = ("person", "organization", "location")
_WEAK = 0.7
_SURE = 0.8


def key(text: str) -> tuple[str, ...]:
    """The words of a name for comparison: casefolded, without accents, possessive or article.

    >>> key("Gráinne's"), key("the Coombe"), key("Van der Meer")
    (('grainne',), ('coombe',), ('van', 'der', 'meer'))
    """
    words = [_lexicon.plain(word.text) for word in Stretch(text, 0, True).words()]
    if len(words) > 1 and words[0] in ("the", "het"):
        words = words[1:]
    return tuple(words) or (text.casefold(),)


def resolve(mentions: Iterable[Mention], transcript: Transcript) -> list[Mention]:
    """The mentions that stand, in reading order and free of overlap.

    The longest wins, then the most confident, then the recognizer first in the alphabet. What a
    loser covers beyond the winner stands on its own where it holds a capital or a digit, so that
    nothing found is left readable. Marks such as "[PERSON-7]" and what lies outside speech go.
    """
    text = transcript.text
    marks = [Span(*match.span()) for match in MARKS.finditer(text)]
    inside = _apart(_within(mentions, transcript), marks)
    standing: list[Mention] = []
    for cluster in _clusters(inside):
        cluster.sort(key=_rank)
        winners: list[Mention] = []
        for mention in cluster:
            winners += list(_beyond(mention, winners, text))
        standing += winners
    return sorted(standing, key=lambda mention: mention.span)


def settle(
    found: Sequence[Sequence[Mention]], transcripts: Sequence[Transcript]
) -> list[list[Mention]]:
    """The same mentions; each weak one of the category that most of the run gives its words.

    A name no list knows may look like a place in one sentence ("a text from Gosia") and like a
    person in ten others.
    """
    votes: dict[tuple[str, ...], dict[Category, float]] = {}
    for mentions, transcript in zip(found, transcripts, strict=True):
        for mention in mentions:
            if mention.category in _SPREAD:
                tally = votes.setdefault(key(mention.span.of(transcript.text)), {})
                tally[mention.category] = tally.get(mention.category, 0.0) + mention.confidence
    settled = []
    for mentions, transcript in zip(found, transcripts, strict=True):
        row = []
        for mention in mentions:
            if mention.category in _SPREAD and mention.confidence < _WEAK:
                tally = votes[key(mention.span.of(transcript.text))]
                best = max(sorted(tally), key=lambda category: tally[category])
                mention = Mention(mention.span, best, mention.recognizer, mention.confidence)
            row.append(mention)
        settled.append(row)
    return settled


class _Entry(NamedTuple):
    words: tuple[str, ...]
    category: Category
    is_word: bool


class NameIndex:
    """All names of a run, looked up word by word: one dictionary, whatever the number of names.

    A full name is looked up whole and by its parts; a part that is also an ordinary word ("Will")
    only with a capital inside a sentence, and only where a cue made it a name.
    """

    def __init__(self) -> None:
        self._weights: dict[tuple[str, ...], dict[tuple[Category, bool], float]] = {}
        self._index: dict[str, list[_Entry]] | None = None

    def add(self, name: str, category: Category, confidence: float, language: str) -> None:
        """Take up a name that was found; `confidence` as its recognizer gave it."""
        if category not in _SPREAD:
            return
        words = key(name)
        self._weigh(words, category, confidence, language)
        if category == "person" and len(words) > 1:
            parts = {(word,) for word in words if word not in PARTICLES}
            particle = next((at for at, word in enumerate(words) if word in PARTICLES), 0)
            for part in sorted(parts | ({words[particle:]} if particle else set())):
                self._weigh(part, category, confidence, language)

    def _weigh(
        self, words: tuple[str, ...], category: Category, confidence: float, language: str
    ) -> None:
        is_word = _is_common(words, language)
        kept = any(_lexicon.is_kept(word) for word in words if word not in PARTICLES)
        if is_word and (confidence < _SURE or kept or len(words[-1]) < 2):
            return
        tally = self._weights.setdefault(words, {})
        tally[category, is_word] = tally.get((category, is_word), 0.0) + confidence
        self._index = None

    def find(self, stretch: Stretch, language: str) -> Iterator[Mention]:
        """The names of the run in a stretch of speech, longest first where two start together."""
        words = stretch.words()
        plain = [_lexicon.plain(word.text) for word in words]
        at = 0
        while at < len(words):
            entry = self._at(words, plain, at, stretch, language)
            if entry is None:
                at += 1
                continue
            end = at + len(entry.words)
            span = Span(words[at].start, words[end - 1].end)
            yield Mention(span, entry.category, PROPAGATED, 0.6)
            at = end

    def names_in(self, words: Sequence[str]) -> Iterator[tuple[int, int, Category]]:
        """Where names stand among plain words, as of a file name: first, end, category."""
        plain = [_lexicon.plain(word) for word in words]
        at = 0
        while at < len(plain):
            for entry in self._entries().get(plain[at], ()):
                end = at + len(entry.words)
                if tuple(plain[at:end]) == entry.words:
                    yield at, end, entry.category
                    at = end - 1
                    break
            at += 1

    def _at(
        self, words: list[Word], plain: list[str], at: int, stretch: Stretch, language: str
    ) -> _Entry | None:
        for entry in self._entries().get(plain[at], ()):
            end = at + len(entry.words)
            if tuple(plain[at:end]) == entry.words and all(
                adjacent(words, stretch.text, stretch.start, later) for later in range(at + 1, end)
            ):
                if is_eponym(words, at, end, stretch):
                    continue
                if _written_as_name(words[at:end], entry, stretch, language):
                    return entry
        return None

    def _entries(self) -> dict[str, list[_Entry]]:
        if self._index is None:
            index: dict[str, list[_Entry]] = {}
            for words, tally in self._weights.items():
                best = max(sorted(tally), key=lambda choice: tally[choice])
                index.setdefault(words[0], []).append(_Entry(words, *best))
            for entries in index.values():
                entries.sort(key=lambda entry: (-len(entry.words), entry.words))
            self._index = index
        return self._index


def propagate(
    standing: Sequence[Mention], transcript: Transcript, index: NameIndex
) -> list[Mention]:
    """`standing` and every further place in `transcript` where a name of the run stands."""
    more = [
        mention
        for stretch in stretches(transcript)
        for mention in index.find(stretch, transcript.language)
    ]
    return resolve([*standing, *_apart(more, [mention.span for mention in standing])], transcript)


def _is_common(words: Sequence[str], language: str) -> bool:
    """Whether a name holds only words too common, or too short, to be looked for on their own."""
    known = _lexicon.plain_first_names()
    return all(
        (len(word) < 3 and word not in known) or _lexicon.is_word(word, language)
        for word in [word for word in words if word not in PARTICLES] or words
    )


def _written_as_name(words: list[Word], entry: _Entry, stretch: Stretch, language: str) -> bool:
    """Whether the capitals are those of a name, as far as they tell anything here.

    A name of an English transcript may be a word in a Dutch one: "Kamer".
    """
    first = words[0]
    if entry.is_word or _is_common(entry.words, language):
        placed = len(words) > 1 or not first.initial
        return stretch.cased and words[-1].capital and placed and not first.bracketed
    if not stretch.cased or any(word.text[0].isupper() for word in words):
        return True
    return len(words) > 1 or len(first.text) > 3 or first.text.lower() == first.text.upper()


def _rank(mention: Mention) -> tuple[int, float, str, str, int]:
    return (
        -len(mention.span),
        -mention.confidence,
        mention.recognizer,
        mention.category,
        mention.span.start,
    )


def _within(mentions: Iterable[Mention], transcript: Transcript) -> Iterator[Mention]:
    """The mentions that lie in the speech of one turn, ends moved over their combining marks."""
    turns = iter(transcript.turns)
    turn = next(turns, None)
    text = transcript.text
    for mention in sorted(mentions, key=lambda mention: mention.span):
        while turn is not None and turn.span.end <= mention.span.start:
            turn = next(turns, None)
        if turn is None:
            return
        if turn.span.contains(mention.span):
            end = mention.span.end
            while end < turn.span.end and unicodedata.combining(text[end]):
                end += 1
            span = Span(mention.span.start, end)
            yield Mention(span, mention.category, mention.recognizer, mention.confidence)


def _apart(mentions: Iterable[Mention], taken: Sequence[Span]) -> Iterator[Mention]:
    """The mentions that overlap none of the `taken` spans; both in reading order."""
    at = 0
    for mention in mentions:
        while at < len(taken) and taken[at].end <= mention.span.start:
            at += 1
        if at == len(taken) or not taken[at].overlaps(mention.span):
            yield mention


def _clusters(mentions: Iterable[Mention]) -> Iterator[list[Mention]]:
    cluster: list[Mention] = []
    end = 0
    for mention in mentions:
        if cluster and mention.span.start >= end:
            yield cluster
            cluster = []
        cluster.append(mention)
        end = max(end, mention.span.end)
    if cluster:
        yield cluster


def _beyond(mention: Mention, winners: Sequence[Mention], text: str) -> Iterator[Mention]:
    """The mention, or what it covers beyond the winners, without the blanks around it."""
    covered = sorted(w.span for w in winners if w.span.overlaps(mention.span))
    if not covered:
        yield mention
        return
    edges = [mention.span.start, *(edge for span in covered for edge in (span.start, span.end))]
    edges.append(mention.span.end)
    for number, (start, end) in enumerate(pairwise(edges)):
        if number % 2 == 0 and start < end:
            rest = text[start:end]
            start += len(rest) - len(rest.lstrip(" \n.,;:-'’()"))
            end = start + len(text[start:end].rstrip(" \n.,;:-'’()"))
            if any(sign.isupper() or sign.isdigit() for sign in text[start:end]):
                yield Mention(
                    Span(start, end), mention.category, mention.recognizer, mention.confidence
                )
