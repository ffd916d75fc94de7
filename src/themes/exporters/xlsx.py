"""An Excel workbook, for people: right in every country's Excel, and no cell is a formula.

Text cells are stored as text, whatever they start with; numbers as numbers, so that each Excel
shows its own decimal sign. Two sheets: the suggestions, and all segments.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from themes.atomic import write_file
from themes.exporters._archive import archive
from themes.exporters.tables import Cell, Column, Table, segments, suggestions
from themes.records import Study

MAX_CELL_CHARS = 32_767  # Excel's own limit, in UTF-16 units
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WIDTHS = {"text": 70, "evidence": 50, "segment": 18, "code": 30}
_SPOKEN = ("text", "evidence")  # wrapped; a style a cell is slow, so no others
# openpyxl puts the present time here; the file says nothing about when it was made.
_PROPERTIES = "docProps/core.xml"
_NO_PROPERTIES = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties"/>'
)


class Xlsx:
    """Writes the suggestions and the segments of a study as a workbook of two sheets."""

    def write(self, study: Study, path: Path) -> tuple[str, ...]:
        """Both tables; says what did not survive. Raises ExportError."""
        tables = (suggestions(study), segments(study))
        write_file(path, self.encode(*tables))
        texts = [c for table in tables for row in table.rows for c in row if isinstance(c, str)]
        n_cut = sum(len(_cut(text)) < len(text) for text in texts)
        n_marked = sum(_UNWRITABLE.search(text) is not None for text in texts)
        lost = [
            "The codebook's names and definitions are not in this file; codes stand by their ids."
        ]
        if n_cut:
            lost.append(f"{n_cut} cells were cut at Excel's limit of {MAX_CELL_CHARS} characters.")
        if n_marked:
            lost.append(f"Control characters in {n_marked} cells were replaced by U+FFFD.")
        return tuple(lost)

    def encode(self, *tables: Table) -> bytes:
        """The bytes of a workbook, a sheet a table.

        >>> from themes.exporters.tables import Column
        >>> Xlsx().encode(Table("t", (Column("a"),), (("=1+1",),)))[:2]
        b'PK'
        """
        workbook = Workbook(write_only=True)
        for table in tables:
            sheet = workbook.create_sheet(table.name[:31])
            sheet.freeze_panes = "A2"
            for number, column in enumerate(table.columns, 1):
                sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(
                    column.name, 14
                )
            sheet.append([_heading(sheet, column.name) for column in table.columns])
            for row in table.rows:
                sheet.append(
                    _cell(sheet, cell, column)
                    for cell, column in zip(row, table.columns, strict=True)
                )
        buffer = BytesIO()
        workbook.save(buffer)
        with ZipFile(buffer) as made:
            return archive(
                (name, _NO_PROPERTIES if name == _PROPERTIES else made.read(name))
                for name in sorted(made.namelist())
            )


def _heading(sheet: Any, name: str) -> WriteOnlyCell:
    cell = _cell(sheet, name, Column(name))
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Cell, column: Column) -> WriteOnlyCell | None:
    if value is None:
        return None
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value)
        if column.kind == "score":
            cell.number_format = "0.000"
        return cell
    cell = WriteOnlyCell(sheet, _UNWRITABLE.sub("\ufffd", _cut(value)))
    cell.data_type = "s"  # openpyxl takes a leading = for a formula
    if column.name in _SPOKEN:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cut(text: str) -> str:
    if len(text) * 2 <= MAX_CELL_CHARS:
        return text
    units = text.encode("utf-16-le")[: MAX_CELL_CHARS * 2]
    return units.decode("utf-16-le", errors="ignore")
