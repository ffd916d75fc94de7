"""Comma-separated values, for programs; for Excel there is xlsx.

RFC 4180: commas, CRLF between records, a cell with a comma, a quote or a newline in quotes. UTF-8
with a byte-order mark, so that a spreadsheet that opens it anyway gets the accents right; read it
as utf-8-sig. Numbers have a decimal point. Every cell is exactly its text: nothing is put before
a leading = + - or @, as some do against formulas, because that would change what was said and
move every position by one. A Dutch Excel splits at semicolons, takes 0.5 for no number, and
counts a spoken "- nou" as a formula; no csv is right there and for programs at once. So the csv
is for programs and says how many cells Excel would misread, and the xlsx is for Excel.
"""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from themes.atomic import write_file
from themes.exporters import _losses
from themes.exporters.tables import Table, suggestions
from themes.exporters.tables.table import DECIMALS
from themes.records import Study

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Csv:
    """Writes the suggestions of a study as a csv file."""

    def write(self, study: Study, path: Path) -> tuple[str, ...]:
        """One row a suggestion; says what did not survive. Raises ExportError."""
        table = suggestions(study)
        write_file(path, self.encode(table))
        lost = _losses.of_suggestions(study)
        n_formulas = formula_cells(table)
        if n_formulas:
            lost += (
                f"{n_formulas} cells start with = + - or @, which Excel reads as formulas; "
                "open the xlsx there instead.",
            )
        return lost

    def encode(self, table: Table) -> bytes:
        """The bytes of any table.

        >>> from themes.exporters.tables import Column
        >>> Csv().encode(Table("t", (Column("a"), Column("b", "score")), (("é", 0.5), ("", None))))
        b'\\xef\\xbb\\xbfa,b\\r\\n\\xc3\\xa9,0.500000\\r\\n,\\r\\n'
        """
        kinds = [column.kind for column in table.columns]
        buffer = StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\r\n")
        writer.writerow(column.name for column in table.columns)
        for row in table.rows:
            writer.writerow(
                f"{cell:.{DECIMALS[kind]}f}" if kind in DECIMALS and cell is not None else cell
                for cell, kind in zip(row, kinds, strict=True)
            )
        return buffer.getvalue().encode("utf-8-sig")


def formula_cells(table: Table) -> int:
    """How many text cells a spreadsheet would take for a formula if it opened them from a csv."""
    return sum(
        isinstance(cell, str) and cell.startswith(_FORMULA) for row in table.rows for cell in row
    )
