"""Studies that are made up, with faults that an audit must find."""

from __future__ import annotations

import numpy as np
import pandas as pd

CODES = ("f.a", "f.b", "g.c")


def study(
    n_transcripts: int = 10,
    n_segments: int = 24,
    coders: tuple[str, ...] = ("ann", "bob", "cy"),
    seed: int = 0,
    flip: float = 0.06,
) -> pd.DataFrame:
    """A long table: three codes, and every coder wrong in a share `flip` of judgements."""
    rng = np.random.default_rng(seed)
    truth = rng.random((n_transcripts, n_segments, len(CODES))) < 0.25
    rows = []
    for coder in coders:
        given = truth ^ (rng.random(truth.shape) < flip)
        for t in range(n_transcripts):
            for s in range(n_segments):
                found = [c for c, yes in zip(CODES, given[t, s], strict=True) if yes] or [""]
                rows += [(f"s{s:02}", f"t{t:02}", coder, code) for code in found]
    return pd.DataFrame(rows, columns=["segment", "transcript", "coder", "code"])
