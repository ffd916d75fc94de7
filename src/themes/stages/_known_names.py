"""Names that are known before a search begins, found wherever they stand."""

from __future__ import annotations

from collections.abc import Iterable

from themes.recognizers._speech import stretches
from themes.records import Category, Mention, Transcript
from themes.stages._propagation import NameIndex


class KnownNames:
    """Finds (name, category, language) again: who was met by a cue once is met without it later.

    A name that is also a word is found only where it is written as a name.
    """

    def __init__(self, names: Iterable[tuple[str, Category, str]]) -> None:
        self._index = NameIndex()
        names = tuple(names)
        self._any = bool(names)
        for name, category, language in names:
            self._index.add(name, category, 1.0, language)

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The known names in speech, in reading order."""
        for stretch in stretches(transcript) if self._any else ():
            yield from self._index.find(stretch, transcript.language)
