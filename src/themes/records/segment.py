"""The unit that is coded."""

from __future__ import annotations

from dataclasses import dataclass

from themes.records.span import Span
from themes.records.transcript import Role


@dataclass(frozen=True, slots=True, repr=False)
class Segment:
    """A piece of one speaker's speech: a turn, a sentence or a window of sentences.

    `turn` is the 1-based number of its turn in reading order, `span` its place in the
    transcript's text, `text` exactly what stands there. `context` is the speech of the turn
    before, "" at the start: an answer is read with its question.

    Raises ValueError when `text` and `span` differ in length. `repr` never shows text.

    >>> Segment("p1", 2, Span(11, 14), "R", "respondent", "No.")
    Segment('p1:11-14', turn 2, respondent)
    """

    transcript_id: str
    turn: int
    span: Span
    speaker: str
    role: Role
    text: str
    context: str = ""

    def __post_init__(self) -> None:
        if len(self.text) != len(self.span):
            raise ValueError(
                f"segment {self.id}: text of {len(self.text)} code points "
                f"in a span of {len(self.span)}"
            )

    def __repr__(self) -> str:
        return f"Segment({self.id!r}, turn {self.turn}, {self.role})"

    @property
    def id(self) -> str:
        """`transcript:start-end`, the same wherever the same text is segmented alike."""
        return f"{self.transcript_id}:{self.span.start}-{self.span.end}"
