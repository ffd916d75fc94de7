"""Who is who in a run, and the mark that stands for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from themes.recognizers._names import PARTICLES
from themes.stages._propagation import key

_EXISTING = re.compile(r"\[([A-Z]+)[-_ ](\d{1,9})\]")
_TITLES = frozenset(
    "mr mrs ms mx dr drs ir ing prof professor doctor dokter meneer mevrouw mevr dhr mw miss sir".split()
)

Name = tuple[str, ...]


class People:
    """All person names of a run, and which of them are one person.

    A first name, a surname or a name with initials is the full name it can only belong to: within
    its own transcript first, then within the run. Where two full names fit ("Jan" beside "Jan Bos"
    and "Jan Kok") it stays a person of its own: guessing would merge two people.

    >>> people = People([{("jan", "bos"), ("jan",)}, {("jan", "kok"), ("bos",)}])
    >>> people.who(("jan",), 0), people.who(("bos",), 1)
    (('jan', 'bos'), ('jan', 'bos'))
    """

    def __init__(self, names: Sequence[Iterable[Name]]) -> None:
        self._run: dict[Name, set[Name]] = {}
        self._own: list[dict[Name, set[Name]]] = []
        full = sorted({name for row in names for name in row if _is_full(name)})
        for row in names:
            self._own.append({})
            for name in row:
                if _is_full(name):
                    _file(self._own[-1], name)
        for name in full:
            _file(self._run, name)

    def who(self, name: Name, transcript: int) -> Name:
        """The fullest name of the person called `name` in the transcript of that number."""
        seen = {name}
        while True:
            own = self._own[transcript].get(name, set())
            candidates = own if len(own) == 1 else self._run.get(name, set())
            if len(own) > 1 or len(candidates) != 1:
                return name
            (name,) = candidates
            if name in seen:
                return name
            seen.add(name)


def person_key(name: str) -> Name:
    """The words that tell a person apart: no titles, no possessive, no accents, no case.

    >>> person_key("Dr. Jansen's"), person_key("Femke")
    (('jansen',), ('femke',))
    """
    words = key(name)
    bare = tuple(word for word in words if word not in _TITLES)
    return bare or words


class Marks:
    """Numbers for entities in the order in which they are first asked for.

    One mark an entity and one entity a mark: numbers count up within a category, and numbers that
    stand in the input already are passed over.

    >>> marks = Marks(["so [PERSON-1] said"])
    >>> marks.mark("person", ("femke",)), marks.mark("location", ("femke",))
    ('[PERSON-2]', '[LOCATION-1]')
    >>> marks.mark("person", ("femke",))
    '[PERSON-2]'
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._taken = {
            (name.lower(), int(number))
            for text in texts
            for name, number in _EXISTING.findall(text)
        }
        self._numbers: dict[tuple[str, Name], int] = {}
        self._last: dict[str, int] = {}

    def number(self, category: str, entity: Name) -> int:
        """The number of an entity within its category, from 1."""
        if (category, entity) not in self._numbers:
            number = self._last.get(category, 0) + 1
            while (category, number) in self._taken:
                number += 1
            self._last[category] = self._numbers[category, entity] = number
        return self._numbers[category, entity]

    def mark(self, category: str, entity: Name) -> str:
        """What stands in the text for an entity, such as "[PERSON-1]"."""
        return f"[{category.upper()}-{self.number(category, entity)}]"


def _is_full(name: Name) -> bool:
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
