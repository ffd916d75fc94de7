"""Words that no dictionary knows, where names are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from themes.recognizers import _lexicon
from themes.recognizers._names import PARTICLES, adjacent, is_eponym, is_initial, name_end
from themes.recognizers._speech import Stretch, Word, stretches
from themes.records import Mention, Span, Transcript

_ARTICLES = frozenset("the a an de het een per via every each another".split())
_SHORT_TEXT = 30  # words; in fewer, names may outnumber the rest
_LONG_TEXT = 500  # words from which "never written small here" says something
_FEWEST_LETTERS = 4
_MOST_LETTERS = 11  # longer words are compounds, which the Dutch list leaves out
_FEWEST_SHOUTED = 6  # shorter words in capitals are abbreviations


class PersonUnknown:
    """Words that look like names because nothing else explains them.

    Lists never hold every name, and in an interview an unknown word is mostly one. Where capitals
    tell: a capital inside a sentence on a word that is neither ordinary nor kept, or, in a transcript
    of 500 words or more, on an ordinary word that the transcript never writes small ("then Snot
    came"). Where they do not: a word of four to eleven letters that no English or Dutch dictionary
    knows. The idea is the UK Data Service's, whose macros mark all capitals for a person to decide.
    Left out: a first word of fewer than four letters or more than eleven, abbreviations in capitals, what follows an
    article ("the Hummer", mostly a thing), what the transcript also writes small,
    and a language of which fewer than half the words are known here. Found: "then Sprock came", "Sprock's idea", "so i asked sjoukje". Not found:
    "the Zomax", "ICU", "then Wednesday came".
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The names in speech, in reading order."""
        small: set[str] = set()
        n_words = n_known = 0
        for stretch in stretches(transcript):
            words = stretch.words()
            n_words += len(words)
            n_known += sum(_lexicon.is_known(word.key, "und") for word in words)
            if stretch.cased:
                small.update(word.text for word in words if word.text.islower())
        if n_words >= _SHORT_TEXT and n_known < n_words / 2:
            return  # a language that no dictionary here holds
        judge = _Judge(transcript.language, frozenset(small), long=n_words >= _LONG_TEXT)
        for stretch in stretches(transcript):
            find = judge.capitals if stretch.cased else judge.small
            yield from find(stretch, stretch.words())


@dataclass(frozen=True, slots=True)
class _Judge:
    language: str
    written_small: frozenset[str]
    long: bool

    def capitals(self, stretch: Stretch, words: list[Word]) -> Iterator[Mention]:
        at = last = 0
        while at < len(words):
            named = _placed(words, at, stretch) and (
                self._is_unknown(words[at]) or self._is_odd(words, at)
            )
            if not named:
                at += 1
                continue
            start = at
            while start > last and _joins(words, start - 1, stretch):
                start -= 1
            end = name_end(
                words, at, stretch.text, stretch.start, self.language, cased=True, any_word=True
            )
            if end > at and not is_eponym(words, start, end, stretch):
                span = Span(words[start].start, words[end - 1].end)
                yield Mention(span, "person", "person_unknown", 0.5)
            at = last = max(end, at + 1)  # a particle that leads to no name has no end

    def small(self, stretch: Stretch, words: list[Word]) -> Iterator[Mention]:
        for word in words:
            key = word.key
            cased = word.text.lower() != word.text.upper()
            if not cased or word.bracketed or not _FEWEST_LETTERS <= len(key) <= _MOST_LETTERS:
                continue
            if not _lexicon.is_explained(key, "und"):
                yield Mention(Span(word.start, word.end), "person", "person_unknown", 0.4)

    def _is_unknown(self, word: Word) -> bool:
        key = word.key
        shouted = word.text.isupper() and len(key) >= _FEWEST_SHOUTED
        return (
            (word.capital or shouted)
            and not word.bracketed
            and len(key) > 1
            and key not in self.written_small
            and not _lexicon.is_explained(key, self.language)
        )

    def _is_odd(self, words: list[Word], at: int) -> bool:
        """Whether an ordinary word has a capital that only a name would give it here."""
        word = words[at]
        before = at > 0 and words[at - 1].capital and not words[at - 1].initial
        alone = not before and not (at + 1 < len(words) and words[at + 1].capital)
        return (
            self.long
            and alone
            and word.capital
            and not (word.initial or word.bracketed or _lexicon.is_kept(word.key))
            and len(word.key) > 2
            and word.key not in self.written_small
        )


def _placed(words: list[Word], at: int, stretch: Stretch) -> bool:
    """Whether the capital is evidence where it stands."""
    if at and words[at - 1].key in _ARTICLES and adjacent(words, stretch.text, stretch.start, at):
        return False
    if not words[at].initial:
        return True
    rest = stretch.text[words[at].end - stretch.start :][:2]
    return (
        rest in ("'s", "’s")
        or _FEWEST_LETTERS <= len(words[at].key) <= _MOST_LETTERS
        or (
            adjacent(words, stretch.text, stretch.start, at + 1)
            and (words[at + 1].capital or is_initial(words[at + 1]))
        )
    )


def _joins(words: list[Word], at: int, stretch: Stretch) -> bool:
    """Whether word `at` belongs to the name that the word after it is part of."""
    word = words[at]
    if not adjacent(words, stretch.text, stretch.start, at + 1) or _lexicon.is_kept(word.key):
        return False
    return (word.capital and not word.initial) or (word.key in PARTICLES and word.text[0].isupper())
