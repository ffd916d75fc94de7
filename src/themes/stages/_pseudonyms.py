"""Who is who in a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from themes.recognizers import _lexicon
from themes.recognizers._names import PARTICLES
from themes.records import Name
from themes.stages._propagation import key

_TITLES = frozenset(
    "mr mrs ms mx dr drs ir ing prof professor doctor dokter meneer mevrouw mevr dhr mw miss sir".split()
)


class People:
    """All person names of a run, and which of them are one person.

    A first name, a surname or a name with initials is the full name it can only belong to: within
    its own transcript first, then within the run. Where two full names fit ("Jan" beside "Jan Bos"
    and "Jan Kok") it stays a person of its own: guessing would merge two people.

    >>> people = People([{("jan", "bos"), ("jan",)}, {("jan", "kok"), ("bos",)}])
    >>> people.who(("jan",), 0), people.who(("bos",), 1)
    (('jan', 'bos'), ('jan', 'bos'))
    """

    def __init__(
        self,
        names: Sequence[Iterable[Name]],
        *,
        aliases: Mapping[Name, Name] = MappingProxyType({}),
        known: Iterable[Name] = (),
        before: Sequence[Mapping[Name, Name]] = (),
    ) -> None:
        self._aliases, self._before = aliases, before
        self._run: dict[Name, set[Name]] = {}
        self._own: list[dict[Name, set[Name]]] = []
        full = sorted({name for row in (*names, known) for name in row if is_full(name)})
        for row in names:
            self._own.append({})
            for name in row:
                if is_full(name):
                    _file(self._own[-1], name)
        for name in full:
            _file(self._run, name)

    def who(self, name: Name, transcript: int) -> Name:
        """The fullest name of the person called `name` in the transcript of that number.

        `aliases` (the roster's nicknames) come first, then who it was in this transcript in an
        earlier run (`before`), then the names of the transcript, then those of all and the `known`.
        """
        if name in self._aliases:
            return self._aliases[name]
        if self._before and name in self._before[transcript]:
            return self._before[transcript][name]
        seen = {name}
        while True:
            own = self._own[transcript].get(name, set())
            candidates = own if len(own) == 1 else self._run.get(name, set())
            if len(own) > 1 or len(candidates) != 1:
                break
            (name,) = candidates
            if name in seen:
                break
            seen.add(name)
        return self._aliases.get(name, name)

    def short_for_some(self, name: Name) -> bool:
        """Whether `name` is one of these full names, or short for one of them."""
        return name in self._run or any(name in full for full in self._run.values())

    def everywhere(self, name: Name) -> Name:
        """The one full name that `name` can be short for in all transcripts; `name` if several."""
        candidates = self._run.get(name, set())
        return next(iter(candidates)) if len(candidates) == 1 else name


def person_key(name: str) -> Name:
    """The words that tell a person apart: no titles, no possessive, no accents, no case.

    >>> person_key("Dr. Jansen's"), person_key("Femke")
    (('jansen',), ('femke',))
    """
    words = key(name)
    bare = tuple(word for word in words if word not in _TITLES)
    return bare or words


def identity(category: str, said: str) -> Name:
    """What tells a thing said apart from others of its category.

    >>> identity("location", "the Hague"), identity("date", "3 May")
    (('hague',), ('3', 'may'))
    """
    if category == "person":
        return person_key(said)
    return key(said) if category in ("organization", "location") else tuple(said.lower().split())


def is_full(name: Name) -> bool:
    """Whether a name has more than one word and does not begin inside a surname."""
    return len(name) > 1 and name[0] not in PARTICLES


def _file(index: dict[Name, set[Name]], full: Name) -> None:
    """Enter a full name under every shorter form of it."""
    first, last = full[0], full[-1]
    forms = {full[:end] for end in range(1, len(full))} | {full[at:] for at in range(1, len(full))}
    if len(first) > 1:
        forms.add((first[0], *full[1:]))
    if len(full) > 2:
        forms.add((first, last))
    for form in forms:
        if form != full and not all(word in PARTICLES for word in form):
            index.setdefault(form, set()).add(full)


def part_of(said: Name, full: Name, *, titled: bool) -> Literal["full", "first", "last"]:
    """Which part of somebody's full name was said; `titled` where a title stands before it.

    >>> part_of(("bakker",), ("femke", "bakker"), titled=False)
    'last'
    """
    if len(said) > 1 and said[0] not in PARTICLES:
        return "full"
    if len(full) > 1:
        return "last" if full[-len(said) :] == said else "first"
    word = said[-1]
    known_first = word in _lexicon.first_names() and not (titled and word in _lexicon.surnames())
    return "first" if known_first or not (titled or word in _lexicon.surnames()) else "last"


def is_title(word: str) -> bool:
    """Whether a word such as "Dr." or "mevrouw" announces a name.

    >>> is_title("Dr."), is_title("the")
    (True, False)
    """
    return word.casefold().rstrip(".") in _TITLES
