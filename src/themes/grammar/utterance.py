"""A piece of speech as a source format gives it, before turns are made of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Utterance:
    """A paragraph, a cue or a table row.

    `speaker` is the label verbatim, "" where the source names nobody. Times are seconds.
    """

    text: str
    speaker: str = ""
    start_s: float | None = None
    end_s: float | None = None

    def __repr__(self) -> str:
        return f"Utterance({len(self.text)} code points)"
