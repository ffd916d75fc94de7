"""The people and places a team knows, found wherever they are spoken of.

Not a member that runs by itself: it needs a roster, which `themes.stages.detect` hands it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from themes.recognizers import _lexicon
from themes.recognizers._names import PARTICLES, adjacent, is_eponym
from themes.recognizers._speech import Stretch, Word, stretches
from themes.records import Category, Mention, Person, Place, Span, Transcript

ROSTER = "roster"
"""The recognizer that a mention found by the roster names."""

_EXACT, _OPENING, _FUZZY, _INITIALS = 1.0, 0.6, 0.8, 0.9
_FEWEST_FUZZY = 4  # letters; shorter words resemble too much
_TWO_SLIPS = 7  # letters from which two slips are forgiven
_ENDINGS = ("s", "'s", "tje", "je", "ke", "ie", "y", "en")
# "Will you", "Mark it": what follows an opening word that is no name.
_NO_NAME_BEFORE = frozenset(
    "you i we he she it they the a that this je jij u ik wij we hij ze het de".split()
)
_ORGANIZATION = re.compile(
    r"hospital|infirmary|clinic|universit|college|school|ziekenhuis|gasthuis|kliniek|hogeschool|umc\b|\bmc\b"
    r"|medisch centrum|medical|institut|stichting|foundation|hospice|praktijk|practice|\b[A-Z]{2,5}\b",
    re.IGNORECASE,
)
# Spellings that sound alike, in Dutch or English: the first becomes the second.
_SOUNDS = tuple(
    (re.compile(old), new)
    for old, new in (
        (r"sch(?=[^r])", "sk"), (r"sj|sh|ch(?=a|e|i|o|u|y)", "s"), (r"ph|v", "f"), (r"ou|au|ow", "o"),
        (r"ij|ei|ey|ai|ay|aj", "i"), (r"ie|ee|ea|y", "i"), (r"oe|oo|uu|eu", "u"), (r"aa|ah", "a"),
        (r"c(?=[eiy])|z", "s"), (r"ck|c|q|x", "k"), (r"dt\b|d\b|th", "t"), (r"gh|g|ch", "g"),
        (r"j", "i"), (r"w", "f"), (r"h", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


class _Form(NamedTuple):
    words: tuple[str, ...]
    entry: Person | Place
    is_word: bool


class Roster:
    """Every form in which the people and places of a roster are spoken of.

    A person's full name, first name, surname with and without particles, initials ("A. de Vries",
    "AdV") and nicknames; a place's name; their possessives and diminutives; and, for words that no
    dictionary knows, spellings that sound alike or differ by a slip or two, as speech recognition
    writes them. A name that is also a word ("Will", "Roos") needs a capital.

    >>> from themes.records import Turn
    >>> said = Transcript("t", "So sjoukja rang.", (Turn(Span(0, 16), "", "other"),), "en")
    >>> roster = Roster([Person("Sjoukje Hoekstra", ("Sjouk",), "supervisor")])
    >>> [mention.span.of(said.text) for mention in roster.find(said)]
    ['sjoukja']
    >>> roster.who("Sjouk's"), roster.who("Hoekstra"), roster.who("Femke")
    (Person(role='supervisor'), Person(role='supervisor'), None)
    """

    def __init__(self, people: Iterable[Person] = (), places: Iterable[Place] = ()) -> None:
        self._forms: dict[str, list[_Form]] = {}
        self._initials: dict[str, Person] = {}
        self._sounds: dict[str, set[Person | Place]] = {}
        for person in people:
            for words in _forms_of(person):
                self._enter(words, person)
            if len(letters := _initials(person.name)) > 1:
                self._initials[letters] = person
        for place in places:
            self._enter(_words(place.name), place)
        for forms in self._forms.values():
            forms.sort(key=lambda form: (-len(form.words), form.words))
        self._heard = lru_cache(maxsize=50_000)(self._hear)

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        """The roster's names in speech, in reading order of each turn."""
        for stretch in stretches(transcript):
            words = stretch.words()
            plain = [_lexicon.plain(word.text) for word in words]
            at = 0
            while at < len(words):
                end, entry, sure = self._at(words, plain, at, stretch, transcript.language)
                if entry is not None:
                    span = Span(words[at].start, words[end - 1].end)
                    yield Mention(span, _category(entry), ROSTER, sure)
                at = max(end, at + 1)

    def who(self, name: str) -> Person | Place | None:
        """Whom or what of the roster a name means; None where it is nobody or more than one."""
        words = _words(name)
        found = {form.entry for form in self._forms.get(words[0], ()) if form.words == words}
        if not found and name in self._initials:
            found = {self._initials[name]}
        if not found and len(words) == 1:
            bare = _bare(words[0], self._forms)
            found = {form.entry for form in self._forms.get(bare, ()) if form.words == (bare,)}
            found = found or set(self._heard(words[0]))
        return found.pop() if len(found) == 1 else None

    def _enter(self, words: tuple[str, ...], entry: Person | Place) -> None:
        if not words:
            return
        is_word = len(words) == 1 and (_lexicon.is_word(words[0], "und") or len(words[0]) < 3)
        form = _Form(words, entry, is_word)
        if form not in self._forms.setdefault(words[0], []):
            self._forms[words[0]].append(form)
        if len(words) == 1 and len(words[0]) >= _FEWEST_FUZZY:
            self._sounds.setdefault(words[0], set()).add(entry)

    def _at(
        self, words: Sequence[Word], plain: Sequence[str], at: int, stretch: Stretch, language: str
    ) -> tuple[int, Person | Place | None, float]:
        word = words[at]
        for first in dict.fromkeys((plain[at], _bare(plain[at], self._forms))):
            for form in self._forms.get(first, ()):
                end = at + len(form.words)
                if (first, *plain[at + 1 : end]) != form.words or not all(
                    adjacent(list(words), stretch.text, stretch.start, later)
                    for later in range(at + 1, end)
                ):
                    continue
                sure = _written(words, at, end, form, stretch)
                if sure and not (form.is_word and is_eponym(list(words), at, end, stretch)):
                    return end, form.entry, sure
        if word.text in self._initials and stretch.cased:
            return at + 1, self._initials[word.text], _INITIALS
        if not _lexicon.is_explained(word.key, language) and len(plain[at]) >= _FEWEST_FUZZY:
            heard = self._heard(plain[at])
            if heard:
                return at + 1, heard[0], _FUZZY
        return at + 1, None, 0.0

    def _hear(self, word: str) -> tuple[Person | Place, ...]:
        """The entries that a word nobody knows may be a misspelling of."""
        slips = 2 if len(word) >= _TWO_SLIPS else 1
        sound = _sound(word)
        found: dict[Person | Place, None] = {}
        for name, entries in self._sounds.items():
            alike = len(sound) > 2 and sound == _sound(name)
            if alike or OSA.distance(word, name, score_cutoff=slips) <= slips:
                found.update(dict.fromkeys(sorted(entries, key=lambda entry: entry.name)))
        return tuple(found)


