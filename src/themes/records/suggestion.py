"""What a model proposes to the coders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from themes.records.span import Span

Outcome = Literal["suggest", "ask", "none"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """That a code may apply to a segment; a coder decides.

    `score` is a calibrated probability in [0, 1] where the model says it is calibrated.
    `evidence` is the place in the *transcript's* text (inside the segment's span) that carries
    the code. `model` names the model as a coder of its own.

    >>> Suggestion("p1:0-9", "barrier.cost", 0.8, "suggest", Span(0, 9), "help-seeking", "1.0").id
    'p1:0-9/barrier.cost'
    """

    segment_id: str
    code_id: str
    score: float
    outcome: Outcome
    evidence: Span
    model: str
    codebook_version: str
    nearest: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"score must be in [0, 1], got {self.score}")
        if self.outcome not in ("suggest", "ask", "none"):
            raise ValueError(f"unknown outcome {self.outcome!r}")

    @property
    def id(self) -> str:
        """`segment/code`: one suggestion a code in a segment."""
        return f"{self.segment_id}/{self.code_id}"
