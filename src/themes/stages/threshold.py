"""Yes or no: the line above which a model gives a code when it must decide."""

from __future__ import annotations

import numpy as np

from themes.stages.measure import enough, kappa
from themes.stages.train import folds

_GRID = np.concatenate([np.arange(0.02, 0.2, 0.02), np.arange(0.2, 0.85, 0.05)])


def line(labels: np.ndarray, scores: np.ndarray) -> float:
    """The one threshold for all codes with the highest mean kappa; 0.5 where none can be told.

    `labels` int8 (n, n_codes) in {0, 1, -1 = not looked at}; `scores` float64 (n, n_codes). One
    line, because rare codes have too few examples for a line of their own.
    """
    columns = enough(labels)
    if not len(columns):
        return 0.5
    seen = labels >= 0
    means = [
        np.nanmean(
            [kappa(labels[seen[:, c], c] == 1, scores[seen[:, c], c] >= at) for c in columns]
        )
        for at in _GRID
    ]
    return round(float(_GRID[int(np.nanargmax(means))]), 4)


def give(scores: np.ndarray, threshold: float, single: bool) -> np.ndarray:
    """bool (n, n_codes): codes at or above the line, or the highest alone where `single`.

    >>> give(np.array([[0.3, 0.6], [0.2, 0.1]]), 0.5, single=False).tolist()
    [[False, True], [False, False]]
    >>> give(np.array([[0.3, 0.6], [0.2, 0.1]]), 0.5, single=True).tolist()
    [[False, True], [True, False]]
    """
    if not single:
        return scores >= threshold
    chosen = np.zeros(scores.shape, bool)
    chosen[np.arange(len(scores)), scores.argmax(axis=1)] = True
    return chosen


def give_unseen(
    labels: np.ndarray, scores: np.ndarray, groups: np.ndarray, single: bool
) -> np.ndarray:
    """`give` with each transcript's line taken from other transcripts: no figure sees its own."""
    chosen = np.zeros(scores.shape, bool)
    for held_out in folds(groups.tolist(), 5):
        others = ~held_out
        threshold = 0.5 if single else line(labels[others], scores[others])
        chosen[held_out] = give(scores[held_out], threshold, single)
    return chosen
