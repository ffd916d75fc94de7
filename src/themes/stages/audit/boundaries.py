"""Block 6: where marked stretches begin and end, apart from what they are called."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from themes.codings import Spans
from themes.errors import InputError
from themes.stages.audit.block import AGREEMENT, Block, Dots, Estimate, agreement_row, table
from themes.stages.audit.material import Material
from themes.statistics.gamma import Gamma
from themes.statistics.u_alpha import UAlpha
from themes.statistics.u_alpha_1995 import UAlpha1995

TITLE = "Where codings begin and end"
MAX_GAMMA_SPANS = 30  # of one transcript: more take minutes


@dataclass(frozen=True, slots=True)
class Matched:
    """The spans of two coders that overlap and have one code: by index, with their overlap."""

    first: np.ndarray
    second: np.ndarray
    iou: np.ndarray
    n_first: int
    n_second: int
    n_split: int  # spans that the other coder cut in two or more


def boundaries(material: Material) -> Block:
    """Was it noticed, was it called the same, where does it begin and end: three readings."""
    spans = material.table.spans
    if spans is None:
        return Block(
            "boundaries", TITLE, refused=("Boundaries: there are no columns start and end.",)
        )
    blind = _blind(material)
    humans = [c for c in material.table.humans if blind[:, c].any()]
    where = material.table.segment_of_span
    if len(humans) < 2:
        return Block("boundaries", TITLE, refused=("Boundaries: spans of one coder only.",))
    says, tables, charts, refused = [], [], [], []
    rows, histogram = [], []
    for a, b in combinations(humans, 2):
        both = blind[:, a] & blind[:, b]
        if not both.any():
            refused.append(f"{spans.coders[a]} and {spans.coders[b]} coded no segment both.")
            continue
        here = spans.select(both[where])
        row, ious = _pair(here, a, b)
        rows.append(row)
        histogram.append((f"{spans.coders[a]} and {spans.coders[b]}", ious))
    columns = (
        ("first", "text"), ("second", "text"), ("spans_first", "count"), ("spans_second", "count"),
        ("matched", "count"), ("noticed", "score"), ("iou_median", "score"), ("iou_90", "score"),
        ("iou_50", "score"), ("start_shift_median", "score"), ("end_shift_median", "score"),
        ("split_by_second", "count"), ("split_by_first", "count"), ("window_diff", "score"),
    )  # fmt: skip
    tables.append(table("boundaries", columns, rows))
    for row in rows:
        says.append(
            f"{row[0]} and {row[1]}: of all spans {row[5]:.0%} have a partner with the same code "
            f"that overlaps; half of the pairs share {row[6]:.0%} of their stretch or more, and "
            f"{row[7]:.0%} share nine tenths. {row[11] + row[12]} spans were cut in two by the other."
        )
    complete = blind[:, humans].all(axis=1)
    if complete.any():
        family, estimates, more = _family(material, spans, humans, complete[where])
        tables.append(table("unitizing", (("code", "text"), *AGREEMENT), family))
        charts.append(
            Dots("Marked or not, |u-alpha of each code", tuple(estimates), (), "|u-alpha")
        )
        refused += more
    else:
        refused.append("The unitizing alphas: no segment was coded by all coders.")
    says.append(
        "A text ends here where its last marked stretch does: the rest of it, if any, is not known "
        "from the table."
    )
    return Block("boundaries", TITLE, tuple(says), tuple(tables), tuple(charts), tuple(refused))


def match(first: Spans, second: Spans) -> Matched:
    """Pair spans of one transcript and code, the best overlap first, each at most once."""
    if not len(first.start) or not len(second.start):
        none = np.zeros(0, int)
        return Matched(none, none, np.zeros(0), len(first.start), len(second.start), 0)
    starts = np.maximum(first.start[:, None], second.start)
    ends = np.minimum(first.end[:, None], second.end)
    overlap = np.maximum(ends - starts, 0)
    size = (first.end - first.start)[:, None] + (second.end - second.start) - overlap
    same = (first.value[:, None] == second.value) & (first.transcript[:, None] == second.transcript)
    iou = np.where(same, overlap / size, 0.0)
    n_split = int(((iou > 0).sum(axis=1) > 1).sum())
    pairs = []
    order = np.argsort(-iou, axis=None, kind="stable")
    order = order[: int((iou > 0).sum())]
    free_a, free_b = np.ones(len(iou), bool), np.ones(iou.shape[1], bool)
    for flat in order:
        a, b = divmod(int(flat), iou.shape[1])
        if free_a[a] and free_b[b]:
            free_a[a] = free_b[b] = False
            pairs.append((a, b))
    at = np.array(pairs, int).reshape(-1, 2)
    return Matched(at[:, 0], at[:, 1], iou[at[:, 0], at[:, 1]], len(iou), iou.shape[1], n_split)


def window_diff(first: Spans, second: Spans) -> float:
    """The share of windows in which two coders set another number of boundaries.

    Pevzner and Hearst (2002), equation 3, for one transcript; the window is half the mean distance
    of boundaries, those of both coders taken together. 0 is perfect. nan without boundaries.

    >>> one = Spans.of([("a", "x", 2, 6)], 12)
    >>> window_diff(one, one)
    0.0
    """
    length = int(first.length[0])
    edges = [np.union1d(spans.start, spans.end) for spans in (first, second)]
    edges = [e[(e > 0) & (e < length)] for e in edges]
    n = len(edges[0]) + len(edges[1])
    if not n:
        return float("nan")
    window = max(1, round(length / (n / 2 + 1) / 2))
    if window >= length:
        return float("nan")
    counts = []
    for found in edges:
        marks = np.zeros(length + 1, int)
        marks[found] = 1
        total = np.cumsum(marks)
        counts.append(total[window:] - total[:-window])
    return float((counts[0] != counts[1]).mean())


def _blind(material: Material) -> np.ndarray:
    """bool (n_segments, n_coders): who coded which segment so that it may be compared. Spans in
    other segments are left out, on both sides."""
    made = np.zeros(material.table.codings.values.shape, bool)
    made[:, list(material.table.humans)] = material.blind.values >= 0
    return made


def _pair(spans: Spans, a: int, b: int) -> tuple[tuple, np.ndarray]:
    ious, starts, ends, differ, weights = [], [], [], [], []
    n_first = n_second = n_matched = split_by_second = split_by_first = 0
    for number in np.unique(spans.transcript):
        here = spans.of_transcript(int(number))
        first, second = here.of_coder(a), here.of_coder(b)
        found = match(first, second)
        split_by_second += found.n_split
        split_by_first += match(second, first).n_split
        n_first, n_second = n_first + found.n_first, n_second + found.n_second
        n_matched += len(found.iou)
        ious.append(found.iou)
        starts.append(np.abs(first.start[found.first] - second.start[found.second]))
        ends.append(np.abs(first.end[found.first] - second.end[found.second]))
        score = window_diff(first, second)
        if not np.isnan(score):
            differ.append(score)
            weights.append(int(here.length[0]))
    iou, start, end = map(np.concatenate, (ious, starts, ends))
    some = len(iou) > 0
    row = (
        spans.coders[a],
        spans.coders[b],
        n_first,
        n_second,
        n_matched,
        2 * n_matched / max(n_first + n_second, 1),
        float(np.median(iou)) if some else 0.0,
        float((iou >= 0.9).mean()) if some else 0.0,
        float((iou >= 0.5).mean()) if some else 0.0,
        float(np.median(start)) if some else None,
        float(np.median(end)) if some else None,
        split_by_second,
        split_by_first,
        float(np.average(differ, weights=weights)) if differ else None,
    )
    return row, iou


def _family(material: Material, spans: Spans, humans: list[int], complete: np.ndarray):
    """The unitizing alphas over segments that every coder coded; code by code where a coder's
    spans overlap, which these coefficients do not know. `complete` is bool (n_spans,)."""
    kept = spans.select(complete & np.isin(spans.coder, humans))
    place = np.full(len(spans.coders), -1)
    place[humans] = np.arange(len(humans))
    kept = Spans(
        kept.transcript, place[kept.coder], kept.value, kept.start, kept.end, kept.length,
        kept.transcripts, tuple(spans.coders[h] for h in humans), kept.values,
    )  # fmt: skip
    rows, estimates, refused = [], [], []
    for coefficient in (UAlpha("u"), UAlpha("cu"), UAlpha1995()):
        try:
            found = material.figure(coefficient.definition, coefficient.tally(kept))
            rows.append(("(all)", *agreement_row(found)))
        except InputError:
            refused.append(
                f"{coefficient.definition}, all codes at once: spans of one coder overlap, and it "
                "is for codings that exclude each other. It stands code by code."
            )
    for value, name in enumerate(kept.values):
        one = kept.select(kept.value == value)
        if not len(one.start):
            continue
        one = _merged(one)
        for coefficient in (UAlpha("bar_u"), UAlpha1995()):
            found = material.figure(coefficient.definition, coefficient.tally(one))
            rows.append((name, *agreement_row(found)))
            if coefficient.definition.startswith("|"):
                estimates.append(
                    Estimate(material.name(name), found.value, found.low, found.high, found.note)
                )
    rows += _gamma(kept, refused)
    return rows, estimates, refused


def _merged(one: Spans) -> Spans:
    """Spans of one code; those of one coder that overlap are one."""
    kept: list[list[int]] = []
    for row in zip(one.transcript, one.coder, one.value, one.start, one.end, strict=True):
        last = kept[-1] if kept else None
        if last and last[:2] == list(row[:2]) and row[3] < last[4]:
            last[4] = max(last[4], int(row[4]))
        else:
            kept.append([int(cell) for cell in row])
    columns = np.array(kept, np.int64).T
    return Spans(*columns, one.length, one.transcripts, one.coders, one.values)


def _gamma(spans: Spans, refused: list[str]) -> list[tuple]:
    """Gamma of the transcript with the fewest spans, as far as the budget goes."""
    n = np.bincount(spans.transcript, minlength=len(spans.transcripts))
    fits = np.flatnonzero((n >= 2 * len(spans.coders)) & (n <= MAX_GAMMA_SPANS))
    if not len(fits):
        refused.append(
            f"Gamma: no transcript has between {2 * len(spans.coders)} and {MAX_GAMMA_SPANS} spans; "
            "its best alignment is exact and slow."
        )
        return []
    rows = []
    for number in fits[:3]:
        one = spans.of_transcript(int(number))
        try:
            found = Gamma().compute(one)
        except InputError as error:
            refused.append(f"Gamma of {spans.transcripts[number]}: {error}.")
            continue
        rows.append((f"(all, {spans.transcripts[number]})", *agreement_row(found)))
    return rows
