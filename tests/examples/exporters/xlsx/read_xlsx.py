"""Codings in a workbook, whose every text cell must be stored as text."""

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

KEYS = ("transcript", "start", "end", "text", "code", "score", "outcome", "evidence")


def read(path: Path) -> list[tuple]:
    heads, *rows = load_workbook(BytesIO(path.read_bytes()))["suggestions"].iter_rows()
    assert all(cell.data_type != "f" for row in rows for cell in row)
    column = {cell.value: number for number, cell in enumerate(heads)}
    return [tuple(row[column[key]].value for key in KEYS) for row in rows]
