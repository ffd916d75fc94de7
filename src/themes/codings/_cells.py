"""A long table to arrays: one cell for each segment and coder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
import pandas as pd

from themes.codings.arrays import Codings
from themes.errors import InputError

MAX_CELLS = 2_000_000_000
_YES, _NO = {"true", "1", "yes", "y"}, {"false", "0", "no", "n"}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Cells:
    """What a long table holds, as `CodingTable` describes it; `marked` is int64 (n, 6):
    transcript, coder, code, start, end, segment, of first codings."""

    codings: Codings
    segments: tuple[str, ...]
    coders: tuple[str, ...]
    again: Codings | None
    shown: np.ndarray | None
    at: np.ndarray | None
    version: np.ndarray | None
    versions: tuple[str, ...]
    marked: np.ndarray | None
    questions: tuple[str, ...] | None
    texts: tuple[str, ...] | None
    reasons: tuple[str, ...] | None


def cells_of(
    frame: pd.DataFrame, level: str, codebook: Sequence[str] | None
) -> tuple[Cells, list[str]]:
    """The arrays, and notes. Raises InputError for a cell that cannot be understood."""
    notes: list[str] = []
    first = frame
    key = [c for c in frame.columns if c not in ("text", "question", "reason")]
    doubled = frame.duplicated(key)
    if doubled.any():
        notes.append(f"{int(doubled.sum())} rows stand twice and were counted once")
        frame = frame[~doubled]
    transcript, transcripts = pd.factorize(frame["transcript"])
    segment, keys = pd.MultiIndex.from_arrays([transcript, frame["segment"]]).factorize()
    # By transcript, and within one in the order of the table.
    order = np.argsort(keys.get_level_values(0).to_numpy(), kind="stable")
    place = np.empty(len(order), int)
    place[order] = np.arange(len(order))
    segment = place[segment]
    owner = keys.get_level_values(0).to_numpy()[order].astype(np.int32)
    coder, coders = pd.factorize(frame["coder"], sort=True)
    shape = (len(order), len(coders))
    round_ = _rounds(frame, notes)
    at = segment * shape[1] + coder
    make = _numbers if level != "codes" else _sets
    names, values, members, ratings = make(frame, at, round_, shape, codebook, notes)
    parts = (owner, tuple(map(str, coders)), names, tuple(map(str, transcripts)), ratings)

    def codings(grid: np.ndarray) -> Codings:
        return Codings(grid, members, parts[0], parts[1], parts[2], parts[3], parts[4])

    again = codings(values[1]) if len(values) > 1 else None
    initial = frame[round_ == 0]
    spot = at[round_ == 0]
    version, versions = _versions(initial, spot, shape)
    return (
        Cells(
            codings(values[0]),
            tuple(map(str, keys.get_level_values(1).to_numpy()[order])),
            parts[1],
            again,
            _shown(initial, spot, shape),
            _times(initial, spot, shape, notes),
            version,
            versions,
            _marked(frame, transcript, coder, segment, round_, names, notes)
            if level == "codes"
            else None,
            _of_segments(first, "question", segment, doubled, shape[0]),
            _of_segments(first, "text", segment, doubled, shape[0]),
            _of_segments(first, "reason", segment, doubled, shape[0]),
        ),
        notes,
    )


def _sets(frame, at, round_, shape, codebook, notes):
    """Sets of codes; the empty set where somebody read a segment and gave none."""
    given = frame["code"] != ""
    if not given.any():
        raise InputError("no row of the table has a code; there is nothing to compare")
    found = sorted(set(frame["code"][given]))
    names = found
    if codebook is not None:
        unknown = [name for name in found if name not in codebook]
        for name in unknown:
            near = get_close_matches(name, codebook, 1)
            n = int((frame["code"] == name).sum())
            notes.append(
                f"{name!r} ({n} rows) is not in the codebook; it was taken as a code of its own"
                + (f"; is it {near[0]!r}?" if near else "")
            )
        names = [*codebook, *unknown]
    if shape[0] * shape[1] * len(names) > MAX_CELLS:
        raise InputError(
            f"{shape[0]:,} segments x {shape[1]} coders x {len(names)} codes are too many for "
            "this machine's memory; audit the transcripts in parts"
        )
    column = {name: number for number, name in enumerate(names)}
    code = frame["code"].map(column).fillna(-1).to_numpy(int)
    grids, read = [], []
    for turn in range(max(round_) + 1):
        rows = round_ == turn
        dense = np.zeros((shape[0] * shape[1], len(names)), bool)
        dense[at[rows & (code >= 0)], code[rows & (code >= 0)]] = True
        seen = np.zeros(len(dense), bool)
        seen[at[rows]] = True
        empty_too = np.unique(at[rows & (code < 0)])
        n_both = int(dense[empty_too].any(axis=1).sum())
        if n_both:
            notes.append(f"{n_both} codings say both none and a code; the codes were kept")
        grids.append(dense)
        read.append(seen)
    members, values = _distinct(np.concatenate(grids), np.concatenate(read))
    if not any((~dense[seen].any(axis=1)).any() for dense, seen in zip(grids, read, strict=True)):
        notes.append(
            "no row says that a segment was read and got no code: a segment without a row of a "
            "coder was taken as not coded by that coder. If it was read, add a row with an empty code"
        )
    return tuple(names), values.reshape(len(grids), *shape), members, None


def _distinct(dense: np.ndarray, seen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distinct rows of `dense` that were seen, and which one each row is; -1 unseen."""
    packed = np.packbits(dense, axis=1)
    width = -(-packed.shape[1] // 8) * 8
    padded = np.zeros((len(packed), width), np.uint8)
    padded[:, : packed.shape[1]] = packed
    whole = padded.view(np.uint64 if width == 8 else np.dtype((np.void, width))).ravel()
    _, first, place = np.unique(whole[seen], return_index=True, return_inverse=True)
    values = np.full(len(dense), -1, np.int32)
    values[seen] = place
    return dense[seen][first], values


def _numbers(frame, at, round_, shape, codebook, notes):
    """One number a segment and coder; an empty cell is no rating."""
    number = pd.to_numeric(frame["code"].where(frame["code"] != ""), errors="coerce")
    bad = frame["code"][(frame["code"] != "") & number.isna()]
    if len(bad):
        raise InputError(
            f"{len(bad)} values are not numbers, so that they have no order (the first stands in "
            f"row {bad.index[0] + 2}); number the steps, or audit them as codes (--level codes)"
        )
    known = number.notna().to_numpy()
    steps, place = np.unique(number[known].to_numpy(float), return_inverse=True)
    grids = np.full((max(round_) + 1, shape[0] * shape[1]), -1, np.int32)
    spots = pd.Series(at[known] + round_[known] * shape[0] * shape[1])
    twice = spots[spots.duplicated()]
    if len(twice):
        raise InputError(
            f"{len(twice)} segments have two ratings by one coder; a rating is one number: keep "
            "one, or give the second coding a column round"
        )
    grids[round_[known], at[known]] = place
    members = np.eye(len(steps), dtype=bool)
    return tuple(f"{s:g}" for s in steps), grids.reshape(-1, *shape), members, steps


def _rounds(frame: pd.DataFrame, notes: list[str]) -> np.ndarray:
    """0 for the first coding, 1 for a later one."""
    if "round" not in frame:
        return np.zeros(len(frame), int)
    names = sorted(set(frame["round"]), key=lambda name: (len(name), name))
    if len(names) > 2:
        notes.append(f"of {len(names)} rounds the first two were compared: {names[0]}, {names[1]}")
    place = {name: min(number, 1) for number, name in enumerate(names)}
    return frame["round"].map(place).to_numpy(int)


def _shown(frame: pd.DataFrame, at: np.ndarray, shape: tuple[int, int]) -> np.ndarray | None:
    if "shown" not in frame:
        return None
    word = frame["shown"].str.lower()
    bad = frame.index[~word.isin(_YES | _NO | {""})]
    if len(bad):
        raise InputError(
            f"{len(bad)} cells of the column shown are neither yes nor no (the first in row "
            f"{bad[0] + 2}); write true or false"
        )
    flat = np.full(shape[0] * shape[1], -1, np.int8)
    flat[at[word.isin(_NO)]] = 0
    # A coding of which any part was made with suggestions in sight is not blind.
    flat[at[word.isin(_YES)]] = 1
    return flat.reshape(shape)


def _times(frame, at, shape, notes) -> np.ndarray | None:
    if "time" not in frame or (frame["time"] == "").all():
        return None
    number = pd.to_numeric(frame["time"], errors="coerce")
    if number.isna().mean() > 0.5:
        stamp = pd.to_datetime(frame["time"], errors="coerce", utc=True, format="ISO8601")
        number = (stamp - pd.Timestamp(0, tz="UTC")).dt.total_seconds()
    n_bad = int((number.isna() & (frame["time"] != "")).sum())
    if n_bad:
        notes.append(f"{n_bad} times could not be read; write them as 2026-05-31T14:05:00")
    if number.isna().all():
        return None
    flat = np.full(shape[0] * shape[1], np.nan)
    known = number.notna().to_numpy()
    # The first act on a segment is when it was coded.
    np.fmin.at(flat, at[known], number[known].to_numpy(float))
    return flat.reshape(shape)


def _versions(frame, at, shape) -> tuple[np.ndarray | None, tuple[str, ...]]:
    if "version" not in frame or (frame["version"] == "").all():
        return None, ()
    names = sorted(set(frame["version"]) - {""})
    flat = np.full(shape[0] * shape[1], -1, int)
    known = (frame["version"] != "").to_numpy()
    place = {name: number for number, name in enumerate(names)}
    flat[at[known]] = frame["version"][known].map(place).to_numpy(int)
    return flat.reshape(shape), tuple(names)


def _marked(frame, transcript, coder, segment, round_, names, notes) -> np.ndarray | None:
    if "start" not in frame or "end" not in frame:
        return None
    start, end = (pd.to_numeric(frame[c], errors="coerce") for c in ("start", "end"))
    given = (frame["code"] != "").to_numpy()
    right = given & ((start >= 0) & (end > start)).to_numpy()
    n_bad = int(given.sum() - right.sum())
    if n_bad:
        notes.append(f"{n_bad} rows have no start and end that make a stretch; not in boundaries")
    column = {name: number for number, name in enumerate(names)}
    code = frame["code"].map(column).fillna(-1).to_numpy(int)
    columns = [transcript, coder, code, start.fillna(0), end.fillna(0), segment]
    return np.column_stack(columns)[right & (round_ == 0)].astype(np.int64)


def _of_segments(frame, name, segment, doubled, n) -> tuple[str, ...] | None:
    """What is said of a segment by the first row that says it."""
    if name not in frame:
        return None
    found = [""] * n
    for place, said in zip(segment, frame[name][~doubled], strict=True):
        if said and not found[place]:
            found[place] = str(said)
    return tuple(found)
