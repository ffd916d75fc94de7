"""A stretch of talk with the codes that people gave it: what training starts from."""

from __future__ import annotations

from dataclasses import dataclass

from themes.records.span import Span


@dataclass(frozen=True, slots=True, repr=False)
class Passage:
    """One coded segment.

    `context` is what was said just before ("" where nothing is known), `labels` has 1, 0 or -1
    (not looked at) for each code in the order of the codebook, `marks` are (number of the code,
    place in `text`) of the words that a coder marked, `group` is the transcript, or "" for an
    isolated segment, which is never held out; `weight` is how much it counts.

    >>> Passage("Who came?", "Nobody.", (0, 1), ((1, Span(0, 7)),), "t1").weight
    1.0
    """

    context: str
    text: str
    labels: tuple[int, ...]
    marks: tuple[tuple[int, Span], ...] = ()
    group: str = ""
    weight: float = 1.0

    def __post_init__(self) -> None:
        if not set(self.labels) <= {-1, 0, 1}:
            raise ValueError("labels are 1 (given), 0 (not given) or -1 (not looked at)")
        for number, span in self.marks:
            if not 0 <= number < len(self.labels) or span.end > len(self.text):
                raise ValueError("a mark lies outside the codes or the text")
