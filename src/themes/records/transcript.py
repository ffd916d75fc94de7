"""What was said, by whom, where it came from."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from themes.records.span import Span

Role = Literal["interviewer", "respondent", "other"]

NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Source:
    """The file a transcript was read from.

    `name` is the file name without its folder, `sha256` the hash of its bytes, `reader` the
    reader's name, `encoding` what the bytes were decoded as ("" for binary formats), `notes`
    what the reader noticed and a person should know, one sentence each, without transcript text.
    """

    name: str
    sha256: str
    reader: str
    encoding: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted speech; `span` covers the speech, not the label before it.

    `speaker` is the label as it stands in the text, "" where the source names nobody. Times are
    seconds from the start of the recording, None where unknown.
    """

    span: Span
    speaker: str
    role: Role
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Transcript:
    """One interview: a canonical text and the turns in it.

    `text` is NFC with "\\n" line ends; one turn a paragraph, "LABEL: speech", paragraphs apart by
    one empty line (`themes.grammar.compose` makes it). `turns` are in reading order and do not
    overlap. `language` is a BCP 47 tag, "und" where unknown. `attributes` describe the
    participant. `anonymized` tells whether personal data has been replaced.

    Raises ValueError when any of this does not hold. `repr` never shows text.

    >>> t = Transcript("p1", "I: Hello?", (Turn(Span(3, 9), "I", "interviewer"),))
    >>> t
    Transcript('p1', 1 turns, 9 code points, und)
    >>> t.speech(t.turns[0])
    'Hello?'
    """

    id: str
    text: str
    turns: tuple[Turn, ...]
    language: str = "und"
    source: Source | None = None
    attributes: Mapping[str, str] = field(default_factory=lambda: NO_ATTRIBUTES)
    anonymized: bool = False

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("a transcript needs an id")
        if "\r" in self.text or not unicodedata.is_normalized("NFC", self.text):
            raise ValueError(f"transcript {self.id}: text must be NFC and without \\r")
        end = 0
        for number, turn in enumerate(self.turns, 1):
            if turn.span.start < end:
                raise ValueError(
                    f"transcript {self.id}: turn {number} overlaps or precedes the one before"
                )
            end = turn.span.end
        if end > len(self.text):
            raise ValueError(
                f"transcript {self.id}: last turn ends at {end}, text at {len(self.text)}"
            )

    def __repr__(self) -> str:
        return (
            f"Transcript({self.id!r}, {len(self.turns)} turns, "
            f"{len(self.text)} code points, {self.language})"
        )

    def speech(self, turn: Turn) -> str:
        """What is said in `turn`, without its label."""
        return turn.span.of(self.text)

    @property
    def speakers(self) -> tuple[str, ...]:
        """The distinct labels, in order of first appearance."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns))
