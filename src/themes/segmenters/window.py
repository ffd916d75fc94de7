"""Overlapping windows of sentences."""

from __future__ import annotations

from collections.abc import Iterable

from themes.grammar.sentences import sentences
from themes.records import Segment, Span, Transcript
from themes.segmenters._cut import cut


class Window:
    """Windows of `size` sentences, each starting `step` sentences after the one before.

    A turn of at most `size` sentences is one window. Windows overlap where step < size; together
    they hold every sentence.
    """

    def __init__(self, size: int = 5, step: int = 3) -> None:
        if not 1 <= step <= size:
            raise ValueError(f"a window needs 1 <= step <= size, got {step} and {size}")
        self.size, self.step = size, step

    def segment(self, transcript: Transcript) -> tuple[Segment, ...]:
        """Windows in reading order, never across turns."""
        return cut(transcript, self._windows)

    def _windows(self, speech: str) -> Iterable[Span]:
        spans = sentences(speech)
        for first in range(0, len(spans), self.step):
            last = min(first + self.size, len(spans))
            yield Span(spans[first].start, spans[last - 1].end)
            if last == len(spans):
                return
