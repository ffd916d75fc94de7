"""Categories alone: [PERSON]."""

from __future__ import annotations

from collections.abc import Callable

from themes.profiles._said import Given, Said
from themes.records import Entity


class Strict:
    """The category alone, such as [PERSON]: two mentions of one person cannot be linked.

    For texts that leave the team. Indirect identifiers are replaced as well, decided upon or not.
    """

    def pseudonym(self, entity: Entity, given: Given) -> str:
        """What stands for every entity of the category.

        >>> Strict().pseudonym(Entity("location", 3), Given((), (), lambda word: False))
        '[LOCATION]'
        """
        return f"[{entity.category.upper()}]"

    def text(self, entity: Entity, said: Said, pseudonym: Callable[[], str]) -> str:
        """What stands for this one mention."""
        return pseudonym()

    def clashes(self, pseudonym: str, occurs: Callable[[str], bool]) -> bool:
        """Never: brackets keep it apart from every name."""
        return False
