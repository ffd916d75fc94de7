"""The tables of a study: what their columns mean, whatever the file they are written to.

The members csv, jsonl, parquet and xlsx write the same rows. Positions are code points in the
transcript's text, from 0, the end not included; turns are numbered from 1.
"""

from themes.exporters.tables.rows import (
    candidates,
    classified,
    mentions,
    scores,
    segments,
    suggestions,
)
from themes.exporters.tables.table import Cell, Column, Kind, Table

__all__ = [
    "Cell",
    "Column",
    "Kind",
    "Table",
    "candidates",
    "classified",
    "mentions",
    "scores",
    "segments",
    "suggestions",
]
