"""Everything an exporter needs to know of a study."""

from __future__ import annotations

from dataclasses import dataclass

from themes.records.codebook import Codebook
from themes.records.segment import Segment
from themes.records.suggestion import Suggestion
from themes.records.transcript import Transcript


@dataclass(frozen=True, slots=True, repr=False)
class Study:
    """Pseudonymized transcripts, their segments, the codebook, and what the model suggests.

    Exporters take this record; decisions, memos and adjudications join it when they exist.
    `model` names the model as a coder. Raises ValueError for a transcript that is not
    anonymized, so that nothing identifiable is ever exported, for doubled transcript ids, and
    for suggestions whose segment or code is not here.
    """

    name: str
    codebook: Codebook
    transcripts: tuple[Transcript, ...]
    segments: tuple[Segment, ...]
    suggestions: tuple[Suggestion, ...]
    model: str

    def __post_init__(self) -> None:
        ids = [transcript.id for transcript in self.transcripts]
        if len(set(ids)) != len(ids):
            raise ValueError("two transcripts have the same id")
        open_ = [t.id for t in self.transcripts if not t.anonymized]
        if open_:
            raise ValueError(f"transcript {open_[0]} is not anonymized")
        segment_ids = {segment.id for segment in self.segments}
        code_ids = {code.id for code in self.codebook.codes}
        for suggestion in self.suggestions:
            if suggestion.segment_id not in segment_ids:
                raise ValueError(f"suggestion {suggestion.id}: its segment is not in the study")
            if suggestion.code_id not in code_ids:
                raise ValueError(f"suggestion {suggestion.id}: its code is not in the codebook")

    def __repr__(self) -> str:
        return (
            f"Study({self.name!r}, {len(self.transcripts)} transcripts, "
            f"{len(self.suggestions)} suggestions)"
        )
