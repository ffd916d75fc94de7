"""Does anything that the key knows still stand in an output?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from themes.recognizers._names import is_eponym
from themes.recognizers._speech import Stretch
from themes.records import Key
from themes.stages._contents import contents
from themes.stages._entries import Entries, entries_of, is_ordinary
from themes.stages._tokens import Token, tokens

How = Literal["as known", "inflected", "inside a word", "misspelt", "split", "number"]

_NUMBER = re.compile(r"\+?\d(?:[ ().\u00a0/-]{0,3}\d){5,}")
_ENDINGS = frozenset("s es se je tje er ers en ie isch ische".split())
_FEWEST_FUZZY = 5  # letters of a name that may be misspelt; of the misspelling one fewer
_TWO_EDITS = 8
_INSIDE = 5  # letters of a name that may stand inside a longer word


@dataclass(frozen=True, slots=True, repr=False)
class Leak:
    """Something that the key knows and an output shows.

    `file` is the output's name, with the place inside it where it is an archive; `at` counts
    characters in the view of it that was searched; `words` are what stands there; `entity` is the
    id of whom or what it gives away; `how` tells in which shape. `repr` never shows the words.
    """

    file: str
    at: int
    words: str
    entity: str
    how: How

    def __repr__(self) -> str:
        return f"Leak({self.file!r}, {self.at}, {self.entity!r}, {self.how!r})"


def find_leaks(files: Iterable[tuple[str, bytes]], key: Key) -> tuple[Leak, ...]:
    """Every place in `files` (name, bytes) where an entry of the key stands, each once.

    Looked for whatever the case and accents, with endings, in reverse, inside longer words, one or
    two letters off, and split over lines, runs and signs that nobody sees. Names that are words
    as well ("Will") count only inside a sentence and with a capital; names that somebody decided
    to keep do not count.

    >>> from themes.records import Entity
    >>> key = Key("k", b"", entities=(Entity("person", 1, (("femke",),), ("Femke",)),))
    >>> [(leak.at, leak.how) for leak in find_leaks([("a.txt", b"so FEMKE'S, Fekme")], key)]
    [(3, 'inflected'), (12, 'misspelt')]
    """
    search = _Search(entries_of(key))
    found: dict[tuple[str, str, str], Leak] = {}
    for name, data in files:
        for place, text in contents(name, data):
            for leak in search.of(place, text):
                found.setdefault((leak.file, leak.words.casefold(), leak.entity), leak)
    return tuple(found.values())


class _Search:
    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._fuzzy = sorted(
            part for part in entries.parts if len(part) >= _FEWEST_FUZZY and part.isalpha()
        )
        self._inside = [part for part in self._fuzzy if len(part) >= _INSIDE]
        self._verdicts: dict[str, tuple[str, How] | None] = {}
        runs = sorted(entries.runs, key=len, reverse=True)
        self._runs = re.compile("|".join(map(re.escape, runs))) if runs else None

    def of(self, place: str, text: str) -> Iterator[Leak]:
        words = list(tokens(text))
        taken: set[int] = set()
        for at, word in enumerate(words):
            hit = self._sequence(words, at, text) or self._alone(words, at, text)
            if hit is not None and at not in taken:
                entity, how, n = hit
                taken.update(range(at, at + n))
                end = words[at + n - 1].end
                yield Leak(place, word.start, text[word.start : end], entity, how)
        covered = [(words[at].start, words[at].end) for at in sorted(taken)]
        for start, end, entity, how in (*self._split(text, words), *self._digits(text)):
            after = bisect_left(covered, (start, 0))
            if not any(s < end and start < e for s, e in covered[max(0, after - 1) : after + 1]):
                yield Leak(place, start, text[start:end], entity, how)

    def _sequence(self, words: list[Token], at: int, text: str) -> tuple[str, How, int] | None:
        for sequence, entity in self._entries.sequences.get(words[at].key, ()):
            n = len(sequence)
            if tuple(word.key for word in words[at : at + n]) != sequence:
                continue
            if n == 1 and is_ordinary(sequence[0]) and not _as_name(words[at]):
                continue
            between = text[words[at].end : words[at + n - 1].start]
            if n == 1 and self._is_term(words, at, text):
                continue
            if n == 1 or len(between) <= 4 * n + sum(map(len, sequence)):
                return entity, "as known", n
        return None

    def _alone(self, words: list[Token], at: int, text: str) -> tuple[str, How, int] | None:
        word = words[at]
        entity = self._entries.parts.get(word.key)
        if entity is not None:
            ordinary = is_ordinary(word.key)
            if (ordinary and not _as_name(word)) or self._is_term(words, at, text):
                return None
            return entity, "as known", 1
        if word.key in self._entries.kept:
            return None
        if word.key not in self._verdicts:
            self._verdicts[word.key] = self._odd(word.key)
        verdict = self._verdicts[word.key]
        return None if verdict is None or self._is_term(words, at, text) else (*verdict, 1)

    def _odd(self, key: str) -> tuple[str, How] | None:
        """A word that is no name of the key, but may be made of one or be one misspelt."""
        parts = self._entries.parts
        if len(key) < 4 or is_ordinary(key):
            return None
        for cut in range(len(key) - 4, len(key)):
            stem = key[:cut]
            if key[cut:] in _ENDINGS and len(stem) >= 3 and stem in parts and not is_ordinary(stem):
                return parts[stem], "inflected"
        if not key.isalpha():
            return None
        for part in self._inside:
            if len(key) > len(part) and part in key and not is_ordinary(part):
                return parts[part], "inside a word"
        if len(key) < _FEWEST_FUZZY - 1 or key in self._entries.given:
            return None
        most = 2 if len(key) >= _TWO_EDITS else 1
        near = extractOne(key, self._fuzzy, scorer=OSA.distance, score_cutoff=most)
        if near is None or (near[1] == 2 and (len(near[0]) < _TWO_EDITS or near[0][0] != key[0])):
            return None
        return parts[near[0]], "misspelt"

    def _split(self, text: str, words: list[Token]) -> Iterator[tuple[int, int, str, How]]:
        """Names and addresses whose letters stand apart: "Fem-\\nke", "F e m k e", "f.bakker"."""
        if self._runs is None:
            return
        joined, starts = "".join(word.key for word in words), []
        length = 0
        for word in words:
            starts.append(length)
            length += len(word.key)
        for match in self._runs.finditer(joined):
            first = bisect_left(starts, match.start())
            if first == len(starts) or starts[first] != match.start():
                continue  # begins inside a word
            last = bisect_left(starts, match.end()) - 1
            if starts[last] + len(words[last].key) != match.end() or last == first:
                continue
            gaps = [text[words[at].end : words[at + 1].start] for at in range(first, last)]
            single = match[0] in self._entries.parts or len(match[0]) < _TWO_EDITS
            if single and not _torn(gaps, words[first : last + 1]):
                continue
            if all(len(gap) <= 4 for gap in gaps):
                yield words[first].start, words[last].end, self._entries.runs[match[0]], "split"

    def _digits(self, text: str) -> Iterator[tuple[int, int, str, How]]:
        if not self._entries.digits:
            return
        for match in _NUMBER.finditer(text):
            digits = "".join(sign for sign in match[0] if sign.isdigit())
            for known, entity in self._entries.digits.items():
                if known in digits:
                    yield match.start(), match.end(), entity, "number"
                    break

    def _is_term(self, words: list[Token], at: int, text: str) -> bool:
        """Whether the word names a thing of medicine here: "Foley catheter"."""
        if at + 1 >= len(words):
            return False
        here = Stretch(text[words[at].start : words[at + 1].end], 0, True)
        cut = here.words()
        return len(cut) > 1 and is_eponym(cut, 0, 1, here)


def _as_name(word: Token) -> bool:
    return word.capital and not word.initial


def _torn(gaps: list[str], words: list[Token]) -> bool:
    """Whether a short name was split by more than a space, or letter by letter."""
    letters = all(len(word.key) == 1 for word in words)
    return letters or all(gap != " " and "\n\n" not in gap for gap in gaps)
