"""Block 7: do coders, or the codebook, change on the way?"""

from __future__ import annotations

import numpy as np

from themes.codings import Codings
from themes.stages.audit.block import (
    AGREEMENT,
    Block,
    Dots,
    Estimate,
    Lines,
    agreement_row,
    table,
)
from themes.stages.audit.material import Material
from themes.statistics import _distances
from themes.statistics._coefficient import share_of_pairs

N_STRETCHES = 8
MIN_TRANSCRIPTS = 6
N_PERMUTATIONS = 999
_THIRDS = ("first third", "middle third", "last third")


def drift(material: Material) -> Block:
    """Agreement and use of codes over the order of coding, versions, and place in the transcript."""
    title = "Change over time"
    blind = material.blind
    if not blind.shared.any():
        return Block("drift", title, refused=("Drift: nothing was coded by two coders.",))
    says, tables, charts, refused = [], [], [], []
    for part in (_over_time, _by_version, _in_transcript):
        more = part(material)
        says += more[0]
        tables += more[1]
        charts += more[2]
        refused += more[3]
    return Block("drift", title, tuple(says), tuple(tables), tuple(charts), tuple(refused))


def change_point(
    series: np.ndarray, seed: int, n_permutations: int = N_PERMUTATIONS
) -> tuple[int, float]:
    """After how many entries the mean changes most, and how often chance does as much.

    `series` float64 (n,) without nan, one entry a transcript in the order of coding. The largest
    excursion of the cumulative sum (CUSUM, Page 1954), against permutations of the entries.

    >>> change_point(np.array([1., 1, 1, 1, 1, 0, 0, 0, 0, 0]), seed=1)[0]
    5
    """
    centred = series - series.mean()
    path = np.abs(np.cumsum(centred))[:-1]
    if not len(path) or path.max() < 1e-12:
        return 0, 1.0
    rng = np.random.default_rng(seed)
    shuffled = rng.permuted(np.tile(centred, (n_permutations, 1)), axis=1)
    chance = np.abs(np.cumsum(shuffled, axis=1))[:, :-1].max(axis=1)
    p = (1 + (chance >= path.max() - 1e-12).sum()) / (1 + n_permutations)
    return int(np.argmax(path)) + 1, float(p)


def likeness(material: Material, codings: Codings) -> np.ndarray:
    """float64 (n_segments,): mean likeness of a segment's pairs of codings, 1 the same; nan where
    fewer than two coded it."""
    measure = _distances.masi if material.table.level == "codes" else _distances.interval
    apart = measure(codings)
    return np.where(
        codings.shared, share_of_pairs(codings, 1 - apart / max(apart.max(), 1e-12)), np.nan
    )


def _over_time(material: Material):
    table_, blind = material.table, material.blind
    if table_.at is None:
        return [], [], [], [
            "Drift over time: the table has no column time, so the order of coding is not known."
        ]  # fmt: skip
    at = np.where(blind.values >= 0, table_.at[:, list(table_.humans)], np.nan)
    known = ~np.isnan(at).all(axis=1)
    when = np.full(len(at), np.nan)
    when[known] = np.nanmax(at[known], axis=1)  # a pair is complete when the last has coded
    like = likeness(material, blind)
    usable = ~np.isnan(when) & ~np.isnan(like)
    if usable.sum() < N_STRETCHES:
        return [], [], [], ["Drift over time: too few segments have a time and two codings."]
    order = np.argsort(when, kind="stable")
    order = order[usable[order]]
    stretches = np.array_split(order, N_STRETCHES)
    rows, points = [], []
    for number, rows_of in enumerate(stretches, 1):
        part = blind.of_segments(rows_of)
        found = material.main.compute(part)
        rows.append((number, len(rows_of), found.value, float(like[rows_of].mean()), found.note))
        points.append(f"{number}")
    columns = (
        ("stretch", "count"), ("segments", "count"), ("value", "score"), ("likeness", "score"),
        ("note", "text"),
    )  # fmt: skip
    across = "order of coding, in eighths"
    lines = [("agreement", tuple(np.nan if row[2] is None else row[2] for row in rows))]
    charts = [
        Lines(
            f"{material.main.definition} over the order of coding",
            tuple(points),
            tuple(lines),
            "agreement",
            across,
        )
    ]
    says, tables, breadth = [], [table("over_time", columns, rows)], []
    changes = [_change(material, "agreement of coders", like, when)]
    sizes = blind.members.sum(axis=1) if blind.ratings is None else blind.ratings
    for number, coder in enumerate(blind.coders):
        own = np.where(blind.values[:, number] >= 0, sizes[blind.values[:, number]], np.nan)
        changes.append(_change(material, f"{_what(material)}, {coder}", own, at[:, number]))
        mine = [own[rows_of][~np.isnan(own[rows_of])] for rows_of in stretches]
        breadth.append((coder, tuple(float(m.mean()) if len(m) else np.nan for m in mine)))
    charts.append(
        Lines(f"{_what(material)} by coder", tuple(points), tuple(breadth), _what(material), across)
    )
    columns = (
        ("what", "text"), ("transcripts", "count"), ("change_after", "text"), ("before", "score"),
        ("after", "score"), ("p", "score"), ("note", "text"),
    )  # fmt: skip
    tables.append(table("change_points", columns, changes))
    clear = [row for row in changes if row[5] is not None and row[5] < 0.05]
    for row in clear:
        says.append(
            f"{row[0]}: {row[3]:.2f} up to {row[2]}, {row[4]:.2f} after it (p = {row[5]:.3f}, "
            "transcripts permuted)."
        )
    if not clear:
        says.append(
            "No change over the order of coding is larger than transcripts differ by chance."
        )
    if len(clear) > 1 or len(changes) > 3:
        says.append(f"{len(changes)} series were tested, none corrected for that.")
    return says, tables, charts, []


