"""Vectors of segments, a cache beside the database: it may be deleted at any time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from themes.atomic import write_file

if TYPE_CHECKING:
    import numpy as np

_FILE = Path("vectors") / "segments.safetensors"


def save(study: Path, segment_ids: Sequence[str], rows: np.ndarray) -> None:
    """Keep `rows` float32 (n_segments, dim) of the segments of these ids."""
    import safetensors.numpy

    (study / _FILE).parent.mkdir(exist_ok=True)
    data = safetensors.numpy.save({"rows": rows}, {"ids": "\n".join(segment_ids)})
    write_file(study / _FILE, data)


def load(study: Path) -> tuple[tuple[str, ...], np.ndarray] | None:
    """(segment ids, rows), or None where there is no whole cache."""
    import safetensors

    try:
        with safetensors.safe_open(study / _FILE, "numpy") as file:
            ids = tuple(file.metadata()["ids"].split("\n"))
            rows = file.get_tensor("rows")
    except (OSError, KeyError, TypeError, safetensors.SafetensorError):
        return None
    return (ids, rows) if len(ids) == len(rows) else None
