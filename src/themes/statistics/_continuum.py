"""A coder's continuum: the spans, and the gaps between them, from one end to the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from themes.codings import Spans
from themes.errors import InputError

GAP = 0


@dataclass(frozen=True, slots=True, eq=False)
class Continuum:
    """Sections in order, without holes: `edges` int64 (n + 1,), `value` int64 (n,), where 0 is a
    gap and v + 1 the value v."""

    edges: np.ndarray
    value: np.ndarray

    @property
    def lengths(self) -> np.ndarray:
        return np.diff(self.edges)


def continua(spans: Spans, transcript: int) -> list[Continuum]:
    """One continuum a coder. Raises InputError where spans of one coder overlap: codings by
    unitizing alpha are mutually exclusive, so overlapping codes are looked at one by one."""
    made = []
    here = spans.transcript == transcript
    length = int(spans.length[transcript])
    for coder in range(len(spans.coders)):
        own = here & (spans.coder == coder)
        starts, ends, values = spans.start[own], spans.end[own], spans.value[own]
        if (starts[1:] < ends[:-1]).any():
            raise InputError(
                f"{spans.coders[coder]} marked overlapping spans in "
                f"{spans.transcripts[transcript] or 'the text'}; look at one code at a time"
            )
        edges, value, at = [0], [], 0
        for start, end, given in zip(starts.tolist(), ends.tolist(), values.tolist(), strict=True):
            if start > at:
                edges.append(start)
                value.append(GAP)
            edges.append(end)
            value.append(given + 1)
            at = end
        if at < length:
            edges.append(length)
            value.append(GAP)
        made.append(Continuum(np.array(edges), np.array(value, np.int64)))
    return made


def pieces(first: Continuum, second: Continuum) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where two continua cut each other: lengths, and the section of each that a piece lies in."""
    edges = np.union1d(first.edges, second.edges)
    left = edges[:-1]
    return (
        np.diff(edges),
        np.searchsorted(first.edges, left, side="right") - 1,
        np.searchsorted(second.edges, left, side="right") - 1,
    )
