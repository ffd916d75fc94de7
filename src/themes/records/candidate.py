"""A group of segments that might deserve a code."""

from __future__ import annotations

from dataclasses import dataclass

from themes.records.segment import Segment


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """Segments without a code that are alike; a person decides what they are.

    `phrases` are words and pairs of words commoner in them than elsewhere, the most telling first;
    `segments` are in the order of how typical they are, the most typical first.
    """

    phrases: tuple[str, ...]
    segments: tuple[Segment, ...]

    @property
    def n_transcripts(self) -> int:
        """Of one transcript alone, a group is a speaker's habit more likely than a theme."""
        return len({segment.transcript_id for segment in self.segments})
