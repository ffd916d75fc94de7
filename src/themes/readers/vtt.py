"""WebVTT."""

from __future__ import annotations

import re
from pathlib import Path

from themes.readers._cues import Dialect, read_cues
from themes.records import Transcript

_DIALECT = Dialect(
    reader="vtt",
    time_line=re.compile(
        r"\s*(?P<start>[\w:.,]*\d[\w:.,]*)\s*-->\s*(?P<end>[\w:.,]*\d[\w:.,]*)(?:\s.*)?"
    ),
    # Any line may name a cue, and Teams writes a GUID there; but a sentence is speech.
    identifier=re.compile(r"(?!.*\s.*[.?!,…]\s*$).*\S.*"),
    header="WEBVTT",
)


class Vtt:
    """WebVTT captions as Teams, Zoom, YouTube and Whisper write them.

    Speakers are voices (`<v Name>`) or "Name: text" in the cues. Times in hours, without hours,
    with a comma, or in plain seconds. Raises ReadError when no cue holds any text.
    Format: W3C, "WebVTT: The Web Video Text Tracks Format".
    """

    suffixes = (".vtt",)

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The one transcript in the file at `path`."""
        return read_cues(path, _DIALECT)
