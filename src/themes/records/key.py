"""What leads from pseudonyms back to people: kept encrypted, and apart from everything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from themes.records.mention import Category
from themes.records.name_decision import NameDecision
from themes.records.roster import Person, Place
from themes.records.span import Span

Name = tuple[str, ...]
"""The words that tell somebody or something apart: folded, in order, without titles."""

NO_PSEUDONYMS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, repr=False)
class Entity:
    """One person, place, date or number of a study, and what stands for it.

    `number` counts within the category, from 1, and is never given twice. `names` are all that it
    goes by, `forms` all spellings met, `role` is in plain words ("supervisor"), `language` the
    first transcript's, `pseudonyms` by profile what has been given out once and stays. A
    forgotten entity keeps its number and pseudonyms, so that nobody else gets them. `repr` never shows a name.

    >>> Entity("person", 3, (("femke", "bakker"),))
    Entity('PERSON-3')
    """

    category: Category
    number: int
    names: tuple[Name, ...] = ()
    forms: tuple[str, ...] = ()
    role: str = ""
    language: str = "und"
    pseudonyms: Mapping[str, str] = field(default_factory=lambda: NO_PSEUDONYMS)

    def __repr__(self) -> str:
        return f"Entity({self.id!r})"

    @property
    def id(self) -> str:
        """`CATEGORY-number`, as numbered marks show it."""
        return f"{self.category.upper()}-{self.number}"


@dataclass(frozen=True, slots=True, repr=False)
class Piece:
    """What stood where a pseudonym stands now.

    `span` is a place in the pseudonymized text; `original` is None once it is forgotten.
    """

    span: Span
    original: str | None
    entity: str


@dataclass(frozen=True, slots=True, repr=False)
class Restoration:
    """How one pseudonymized transcript is made readable again.

    `sha256` is of the pseudonymized text, `source` the name and `source_sha256` the hash of the
    file it was read from, `original_id` the transcript's id before names were taken out of it.
    """

    transcript_id: str
    sha256: str
    original_id: str
    source: str
    source_sha256: str
    participant: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """Everything of a study that holds an original.

    `id` is public and written into outputs, so that the key of another study is noticed; `secret`
    (32 random bytes) makes the ids in audit logs and the shifts of dates. `decisions` are in the
    order they were made, and only ever appended to.
    """

    id: str
    secret: bytes
    people: tuple[Person, ...] = ()
    places: tuple[Place, ...] = ()
    entities: tuple[Entity, ...] = ()
    decisions: tuple[NameDecision, ...] = ()
    restorations: tuple[Restoration, ...] = ()

    def __repr__(self) -> str:
        return f"Key({self.id!r}, {len(self.entities)} entities, {len(self.decisions)} decisions)"
