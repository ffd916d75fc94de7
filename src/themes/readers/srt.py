"""SubRip."""

from __future__ import annotations

import re
from pathlib import Path

from themes.readers._cues import Dialect, read_cues
from themes.records import Transcript

_DIALECT = Dialect(
    reader="srt",
    time_line=re.compile(
        r"\s*(?P<start>[\w:.,]*\d[\w:.,]*)\s*-->\s*(?P<end>[\w:.,]*\d[\w:.,]*)(?:\s.*)?"
    ),
    identifier=re.compile(r"\s*\d+\s*"),
)


class Srt:
    """SubRip captions, numbered or not.

    Speakers are "Name: text" in the cues. Times with a comma or a dot. Raises ReadError when no
    cue holds any text. The format has no standard; this follows what tools write.
    """

    suffixes = (".srt",)

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The one transcript in the file at `path`."""
        return read_cues(path, _DIALECT)
