"""Everybody and everything of a study: the numbers they have, and what stands for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from themes.profiles._said import Given, Said
from themes.records import Category, Entity, Name

_EXISTING = re.compile(r"\[([A-Z]+)[-_ ](\d{1,9})\]")
_BRACKETED = re.compile(r"\[[^\[\]\n]{1,80}\]")


class Profile(Protocol):
    """A member of the profiles family: one way to replace personal data."""

    def pseudonym(self, entity: Entity, given: Given) -> str:
        """What stands for an entity; asked once, and kept."""

    def text(self, entity: Entity, said: Said, pseudonym: Callable[[], str]) -> str:
        """What stands for one mention of it; asks for its pseudonym where it needs one."""

    def clashes(self, pseudonym: str, occurs: Callable[[str], bool]) -> bool:
        """Whether a pseudonym that was given out is a name that occurs now."""


@dataclass(slots=True)
class _Part:
    """An entity while a run fills it in."""

    category: Category
    number: int
    language: str
    names: dict[Name, None] = field(default_factory=dict)
    forms: set[str] = field(default_factory=set)
    role: str = ""
    pseudonyms: dict[str, str] = field(default_factory=dict)

    def entity(self) -> Entity:
        return Entity(
            self.category,
            self.number,
            tuple(self.names),
            tuple(sorted(self.forms)),
            self.role,
            self.language,
            MappingProxyType(dict(self.pseudonyms)),
        )


class Cast:
    """Entities in the order in which they are first met, those of earlier runs before them.

    One number an entity and one entity a number, within a category; numbers that stand in `texts`
    already are passed over. `roles` are by category and name, `occurs` says whether a folded word
    stands in the study. `changed` are those of earlier runs whose pseudonym turned out to be
    somebody's real name, and who get another.

    >>> from themes.profiles.numbered import Numbered
    >>> cast = Cast("numbered", Numbered(), ["so [PERSON-1] said"])
    >>> femke = cast.meet("person", ("femke",), "Femke", "en")
    >>> femke, cast.shown(femke, Said("Femke"))
    ('PERSON-2', '[PERSON-2]')
    """

    def __init__(
        self,
        name: str,
        profile: Profile,
        texts: Iterable[str],
        known: Iterable[Entity] = (),
        *,
        roles: Mapping[tuple[str, Name], str] = MappingProxyType({}),
        occurs: Callable[[str], bool] = lambda word: False,
    ) -> None:
        texts = tuple(texts)
        self.changed: tuple[str, ...] = ()
        self._name, self._profile, self._occurs, self._roles = name, profile, occurs, roles
        self._numbers_taken = {
            (word.lower(), int(number))
            for text in texts
            for word, number in _EXISTING.findall(text)
        }
        self._taken = {mark for text in texts for mark in _BRACKETED.findall(text)}
        self._parts: dict[str, _Part] = {}
        self._by_name: dict[tuple[str, Name], _Part] = {}
        self._last: dict[str, int] = {}
        for entity in known:
            part = _Part(
                entity.category, entity.number, entity.language, dict.fromkeys(entity.names),
                set(entity.forms), entity.role, dict(entity.pseudonyms),
            )  # fmt: skip
            self._parts[entity.id] = part
            self._last[part.category] = max(self._last.get(part.category, 0), part.number)
            self._by_name |= {(part.category, each): part for each in part.names}
            if profile.clashes(part.pseudonyms.get(name, ""), occurs):
                del part.pseudonyms[name]
                self.changed += (entity.id,)
            self._keep_apart(part)
        first = {each: next(iter(part.names)) for each, part in self._by_name.items()}
        held = {
            (part.role, first[part.category, name])
            for part in self._parts.values()
            for name in part.names
        }
        # The roster says "place" of what may be found as a town or as an organization.
        held |= {(role, first.get(who, who[1])) for who, role in roles.items()}
        shared = Counter(role for role, _ in held)
        self._several = frozenset(role for role, n in shared.items() if n > 1)

    def knows(self, category: str, name: Name) -> bool:
        """Whether somebody of that name has been met."""
        return (category, name) in self._by_name

    def also(self, category: str, name: Name, more: Name) -> None:
        """Enter whoever is known by `name` under a further name as well."""
        part = self._by_name[category, name]
        part.names[more] = None
        self._by_name[category, more] = part

    def meet(self, category: Category, name: Name, form: str, language: str) -> str:
        """The id of the entity of that name, new or known; `form` is how it was written here."""
        part = self._by_name.get((category, name))
        if part is None:
            number = self._last.get(category, 0) + 1
            while (category, number) in self._numbers_taken:
                number += 1
            self._last[category] = number
            part = _Part(category, number, language, {name: None})
            self._parts[f"{category.upper()}-{number}"] = self._by_name[category, name] = part
        part.forms.add(form)
        role = self._roles.get((category, name), part.role)
        if role != part.role:
            part.role = role
            part.pseudonyms.pop("roles", None)
        return f"{category.upper()}-{part.number}"

    def shown(self, entity_id: str, said: Said) -> str:
        """What stands for one mention of an entity."""
        part = self._parts[entity_id]
        return self._profile.text(part.entity(), said, lambda: self._pseudonym(part))

    def entity(self, entity_id: str) -> Entity:
        """The entity of that id as it is now."""
        return self._parts[entity_id].entity()

    def entities(self) -> tuple[Entity, ...]:
        """All entities, those of earlier runs first, then as they were met."""
        return tuple(part.entity() for part in self._parts.values())

    def _pseudonym(self, part: _Part) -> str:
        if self._name not in part.pseudonyms:
            given = Given(self._taken, self._several, self._occurs)
            part.pseudonyms[self._name] = self._profile.pseudonym(part.entity(), given)
            self._keep_apart(part)
        return part.pseudonyms[self._name]

    def _keep_apart(self, part: _Part) -> None:
        if self._name in part.pseudonyms:
            self._taken.add(part.pseudonyms[self._name])
