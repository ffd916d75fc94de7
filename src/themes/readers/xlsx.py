"""Excel."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from themes.errors import ReadError
from themes.grammar.identity import slug, source_of, transcript_id_from
from themes.readers._archive import Archive
from themes.readers._tables import Cell, Rows, holds_speech, transcripts_of
from themes.records import Transcript

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, DefusedXmlException,
    LookupError, ValueError, TypeError, AttributeError, EOFError, OSError, RuntimeError,
)  # fmt: skip


class Xlsx:
    """Excel workbooks, the sheets read as csv is.

    Each visible sheet with a column named like speech is a transcript; if none is, the first
    sheet that is not empty. Formulas count with the value Excel last saved. Raises ReadError for
    damaged or password-protected workbooks. Format: ECMA-376.
    """

    suffixes = (".xlsx", ".xlsm")

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The transcripts in the file at `path`."""
        data = path.read_bytes()
        if data.startswith(_OLE):
            raise ReadError(
                path.name, "is password-protected or an old .xls", "save it as .xlsx, unprotected"
            )
        source = source_of(path, data, "xlsx")
        sheets = [(title, rows) for title, rows in _sheets(path, data) if rows]
        if not sheets:
            raise ReadError(path.name, "has no visible sheet with anything in it", "fill it")
        chosen = [sheet for sheet in sheets if holds_speech(sheet[1])] or sheets[:1]
        if len(sheets) > len(chosen):
            note = f"Sheets without speech, left out: {len(sheets) - len(chosen)}."
            source = replace(source, notes=(*source.notes, note))
        stem = transcript_id_from(path)
        return tuple(
            transcript
            for title, rows in chosen
            for transcript in transcripts_of(
                rows, path, source, stem if len(chosen) == 1 else slug(f"{stem}-{title}")
            )
        )


def _sheets(path: Path, data: bytes) -> list[tuple[str, Rows]]:
    with Archive(path) as archive:
        archive.check()
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and validations that it does not keep; speech is no style.
            warnings.simplefilter("ignore")
            workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            for sheet in workbook.worksheets:
                # The size a sheet declares may be too small, or 17 billion cells for a stray one.
                sheet.reset_dimensions()
            return [
                (sheet.title, list(_cells(sheet.iter_rows(values_only=True))))
                for sheet in workbook.worksheets
                if sheet.sheet_state == "visible"
            ]
    except _DAMAGED:
        raise ReadError(path.name, "is a damaged workbook", "open it and save it again") from None


def _cells(rows: Iterator[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
    """Rows that hold something; "_x000D_" is how Excel writes a carriage return in a cell."""
    for row in rows:
        if any(cell is not None for cell in row):
            yield tuple(unescape(cell) if isinstance(cell, str) else cell for cell in row)
