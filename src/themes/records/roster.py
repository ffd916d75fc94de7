"""The people and places a team knows to occur in its interviews."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Somebody the team knows: `name` as it is written, nicknames, and what they are here.

    `role` is in plain words ("supervisor", "partner"), "" where nobody said; it tells what may
    stand in place of the name. Raises ValueError for a name or nickname without a letter or digit. `repr`
    never shows the name.

    >>> Person("Anna de Vries", ("Ans",), "supervisor")
    Person(role='supervisor')
    """

    name: str
    nicknames: tuple[str, ...] = ()
    role: str = ""

    def __post_init__(self) -> None:
        for name in (self.name, *self.nicknames):
            _check(name)

    def __repr__(self) -> str:
        return f"Person(role={self.role!r})"


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """A town, a hospital, a school or any other place or organization the team knows.

    `role` is in plain words ("teaching hospital", "town in the north"). Raises ValueError for a
    name without a letter or digit. `repr` never shows the name.

    >>> Place("Winterswijk", "town in the east")
    Place(role='town in the east')
    """

    name: str
    role: str = ""

    def __post_init__(self) -> None:
        _check(self.name)

    def __repr__(self) -> str:
        return f"Place(role={self.role!r})"


def _check(name: str) -> None:
    if not any(character.isalnum() for character in name):
        raise ValueError("a name in the roster holds no letter or digit")
