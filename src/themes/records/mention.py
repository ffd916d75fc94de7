"""Personal data found in a transcript, and what stands in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from themes.records.span import Span

Category = Literal[
    "person",
    "organization",
    "location",
    "date",
    "age",
    "phone",
    "email",
    "url",
    "postcode",
    "id",
    "indirect",
]
DOUBT = 0.3
"""A mention of lower confidence is put into the review queue, and nothing is replaced."""
CATEGORIES: tuple[str, ...] = get_args(Category)


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a recognizer found personal data. Holds no text: slice the transcript when needed.

    `span` is a place in the transcript's text, `recognizer` the name of the member of the
    recognizers family that found it ("propagation" for a name found elsewhere in the run),
    `confidence` is in [0, 1]; below DOUBT it is for a person to look at. The category "indirect" singles somebody out without a name ("the only
    woman on the staff"): it is shown to a person, and no stage replaces it by itself.

    >>> Mention(Span(0, 4), "person", "titles", 0.9).category
    'person'
    """

    span: Span
    category: Category
    recognizer: str
    confidence: float

    def __post_init__(self) -> None:
        if self.category not in CATEGORIES:
            raise ValueError(f"unknown category {self.category!r}; known: {', '.join(CATEGORIES)}")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence must be in [0, 1], got {self.confidence}")


@dataclass(frozen=True, slots=True)
class Replacement:
    """What stands in a pseudonymized transcript where personal data stood.

    `mention.span` is a place in the *pseudonymized* text and covers exactly `text`, such as
    "[PERSON-1]". `turn` is the 1-based number of the turn, also for a replaced speaker label,
    which stands just before its turn's speech. `entity` is the id of what it stands for, whatever
    the profile shows.
    """

    transcript_id: str
    turn: int
    mention: Mention
    text: str
    entity: str = ""

    def __post_init__(self) -> None:
        if len(self.text) != len(self.mention.span):
            raise ValueError(
                f"replacement of {len(self.text)} code points over a span of {len(self.mention.span)}"
            )
