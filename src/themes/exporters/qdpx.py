"""A REFI-QDA project: texts, codebook, participants and suggestions, for any QDA program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from themes.atomic import write_file
from themes.errors import ExportError
from themes.exporters._archive import archive
from themes.exporters.refi import check
from themes.exporters.refi.project import (
    UNWRITABLE,
    codings,
    description,
    project,
    source_name,
)
from themes.records import Study


@dataclass(frozen=True, slots=True)
class Qdpx:
    """Writes a study as a .qdpx file; what lands where is told in `themes.exporters.refi`.

    `at` dates everything in the project and needs a time zone (ValueError without); None leaves
    dates out, so that the same study is the same bytes whenever it is exported. Some versions of
    MAXQDA want a date.
    """

    at: datetime | None = None

    def __post_init__(self) -> None:
        if self.at is not None and self.at.tzinfo is None:
            raise ValueError("a date in a project needs a time zone")

    def write(self, study: Study, path: Path) -> tuple[str, ...]:
        """Check, write, and say what did not survive. Raises ExportError."""
        write_file(path, self.encode(study, path))
        return _losses(study)

    def encode(self, study: Study, path: Path = Path("project.qdpx")) -> bytes:
        """The bytes of the archive, read back and compared before anybody gets them.

        Raises ExportError, naming `path`, when they would not be right.

        >>> from themes.records import Codebook
        >>> Qdpx().encode(Study("s", Codebook("c", "1", ()), (), (), (), "m"))[:2]
        b'PK'
        """
        texts = ((f"sources/{source_name(study, t)}", t.text.encode()) for t in study.transcripts)
        data = archive([("project.qde", project(study, self.at)), *texts])
        if differs := check.after(data, study):
            raise ExportError(path, f"would not be right: {differs}", "please report this")
        return data


def _losses(study: Study) -> tuple[str, ...]:
    """One sentence for each thing of `study` that the project does not hold, or holds elsewhere."""
    lost = ["The short ids of codes are not in the project; codes stand by their names."]
    written = codings(study)
    if written:
        lost.append(
            "Scores, outcomes and evidence stand in notes to the codings; "
            "a program that does not import such notes drops them."
        )
    if n_none := len(study.suggestions) - len(written):
        lost.append(f"Scores too low to suggest or ask ({n_none}) are not in the project.")
    if any(suggestion.nearest for suggestion in written):
        lost.append("The nearest verified segments are not in the project.")
    if any(turn.start_s is not None for t in study.transcripts for turn in t.turns):
        lost.append("The times of turns are not in the project.")
    if n_marked := sum(UNWRITABLE.search(text) is not None for text in _in_xml(study)):
        lost.append(f"Characters that XML cannot hold are U+FFFD in {n_marked} names or quotes.")
    if n_wide := sum(char > "\uffff" for t in study.transcripts for char in t.text):
        lost.append(
            f"The texts hold {n_wide} emoji or other characters that NVivo for Windows counts as "
            "two; check there that codings after them cover the right words."
        )
    return tuple(lost)


def _in_xml(study: Study) -> Iterator[str]:
    """What is written into the XML itself; the transcripts stand beside it, byte for byte."""
    yield study.name
    yield study.codebook.name
    for code in study.codebook.codes:
        yield from (code.name, description(code))
    texts = {transcript.id: transcript.text for transcript in study.transcripts}
    for transcript in study.transcripts:
        yield transcript.id
        for pair in transcript.attributes.items():
            yield from pair
    segments = {segment.id: segment for segment in study.segments}
    for suggestion in codings(study):
        yield suggestion.evidence.of(texts[segments[suggestion.segment_id].transcript_id])
