"""Krippendorff's alpha for unitizing, in the older definition of 1995 and 2004."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from themes.codings import Spans
from themes.inference.tally import Tally
from themes.records import Agreement
from themes.statistics._continuum import GAP, Continuum, continua
from themes.statistics.u_alpha import _agreement


class UAlpha1995:
    """Agreement on where spans begin and end, by squared differences, each value on its own.

    Krippendorff (1995); notation of Krippendorff (2004), section 11.6. Observed and expected
    disagreement are added up over values, and over transcripts. It sees a span that is split,
    which the definition of 2016 hardly does, and misbehaves for more than two coders.

    >>> spans = Spans.of([("a", "x", 2, 6), ("b", "x", 2, 6)], 12)
    >>> UAlpha1995().compute(spans).value
    1.0
    """

    definition = "alpha_U (1995)"

    def compute(self, spans: Spans) -> Agreement:
        """The value over all transcripts and values, without an interval."""
        return _agreement(self.definition, spans, self.tally(spans))

    def tally(self, spans: Spans) -> Tally:
        """Observed and expected disagreement per transcript, added up over the values."""
        sums = np.zeros((len(spans.transcripts), 2))
        for transcript in range(len(spans.transcripts)):
            for value in np.unique(spans.value[spans.transcript == transcript]):
                lines = continua(spans.select(spans.value == value), transcript)
                sums[transcript] += _disagreement(lines, int(spans.length[transcript]))
        return Tally(
            sums,
            lambda s: 1 - s[..., 0] / np.where(s[..., 1] <= 0, np.nan, s[..., 1]),
            np.bincount(spans.transcript, minlength=len(spans.transcripts)),
            "nobody marked anything",
        )


def _disagreement(lines: list[Continuum], length: int) -> tuple[float, float]:
    m = len(lines)
    if not any((line.value != GAP).any() for line in lines):
        return 0.0, 0.0
    observed = sum(_apart(a, b) for a, b in permutations(lines, 2)) / (m * (m - 1) * length**2)
    units = np.concatenate([line.lengths[line.value != GAP] for line in lines]).astype(float)
    gaps = np.concatenate([line.lengths[line.value == GAP] for line in lines]).astype(float)
    room = np.maximum(gaps[None, :] - units[:, None] + 1, 0).sum(axis=1)
    meeting = (len(units) - 1) / 3 * (2 * units**3 - 3 * units**2 + units)
    total = m * length * (m * length - 1) - (units * (units - 1)).sum()
    return observed, float(2 / length * (meeting + units**2 * room).sum() / total)


def _apart(first: Continuum, second: Continuum) -> float:
    """Squared differences of spans that meet, and squared lengths of spans that lie in a gap."""
    begin, end = first.edges[:-1, None], first.edges[1:, None]
    other_begin, other_end = second.edges[:-1], second.edges[1:]
    unit, other_unit = first.value[:, None] != GAP, second.value != GAP
    meets = (begin < other_end) & (other_begin < end)
    both = unit & other_unit & meets
    lost = unit & ~other_unit & (begin >= other_begin) & (end <= other_end)
    found = ~unit & other_unit & (other_begin >= begin) & (other_end <= end)
    shifts = (begin - other_begin) ** 2 + (end - other_end) ** 2
    alone = lost * (end - begin) ** 2 + found * (other_end - other_begin) ** 2
    return float((both * shifts + alone).sum())
