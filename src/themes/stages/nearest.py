"""The segments most like one, among those a coder has judged."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

N_GIVEN = 3
N_REJECTED = 1


@dataclass(frozen=True, slots=True, repr=False)
class Vectors:
    """`rows` float32 (n_segments, dim), unit rows; `row_of` maps a segment id to its row."""

    rows: np.ndarray
    row_of: Mapping[str, int]


def nearest(
    vectors: Vectors, segment_id: str, among: Collection[str], n: int
) -> tuple[tuple[str, float], ...]:
    """The `n` most similar of `among`, most similar first, with the cosine in [-1, 1].

    Segments without a vector, and the segment itself, are left out; equals stand by their ids.

    >>> v = Vectors(np.eye(2, dtype=np.float32)[[0, 1, 0]], {"a": 0, "b": 1, "c": 2})
    >>> nearest(v, "a", ["b", "c"], 1)
    (('c', 1.0),)
    """
    if segment_id not in vectors.row_of:
        return ()
    ids = sorted(i for i in among if i in vectors.row_of and i != segment_id)
    if not ids:
        return ()
    likeness = (
        vectors.rows[[vectors.row_of[i] for i in ids]] @ vectors.rows[vectors.row_of[segment_id]]
    )
    order = np.argsort(-likeness, kind="stable")[:n]
    return tuple((ids[i], float(likeness[i])) for i in order)
