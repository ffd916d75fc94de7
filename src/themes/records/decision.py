"""What a coder did, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from themes.records.span import Span

Act = Literal[
    "add", "accept", "reject", "modify", "none", "unsure", "skip", "undo", "reveal", "again"
]
ACTS: tuple[str, ...] = get_args(Act)
_ABOUT_A_CODE = ("add", "accept", "reject", "modify")


@dataclass(frozen=True, slots=True)
class Decision:
    """One act of one coder; acts are appended and never changed.

    | act | meaning |
    |---|---|
    | add | the code applies, of the coder's own accord |
    | accept | the suggested code applies |
    | reject | the code does not apply |
    | modify | not the suggested `instead_of`, but the code |
    | none | nothing else applies: what is open is rejected, and the answer is locked |
    | unsure | for adjudication: one code, or without a code the whole turn, which it locks |
    | skip | later |
    | undo | takes back decision `undoes` |
    | reveal | the suggestions of a blind turn were shown, after its answer was locked |
    | again | the codebook changed under this answer: it is open again (nobody's act) |

    `shown`: suggestions were in sight. `batch` is "" or the id of a bulk acceptance. `model`,
    `score` describe the suggestion that was answered, "" and None without one. `seconds` is how
    long the card had been in sight, `at` the server's time (ISO 8601, UTC). `span` is a place in
    the transcript's text inside the segment, None for the whole segment. `request_id` makes a
    repeated request harmless.
    """

    id: int
    request_id: str
    assignment_id: int
    act: Act
    code_id: str = ""
    instead_of: str = ""
    span: Span | None = None
    shown: bool = False
    batch: str = ""
    model: str = ""
    score: float | None = None
    codebook_version: str = ""
    seconds: float = 0.0
    at: str = ""
    undoes: int | None = None

    def __post_init__(self) -> None:
        if self.act not in ACTS:
            raise ValueError(f"unknown act {self.act!r}; known: {', '.join(ACTS)}")
        if self.act in _ABOUT_A_CODE and not self.code_id:
            raise ValueError(f"{self.act} needs a code")
        if (self.act == "modify") != bool(self.instead_of):
            raise ValueError("modify, and nothing else, names the code it replaces")
        if (self.act == "undo") != (self.undoes is not None):
            raise ValueError("undo, and nothing else, names what it undoes")
        if not 0.0 <= self.seconds < 1e6:
            raise ValueError(f"seconds must be in [0, 1e6), got {self.seconds}")


@dataclass(frozen=True, slots=True)
class Coding:
    """What a coder's decisions on one code of one segment come to.

    `present` False means seen and not given; a code that was never judged has no coding at all.
    `shown`: the suggestions were in sight. `bulk`: accepted in a batch. `round` is 1 in a silent
    repeat. `span` is None for the whole segment. `at` is when it was locked.
    """

    segment_id: str
    code_id: str
    coder_id: int
    present: bool
    shown: bool
    bulk: bool
    round: int
    codebook_version: str
    at: str
    span: Span | None = None