def _what(material: Material) -> str:
    return "codes a segment" if material.table.level == "codes" else "mean rating"


def _change(material: Material, what: str, of: np.ndarray, when: np.ndarray):
    """One entry a transcript, in the order in which transcripts were coded."""
    owner, names = material.blind.owner, material.blind.transcripts
    known = ~np.isnan(of) & ~np.isnan(when)
    present = np.unique(owner[known])
    if len(present) < MIN_TRANSCRIPTS:
        note = f"{len(present)} transcripts; {MIN_TRANSCRIPTS} are needed"
        return what, len(present), None, None, None, None, note
    n = np.bincount(owner[known], minlength=len(names))[present]
    mean = np.bincount(owner[known], of[known], len(names))[present] / n
    start = np.array([when[known & (owner == t)].min() for t in present])
    order = np.argsort(start, kind="stable")
    series = mean[order]
    after, p = change_point(series, material.settings.how.seed)
    if not after:
        return what, len(present), None, float(series.mean()), None, 1.0, "nothing varies"
    place = names[present[order[after - 1]]]
    return (
        what, len(present), place, float(series[:after].mean()), float(series[after:].mean()), p, "",
    )  # fmt: skip


def _by_version(material: Material):
    table_, blind = material.table, material.blind
    if table_.version is None:
        return [], [], [], ["By version of the codebook: the table has no column version."]
    version = np.where(blind.values >= 0, table_.version[:, list(table_.humans)], -1).max(axis=1)
    rows, estimates = [], []
    for number, name in enumerate(table_.versions):
        found = material.measure(material.main, blind.of_segments(version == number))
        rows.append((name, *agreement_row(found)))
        estimates.append(Estimate(name, found.value, found.low, found.high, found.note))
    tables = [table("per_version", (("version", "text"), *AGREEMENT), rows)]
    charts = [Dots("By version of the codebook", tuple(estimates), (), material.main.definition)]
    return [], tables, charts if len(rows) > 1 else [], []


def _in_transcript(material: Material):
    """Fatigue: agreement by place in the transcript."""
    blind = material.blind
    n = np.bincount(blind.owner, minlength=len(blind.transcripts))
    first = np.concatenate([[0], np.cumsum(n)[:-1]])
    # Segments of a transcript stand together, in the order of the table.
    order = np.argsort(blind.owner, kind="stable")
    place = np.empty(len(order))
    place[order] = np.arange(len(order)) - first[blind.owner[order]]
    third = np.minimum((3 * place / np.maximum(n[blind.owner], 1)).astype(int), 2)
    rows, estimates = [], []
    for number, name in enumerate(_THIRDS):
        found = material.measure(material.main, blind.of_segments(third == number))
        rows.append((name, *agreement_row(found)))
        estimates.append(Estimate(name, found.value, found.low, found.high, found.note))
    tables = [table("place_in_transcript", (("place", "text"), *AGREEMENT), rows)]
    return [], tables, [Dots("By place in the transcript", tuple(estimates))], []
