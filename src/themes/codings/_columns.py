"""Long or wide, and under which names: one long table whatever came in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from themes.errors import InputError

NEEDED = ("segment", "transcript", "coder", "code")
OPTIONAL = (
    "start", "end", "time", "shown", "version", "round", "question", "text", "reason",
)  # fmt: skip
_OF_SEGMENTS = ("segment", "transcript", "question", "text")
_ALSO_CALLED = {"at": "time", "codebook_version": "version"}
_SHOWN_ROWS = 5


@dataclass(frozen=True, slots=True, repr=False)
class LongForm:
    """A frame of the columns above that are there, all text, "" where empty; and notes."""

    frame: pd.DataFrame
    notes: tuple[str, ...]


def long_form(
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    coders: Sequence[str] | None,
    none: tuple[str, ...],
    unit: str,
) -> LongForm:
    """The table in long form. Raises InputError for a column or cell that is missing."""
    if not len(frame.columns) or not len(frame):
        raise InputError("the table has no rows; give one row a code, or one row a segment")
    named = _renamed(frame, columns)
    notes: list[str] = []
    if unit == "transcript" and "transcript" in named:
        named["segment"] = named["transcript"]
        notes.append("the unit is the whole transcript: what is coded in it counts once")
    wide = "coder" not in named and "code" not in named
    if wide and coders is None and not set(_OF_SEGMENTS[:2]) <= set(named):
        raise InputError(_missing(named, NEEDED))
    if wide:
        named = _melted(named, coders, none, notes)
    missing = [name for name in NEEDED if name not in named]
    if missing:
        raise InputError(_missing(named, missing))
    kept = [name for name in (*NEEDED, *OPTIONAL) if name in named]
    left = [str(name) for name in named.columns if name not in kept]
    if left:
        notes.append("columns that were not used: " + ", ".join(left[:12]))
    text = pd.DataFrame({name: _text(named[name]) for name in kept}, index=named.index)
    for name in NEEDED[:3]:
        empty = text.index[text[name] == ""]
        if len(empty):
            raise InputError(
                f"{len(empty)} rows have no {name} (rows {_rows(empty)}); fill every row, "
                "also where a spreadsheet shows one cell over several rows"
            )
    return LongForm(text.reset_index(drop=True), tuple(notes))


def _renamed(frame: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    there = {str(name).strip(): name for name in frame.columns}
    if len(there) < len(frame.columns):
        raise InputError("two columns of the table have the same name; rename one")
    for meant, called in columns.items():
        if meant not in (*NEEDED, *OPTIONAL):
            known = ", ".join((*NEEDED, *OPTIONAL))
            raise InputError(f"{meant!r} is no column that is known here; use one of {known}")
        if called not in there:
            raise InputError(
                f"there is no column {called!r} to take for {meant}; there are "
                + ", ".join(list(there)[:12])
            )
    taken = {there[called]: meant for meant, called in columns.items()}
    for name, original in there.items():
        meant = _ALSO_CALLED.get(name.lower(), name.lower())
        known = meant in (*NEEDED, *OPTIONAL)
        if original not in taken:
            taken[original] = meant if known and meant not in taken.values() else name
    # From 2, as a spreadsheet counts below its head.
    made = frame.rename(columns=taken)
    made.index = pd.RangeIndex(2, len(made) + 2)
    return made


def _melted(
    named: pd.DataFrame, coders: Sequence[str] | None, none: tuple[str, ...], notes: list[str]
) -> pd.DataFrame:
    about = [name for name in _OF_SEGMENTS if name in named]
    columns = list(coders) if coders else [c for c in named.columns if c not in about]
    absent = [name for name in columns if name not in named]
    if absent:
        raise InputError(f"there is no column of a coder {absent[0]!r}")
    if not columns:
        raise InputError(
            "the table has no column of a coder; " + _missing(named, ("coder", "code"))
        )
    for name in columns:
        if set(_text(named[name]).str.lower()) <= {"", "true", "false", "0", "1"} and not coders:
            notes.append(
                f"the column {str(name)!r} holds only yes and no: if it is no coder, name the "
                "coders (--coders)"
            )
    long = named.melt(about, columns, "coder", "code", ignore_index=False)
    long["coder"], long["code"] = long["coder"].astype(str), _text(long["code"])
    long = long[long["code"] != ""]
    read = long["code"].str.lower().isin({word.lower() for word in none})
    if not read.any():
        notes.append(
            f"no cell says that a segment was read and got no code ({' or '.join(none)}): "
            "empty cells were taken as not coded"
        )
    long.loc[read, "code"] = ""
    long["code"] = long["code"].str.split(";")
    return long.explode("code")


def _missing(named: pd.DataFrame, missing: Sequence[str]) -> str:
    there = ", ".join(str(name) for name in list(named.columns)[:12])
    lacking = [name for name in missing if name not in named]
    return (
        f"the table has no column {' and no column '.join(lacking)}; name it so, or say which one "
        f"it is (--column {lacking[0]}=...); its columns are {there}"
    )


def _text(column: pd.Series) -> pd.Series:
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(object)
    if pd.api.types.is_float_dtype(column) and (column.dropna() % 1 == 0).all():
        column = column.astype("Int64")  # 3.0 is what a spreadsheet makes of 3
    return column.astype("string").fillna("").str.strip().astype(object)


def _rows(index: pd.Index) -> str:
    shown = ", ".join(map(str, index[:_SHOWN_ROWS]))
    return shown + (", ..." if len(index) > _SHOWN_ROWS else "")
