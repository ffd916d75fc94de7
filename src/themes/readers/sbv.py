"""YouTube's SubViewer."""

from __future__ import annotations

import re
from pathlib import Path

from themes.readers._cues import Dialect, read_cues
from themes.records import Transcript

_DIALECT = Dialect(
    reader="sbv",
    time_line=re.compile(r"\s*(?P<start>\d+:[\w:.]+)\s*,\s*(?P<end>\d+:[\w:.]+)\s*"),
    identifier=re.compile(r"(?!)"),
    line_break="[br]",
)


class Sbv:
    """YouTube captions in the SubViewer form (start,end on a line, text below).

    Speakers are "Name: text" in the cues. Raises ReadError when no cue holds any text.
    """

    suffixes = (".sbv",)

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The one transcript in the file at `path`."""
        return read_cues(path, _DIALECT)