def _forms_of(person: Person) -> Iterator[tuple[str, ...]]:
    words = _words(person.name)
    yield words
    for nickname in person.nicknames:
        yield _words(nickname)
    if len(words) > 1:
        first, rest = words[0], words[1:]
        bare = tuple(word for word in rest if word not in PARTICLES) or rest
        for surname in {rest, bare, bare[-1:]}:
            yield surname
            yield (first[0], *surname)
            yield (first, *surname)
        yield (first,)


def _written(words: Sequence[Word], at: int, end: int, form: _Form, stretch: Stretch) -> float:
    """How sure the words are a name as they are written here; 0.0 where they are not one."""
    if not form.is_word:
        return _EXACT
    word = words[at]
    if not stretch.cased or not word.text[0].isupper() or word.bracketed:
        return 0.0
    if not word.initial:
        return _EXACT
    follows = words[end].key if end < len(words) else ""
    return 0.0 if follows in _NO_NAME_BEFORE else _OPENING


def _category(entry: Person | Place) -> Category:
    if isinstance(entry, Person):
        return "person"
    return "organization" if _ORGANIZATION.search(f"{entry.name} {entry.role}") else "location"


def _initials(name: str) -> str:
    """ "AdV" of "Anna de Vries"."""
    return "".join(word[0] if word in PARTICLES else word[0].upper() for word in name.split())


def _words(name: str) -> tuple[str, ...]:
    return tuple(_lexicon.plain(word.text) for word in Stretch(name, 0, True).words()) or (
        name.casefold(),
    )


def _bare(word: str, known: dict[str, list[_Form]]) -> str:
    """The word without a possessive or diminutive ending, where a known name is left."""
    for ending in _ENDINGS:
        if word.endswith(ending) and (bare := word[: -len(ending)]) in known and len(bare) > 2:
            return bare
    return word


@lru_cache(maxsize=50_000)
def _sound(word: str) -> str:
    for old, new in _SOUNDS:
        word = old.sub(new, word)
    return word
