"""Comma-separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from themes.errors import ReadError
from themes.grammar.decoding import decode
from themes.grammar.identity import source_of
from themes.readers._tables import transcripts_of
from themes.records import Transcript

_DELIMITERS = ",;\t|"
_ONE_COLUMN = "\x1f"  # stands in no text
_SAMPLE_ROWS = 50
# A whole interview may stand in one cell; the library's own limit is 128 KiB.
csv.field_size_limit(2**31 - 1)


class Csv:
    """Tables of speech: comma, semicolon, tab or | separated.

    The columns of speech, speaker, start, end and transcript are known by name (English, Dutch,
    German); without a name for the speech, the column of the longest cells is taken, with a note.
    Cells that hold a whole labelled dialogue make a transcript each. Raises ReadError with the
    line for broken quoting, and with the columns when none holds speech. Format: RFC 4180.
    """

    suffixes: tuple[str, ...] = (".csv",)
    name = "csv"

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The transcripts in the file at `path`."""
        data = path.read_bytes()
        decoded = decode(data, path)
        # The BOM of a file joined from others may stand twice.
        text = decoded.text.lstrip("\ufeff")
        notes = list(decoded.notes)
        rows = _rows(text, _delimiter(text), path, notes)
        source = source_of(path, data, self.name, decoded.encoding, notes)
        return transcripts_of(rows, path, source)


def _parse(text: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    # newline="" leaves line ends to the csv module: LF inside a cell, CRLF between records.
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def _rows(text: str, delimiter: str, path: Path, notes: list[str]) -> list[list[str]]:
    rows: list[list[str]] = []
    line = 1
    reader = _parse(text, delimiter, strict=True)
    try:
        for row in reader:
            rows.append(row)
            line = reader.line_num + 1
    except csv.Error as error:
        if "end of data" in str(error):
            raise ReadError(
                path.name, "has a quote that is never closed", "close it", line=line
            ) from None
        notes.append(f"The quotes are not well-formed from line {line} on; check the rows there.")
        rows = list(_parse(text, delimiter, strict=False))
    width = next((len(row) for row in rows if len(row) > 1), 1)
    n_wide = sum(any(map(str.strip, row[width:])) for row in rows)
    if n_wide:
        notes.append(f"Rows with more cells than columns, joined to the last column: {n_wide}.")
    return [[*row[: width - 1], delimiter.join(row[width - 1 :])] for row in rows if row]


def _delimiter(text: str) -> str:
    """The delimiter by which most rows have as many cells as the first one, and it more than one.

    A row with more cells may hold a delimiter in its speech, unquoted.
    """
    best, most = "", (0.5, 0.0)
    for delimiter in _DELIMITERS:
        rows = islice(filter(None, _parse(text, delimiter, strict=False)), _SAMPLE_ROWS)
        widths = [len(row) for row in rows]
        if widths and widths[0] > 1:
            shares = (
                sum(width >= widths[0] for width in widths) / len(widths),
                sum(width == widths[0] for width in widths) / len(widths),
            )
            if shares > most:
                best, most = delimiter, shares
    return best or _ONE_COLUMN
