"""Names that the key knows from earlier runs, found wherever they stand."""

from __future__ import annotations

from collections.abc import Iterable

from themes.recognizers._speech import stretches
from themes.records import Key, Mention, Transcript
from themes.stages._propagation import NameIndex


class KnownNames:
    """Finds every name of a key: a person met by a cue in one file is met without it in the next.

    A name that is also a word is found only where it is written as a name.
    """

    def __init__(self, key: Key) -> None:
        self._index = NameIndex()
        for entity in key.entities:
            for form in entity.forms:
                self._index.add(form, entity.category, 1.0, entity.language)

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The known names in speech, in reading order."""
        for stretch in stretches(transcript):
            yield from self._index.find(stretch, transcript.language)
