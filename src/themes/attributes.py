"""Participant attributes: a table with one row a transcript."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from themes.errors import InputError, ReadError

# Parts of column names that say that a column names or reaches somebody: an attribute is written
# beside every segment, into every output.
_IDENTIFYING = (
    "name naam mail phone telefoon mobile mobiel contact adres address postcode zip birth geboorte "
    "dob bsn mrn"
).split()


def load(path: Path) -> dict[str, Mapping[str, str]]:
    """Attributes by transcript: {file stem or transcript id: {column: value}}.

    A csv file (comma, semicolon or tab; UTF-8) whose first column is "transcript", the file name
    with or without its suffix; every other column is an attribute. Raises ReadError with the line
    for a doubled or empty transcript, for a row of the wrong length, and for a column that
    identifies somebody (name, email, phone, ...).
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ReadError(
            path, f"cannot be opened ({error.strerror})", "check --attributes"
        ) from None
    except UnicodeDecodeError:
        raise ReadError(path, "is not UTF-8", "save the table as CSV UTF-8") from None
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if not rows or [cell.strip().lower() for cell in rows[0][:1]] != ["transcript"]:
        raise ReadError(
            path, 'has no first column "transcript"', "name the first column so", line=1
        )
    columns = [cell.strip() for cell in rows[0][1:]]
    for column in columns:
        if any(part in column.lower() for part in _IDENTIFYING):
            raise ReadError(
                path,
                f"the column {column!r} identifies people and would be in every table",
                "leave it out",
                line=1,
            )
    if len(set(columns)) != len(columns) or "" in columns:
        raise ReadError(path, "has a doubled or empty column name", "name each once", line=1)
    found: dict[str, Mapping[str, str]] = {}
    for line, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(rows[0]):
            raise ReadError(path, f"has {len(row)} cells, the head has {len(rows[0])}", line=line)
        key = stem(row[0])
        if not key or key in found:
            raise ReadError(path, "names no transcript, or one that stands above", line=line)
        found[key] = MappingProxyType(
            {c: v.strip() for c, v in zip(columns, row[1:], strict=True) if v.strip()}
        )
    if not found:
        raise InputError(f"{path}: has no rows; add one for each transcript")
    return found


def stem(name: str) -> str:
    """What a row and a file are matched by: the name without folder and suffix, lower case.

    >>> stem("Interview 3.DOCX") == stem("interview 3")
    True
    """
    name = name.strip().replace("\\", "/").rpartition("/")[2].lower()
    head, dot, tail = name.rpartition(".")
    # Letters only: in "P1.2" the 2 is part of the name.
    return head if dot and head and tail.isalpha() and len(tail) <= 8 else name
