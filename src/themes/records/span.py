"""A place in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of Unicode code points: `start` is in, `end` is not.

    Raises ValueError unless 0 <= start < end.

    >>> text = "I: Good morning."
    >>> Span(3, 7).of(text)
    'Good'
    >>> Span(3, 7).overlaps(Span(7, 9))
    False
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got {self.start} and {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The part of `text` this span covers; ValueError if it ends beyond the text."""
        if self.end > len(text):
            raise ValueError(f"span ends at {self.end} in a text of {len(text)} code points")
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        """The same length, `by` code points further on (or back, if negative)."""
        return Span(self.start + by, self.end + by)
