"""A file that holds a table of codings: csv, tsv, xlsx or parquet, to a frame of text."""

from __future__ import annotations

import csv
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import pandas as pd

from themes.errors import ReadError

_SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")


def load(path: Path, sheet: str | None = None) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The rows of a table, every cell as text, and what should be known about the reading.

    A csv may be apart by commas, semicolons or tabs, in UTF-8 or, failing that, Windows-1252. Of a
    workbook the first sheet is read, or `sheet`. Raises ReadError for merged cells, for rows that
    are longer than the head, and for what is no table.
    """
    suffix = path.suffix.lower()
    if suffix not in _SUFFIXES:
        raise ReadError(path, "is of no kind that holds a table", "give a csv, xlsx or parquet")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(path, f"cannot be opened ({error.strerror})", "check the name") from None
    if not data.strip():
        raise ReadError(path, "is empty", "export the codings again")
    if suffix == ".xlsx":
        return _workbook(path, data, sheet)
    if suffix == ".parquet":
        try:
            return pd.read_parquet(BytesIO(data)), ()
        except (OSError, ValueError) as error:
            raise ReadError(path, f"is no parquet file ({type(error).__name__})") from None
    return _csv(path, data)


def _csv(path: Path, data: bytes) -> tuple[pd.DataFrame, tuple[str, ...]]:
    notes: tuple[str, ...] = ()
    try:
        head = data[:100_000].decode("utf-8-sig", errors="strict" if len(data) < 1e5 else "ignore")
        data.decode("utf-8")
        encoding = "utf-8-sig"
    except UnicodeDecodeError:
        encoding = "cp1252"
        head = data[:100_000].decode(encoding, errors="replace")
        notes = ("the table is not UTF-8 and was read as Windows-1252",)
    first = head.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        frame = pd.read_csv(
            BytesIO(data),
            sep=delimiter,
            dtype=str,
            keep_default_na=False,
            encoding=encoding,
            index_col=False,
            low_memory=False,
        )
    except (
        pd.errors.ParserError,
        pd.errors.EmptyDataError,
        UnicodeDecodeError,
        csv.Error,
    ) as error:
        place = "".join(c if c.isdigit() else " " for c in str(error)).split()
        line = int(place[1]) if len(place) > 2 else None
        raise ReadError(
            path, "is no table: a row has more cells than the head", "export it again", line=line
        ) from None
    return frame, notes


def _workbook(path: Path, data: bytes, sheet: str | None) -> tuple[pd.DataFrame, tuple[str, ...]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(data), data_only=True)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise ReadError(
            path, f"is damaged or no workbook ({type(error).__name__})", "save it again as .xlsx"
        ) from None
    if sheet is not None and sheet not in book.sheetnames:
        raise ReadError(
            path, f"has no sheet {sheet!r}", "there are " + ", ".join(book.sheetnames[:8])
        )
    page = book[sheet] if sheet is not None else book.worksheets[0]
    notes: list[str] = []
    if sheet is None and len(book.sheetnames) > 1:
        notes.append(f"of {len(book.sheetnames)} sheets the first was read: {page.title}")
    if page.merged_cells.ranges:
        where = ", ".join(sorted(str(r) for r in page.merged_cells.ranges)[:3])
        raise ReadError(
            path,
            f"has {len(page.merged_cells.ranges)} merged cells ({where})",
            "unmerge them and fill every cell, so that each row says all of itself",
        )
    rows = [row for row in page.iter_rows(values_only=True) if any(c is not None for c in row)]
    if len(rows) < 2:
        raise ReadError(path, "has no rows below its head", "export the codings again")
    width = max((n for n, cell in enumerate(rows[0], 1) if cell is not None), default=0)
    if any(cell is None for cell in rows[0][:width]):
        raise ReadError(path, "has a column without a name", "name every column", line=1)
    frame = pd.DataFrame(
        [row[:width] for row in rows[1:]], columns=[str(c) for c in rows[0][:width]]
    )
    return frame, tuple(notes)
