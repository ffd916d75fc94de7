"""Yes or no: the lines from which a model gives codes when it must decide."""

from __future__ import annotations

import numpy as np

from themes.stages.train import folds


def lines(labels: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """For each code the score from which it is given as often as people gave it.

    `labels` int8 (n, n_codes) in {0, 1, -1 = not looked at}; `scores` float64 (n, n_codes), of
    passages not learned from. At that score as many codes are given wrongly as are missed. Rare
    codes have too few examples to look for the line of the highest kappa. 0.5 for a code that
    nobody gave. Returns float64 (n_codes,).
    """
    made = np.full(labels.shape[1], 0.5)
    for column in range(labels.shape[1]):
        seen = labels[:, column] >= 0
        n_given = int((labels[seen, column] == 1).sum())
        if n_given:
            made[column] = np.sort(scores[seen, column])[-n_given]
    return made


def give(scores: np.ndarray, thresholds: np.ndarray, single: bool) -> np.ndarray:
    """bool (n, n_codes): codes at or above their lines, or the highest alone where `single`.

    >>> give(np.array([[0.3, 0.6], [0.2, 0.1]]), np.array([0.5, 0.5]), single=False).tolist()
    [[False, True], [False, False]]
    >>> give(np.array([[0.3, 0.6], [0.2, 0.1]]), np.array([0.5, 0.5]), single=True).tolist()
    [[False, True], [True, False]]
    """
    if not single:
        return scores >= thresholds
    chosen = np.zeros(scores.shape, bool)
    chosen[np.arange(len(scores)), scores.argmax(axis=1)] = True
    return chosen


def give_unseen(
    labels: np.ndarray, scores: np.ndarray, groups: np.ndarray, single: bool
) -> np.ndarray:
    """`give` with each transcript's lines taken from other transcripts: no figure sees its own."""
    chosen = np.zeros(scores.shape, bool)
    for held_out in folds(groups.tolist(), 5):
        others = ~held_out
        chosen[held_out] = give(scores[held_out], lines(labels[others], scores[others]), single)
    return chosen
