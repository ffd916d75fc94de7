"""Decisions about decisions, and notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["boundary", "wrong code", "missed", "codebook unclear"]
KINDS: tuple[str, ...] = get_args(Kind)
About = Literal["segment", "code", "transcript"]
ABOUTS: tuple[str, ...] = get_args(About)


@dataclass(frozen=True, slots=True)
class Adjudication:
    """What stands for one code of one segment, and why; it stands beside the coders' own answers.

    `weighed` are the ids of the coders whose answers were compared. A later adjudication of the
    same code and segment takes the place of an earlier one; both are kept.
    """

    id: int
    request_id: str
    segment_id: str
    code_id: str
    present: bool
    adjudicator_id: int
    kind: Kind | Literal[""]
    reason: str
    weighed: tuple[int, ...]
    codebook_version: str
    at: str

    def __post_init__(self) -> None:
        if self.kind not in ("", *KINDS):
            raise ValueError(f"unknown kind {self.kind!r}; known: {', '.join(KINDS)}")


@dataclass(frozen=True, slots=True, repr=False)
class Memo:
    """A note about a segment, a code or a transcript. `repr` never shows text.

    A later memo that `replaces` an earlier one takes its place; both are kept. An empty `text`
    withdraws it.
    """

    id: int
    request_id: str
    about: About
    about_id: str
    author_id: int
    text: str
    at: str
    replaces: int | None = None

    def __post_init__(self) -> None:
        if self.about not in ABOUTS:
            raise ValueError(f"a memo is about one of {', '.join(ABOUTS)}, not {self.about!r}")

    def __repr__(self) -> str:
        return f"Memo({self.id}, about {self.about} {self.about_id!r})"
