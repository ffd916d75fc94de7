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
    anonymized, so that nothing identifiable is ever exported, for doubled ids, for segments whose
    transcript and suggestions whose segment or code is not here, and for evidence outside its
    segment.
    """

    name: str
    codebook: Codebook
    transcripts: tuple[Transcript, ...]
    segments: tuple[Segment, ...]
    suggestions: tuple[Suggestion, ...]
    model: str

    def __post_init__(self) -> None:
        texts = {transcript.id: transcript.text for transcript in self.transcripts}
        if len(texts) != len(self.transcripts):
            raise ValueError("two transcripts have the same id")
        open_ = [t.id for t in self.transcripts if not t.anonymized]
        if open_:
            raise ValueError(f"transcript {open_[0]} is not anonymized")
        segments = {segment.id: segment for segment in self.segments}
        if len(segments) != len(self.segments):
            raise ValueError("two segments have the same id")
        for segment in self.segments:
            text = texts.get(segment.transcript_id)
            if text is None:
                raise ValueError(f"segment {segment.id}: its transcript is not in the study")
            if text[segment.span.start : segment.span.end] != segment.text:
                raise ValueError(f"segment {segment.id}: its text is not what stands there")
        code_ids = {code.id for code in self.codebook.codable}
        seen: set[tuple[str, str]] = set()
        for suggestion in self.suggestions:
            if suggestion.segment_id not in segments:
                raise ValueError(f"suggestion {suggestion.id}: its segment is not in the study")
            if suggestion.code_id not in code_ids:
                raise ValueError(f"suggestion {suggestion.id}: its code cannot be given")
            if not segments[suggestion.segment_id].span.contains(suggestion.evidence):
                raise ValueError(f"suggestion {suggestion.id}: its evidence is elsewhere")
            if (suggestion.id, suggestion.model) in seen:
                raise ValueError(f"suggestion {suggestion.id} stands twice")
            seen.add((suggestion.id, suggestion.model))

    def __repr__(self) -> str:
        return (
            f"Study({self.name!r}, {len(self.transcripts)} transcripts, "
            f"{len(self.suggestions)} suggestions)"
        )
