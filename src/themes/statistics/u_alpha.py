"""Krippendorff's alpha for unitizing, in the definition of 2016: a family of three."""

from __future__ import annotations

from itertools import permutations
from typing import Literal

import numpy as np

from themes.codings import Spans
from themes.inference.tally import Tally
from themes.records import Agreement
from themes.statistics._continuum import GAP, continua, pieces

Reading = Literal["u", "bar_u", "cu"]
_NAMES = {
    "u": "u-alpha (2016): spans and their values",
    "bar_u": "|u-alpha (2016): marked or not, whatever the value",
    "cu": "cu-alpha (2016): values where spans intersect",
}


class UAlpha:
    """Agreement on where spans are and what they are called, by length of text.

    Krippendorff, Mathet, Bouvry and Widlöcher (2016), section 5, equations 4 to 11, as quoted by
    implementations that agree with each other; the paper's own worked example was not at hand.
    `reading` "u" compares spans with their values and the gaps, "bar_u" only marked and unmarked
    text, "cu" only values where spans of two coders intersect. It replaced the definition of 1995
    (`u_alpha_1995`), gives other figures, and hardly sees one coder splitting a span into many.

    Raises InputError where spans of one coder overlap: look at one code at a time there.

    >>> spans = Spans.of([("a", "x", 2, 5), ("b", "x", 2, 5), ("a", "y", 8, 9), ("b", "x", 8, 9)], 12)
    >>> UAlpha("bar_u").compute(spans).value
    1.0
    """

    def __init__(self, reading: Reading = "u") -> None:
        self.reading = reading
        self.definition = _NAMES[reading]

    def compute(self, spans: Spans) -> Agreement:
        """The value over all transcripts, without an interval."""
        return _agreement(self.definition, spans, self.tally(spans))

    def tally(self, spans: Spans) -> Tally:
        """Coincidences by length, and squares of lengths, per transcript."""
        q, m = len(spans.values) + 1, len(spans.coders)
        rows = np.zeros((len(spans.transcripts), q * q + 2 * q))
        for transcript in range(len(spans.transcripts)):
            rows[transcript] = _sums(spans, transcript, q, m)

        def formula(s: np.ndarray) -> np.ndarray:
            together = s[..., : q * q].reshape(*s.shape[:-1], q, q)
            squares, crossed = s[..., q * q : q * q + q], s[..., q * q + q :]
            if self.reading == "cu":
                return _cu(together[..., 1:, 1:], crossed[..., 1:])
            length = together.sum(axis=(-2, -1))
            margins = together.sum(axis=-1)
            # Gaps have no structure: each of their points is a unit of its own.
            scale = length / (length**2 - squares.sum(axis=-1))
            if self.reading == "bar_u":
                gap = margins[..., GAP]
                observed = gap - together[..., GAP, GAP]
                expected = gap * (length - gap) * scale
            else:
                observed = length - np.trace(together, axis1=-2, axis2=-1)
                agreed = ((margins**2 - squares) * scale[..., None]).sum(axis=-1)
                expected = length - agreed
            return 1 - observed / np.where(expected <= 1e-9, np.nan, expected)

        n = np.bincount(spans.transcript, minlength=len(spans.transcripts))
        return Tally(rows, formula, n, "nothing varies: no value, or one value without a gap")


def _sums(spans: Spans, transcript: int, q: int, m: int) -> np.ndarray:
    together, squares, crossed = np.zeros((q, q)), np.zeros(q), np.zeros(q)
    lines = continua(spans, transcript)
    for line in lines:
        lengths = line.lengths
        np.add.at(squares, line.value, np.where(line.value == GAP, lengths, lengths**2))
    for first, second in permutations(lines, 2):
        lengths, a, b = pieces(first, second)
        np.add.at(together, (first.value[a], second.value[b]), lengths / (m - 1))
        marked = (first.value[a] != GAP) & (second.value[b] != GAP)
        shared = np.bincount(a[marked], lengths[marked], minlength=len(first.value))
        np.add.at(crossed, first.value, shared**2 / (m - 1))
    return np.concatenate([together.ravel(), squares, crossed])


def _cu(together: np.ndarray, crossed: np.ndarray) -> np.ndarray:
    length = together.sum(axis=(-2, -1))
    margins = together.sum(axis=-1)
    agreed = (margins**2 - crossed).sum(axis=-1) / (length - crossed.sum(axis=-1) / length)
    expected = length - agreed
    observed = length - np.trace(together, axis1=-2, axis2=-1)
    # One value alone is no choice between values.
    one = (margins > 0).sum(axis=-1) < 2
    return 1 - observed / np.where(one | (expected <= 1e-9), np.nan, expected)


def _agreement(definition: str, spans: Spans, tally: Tally) -> Agreement:
    value = tally.value
    undefined = np.isnan(value)
    return Agreement(
        definition,
        None,
        spans.coders,
        None if undefined else value,
        None,
        None,
        int(tally.n_segments.sum()),
        int(tally.taking_part.sum()),
        tally.undefined if undefined else "",
    )
