"""Roles that keep the meaning: [supervisor 2], [teaching hospital A], [spring 2021], [30-39]."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, islice
from string import ascii_uppercase

from themes.profiles._said import Given, Said
from themes.profiles._when import age_band, blurred
from themes.records import Entity

_WORDS = {
    "en": {"person": "person", "organization": "organization", "location": "place", "date": "date",
           "age": "age", "phone": "phone number", "email": "e-mail address", "url": "web address",
           "postcode": "postcode", "id": "identifying number", "indirect": "identifying detail"},
    "nl": {"person": "persoon", "organization": "organisatie", "location": "plaats", "date": "datum",
           "age": "leeftijd", "phone": "telefoonnummer", "email": "e-mailadres", "url": "webadres",
           "postcode": "postcode", "id": "identificerend nummer", "indirect": "herleidbaar gegeven"},
}  # fmt: skip


class Roles:
    """Roles in brackets, such as [supervisor 2]: what somebody is stays, who it is goes.

    Roles come from the roster, from decisions and from what is said ("my supervisor, Anna"); who
    has none is [person 4]. Several of one role are numbered, places of one role get letters. Dates
    become a season and a year, ages ten years.
    """

    def pseudonym(self, entity: Entity, given: Given) -> str:
        """What stands for the entity everywhere.

        >>> anna = Entity("person", 3, role="supervisor")
        >>> Roles().pseudonym(anna, Given({"[supervisor 1]"}, {"supervisor"}, lambda word: False))
        '[supervisor 2]'
        >>> Roles().pseudonym(anna, Given((), (), lambda word: False))
        '[supervisor]'
        """
        words = _WORDS["nl" if entity.language.startswith("nl") else "en"]
        base = entity.role or words.get(entity.category, entity.category)
        alone = f"[{base}]"
        if entity.role and base not in given.several and alone not in given.taken:
            return alone
        # Whoever was alone when first met counts as the first.
        signs = islice(_signs(entity), 1 if alone in given.taken else 0, None)
        return next(mark for sign in signs if (mark := f"[{base} {sign}]") not in given.taken)

    def text(self, entity: Entity, said: Said, pseudonym: Callable[[], str]) -> str:
        """What stands for this one mention."""
        known = {"date": blurred, "age": _band}.get(entity.category, _nothing)(said)
        return f"[{known}]" if known else pseudonym()

    def clashes(self, pseudonym: str, occurs: Callable[[str], bool]) -> bool:
        """Never: brackets keep it apart from every name."""
        return False


def _signs(entity: Entity) -> Iterator[str]:
    if entity.role and entity.category in ("location", "organization"):
        yield from ascii_uppercase
    yield from map(str, count(1))


def _band(said: Said) -> str:
    return age_band(said.text)


def _nothing(_said: Said) -> str:
    return ""
