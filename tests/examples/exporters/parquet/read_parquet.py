"""Codings in a Parquet file of suggestions."""

from pathlib import Path

from pyarrow import parquet

KEYS = ("transcript", "start", "end", "text", "code", "score", "outcome", "evidence")


def read(path: Path) -> list[tuple]:
    return [tuple(row[key] for key in KEYS) for row in parquet.read_table(path).to_pylist()]
