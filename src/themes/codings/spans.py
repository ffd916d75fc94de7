"""Codings of free stretches of text: who marked what from where to where."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Spans:
    """Stretches that coders marked, half-open, in code points of their transcript.

    `transcript`, `coder`, `value`, `start` and `end` are int64 (n_spans,), sorted by transcript,
    coder and start; the first three are places in `transcripts`, `coders` and `values`. `length`
    is int64 (n_transcripts,): how long each continuum is. Raises ValueError for a span that is
    empty or outside its continuum.
    """

    transcript: np.ndarray
    coder: np.ndarray
    value: np.ndarray
    start: np.ndarray
    end: np.ndarray
    length: np.ndarray
    transcripts: tuple[str, ...]
    coders: tuple[str, ...]
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        if (self.start >= self.end).any() or (self.start < 0).any():
            raise ValueError("a span is empty or starts before the text")
        if len(self.end) and (self.end > self.length[self.transcript]).any():
            raise ValueError("a span ends behind the text")

    def __repr__(self) -> str:
        return f"Spans({len(self.start)} spans, {len(self.coders)} coders)"

    @classmethod
    def of(
        cls,
        spans: Iterable[tuple[str, Hashable, int, int]],
        length: int,
        coders: Sequence[str] | None = None,
    ) -> Spans:
        """Spans (coder, value, start, end) of one transcript of `length` code points.

        >>> Spans.of([("a", "x", 0, 4), ("b", "x", 1, 4)], 10)
        Spans(2 spans, 2 coders)
        """
        rows = list(spans)
        names = tuple(coders or dict.fromkeys(row[0] for row in rows))
        values = tuple(sorted({str(row[1]) for row in rows}))
        columns = np.array(
            [(0, names.index(c), values.index(str(v)), start, end) for c, v, start, end in rows],
            np.int64,
        ).reshape(len(rows), 5)
        return cls(*columns[_order(columns)].T, np.array([length]), ("",), names, values)

    def select(self, rows: np.ndarray) -> Spans:
        """Some of the spans (a mask), on the same continua."""
        kept = {
            name: getattr(self, name)[rows]
            for name in ("transcript", "coder", "value", "start", "end")
        }
        return replace(self, **kept)

    def of_transcript(self, number: int) -> Spans:
        """The spans of one transcript, alone on its continuum."""
        one = self.select(self.transcript == number)
        return replace(
            one,
            transcript=np.zeros(len(one.start), np.int64),
            length=self.length[number : number + 1],
            transcripts=self.transcripts[number : number + 1],
        )

    def of_coder(self, number: int) -> Spans:
        """The spans of one coder."""
        return self.select(self.coder == number)


def _order(columns: np.ndarray) -> np.ndarray:
    return np.lexsort((columns[:, 4], columns[:, 3], columns[:, 1], columns[:, 0]))
