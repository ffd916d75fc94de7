"""Numbered marks: [PERSON-1]."""

from __future__ import annotations

from collections.abc import Callable

from themes.profiles._said import Given, Said
from themes.records import Entity


class Numbered:
    """Category and number in brackets, such as [PERSON-1]: nothing is said of whom it was.

    The default. Dates and ages are marks too. Good for coding: a mark is never mistaken for a word.
    """

    def pseudonym(self, entity: Entity, given: Given) -> str:
        """What stands for the entity everywhere.

        >>> Numbered().pseudonym(Entity("person", 3), Given((), (), lambda word: False))
        '[PERSON-3]'
        """
        return f"[{entity.id}]"

    def text(self, entity: Entity, said: Said, pseudonym: Callable[[], str]) -> str:
        """What stands for this one mention."""
        return pseudonym()

    def clashes(self, pseudonym: str, occurs: Callable[[str], bool]) -> bool:
        """Never: brackets keep it apart from every name."""
        return False
