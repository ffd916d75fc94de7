"""What is probably true of a segment when coders differ, and how reliable each coder is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, eq=False)
class Latent:
    """`present` float64 (n_segments,): the probability that the code applies; nan where nobody
    coded. `sensitivity` and `specificity` float64 (n_coders,)."""

    present: np.ndarray
    sensitivity: np.ndarray
    specificity: np.ndarray


def dawid_skene(given: np.ndarray, n_steps: int = 200) -> Latent:
    """The truth of a yes or no and the coders' error rates at once, by expectation maximisation.

    `given` is int8 (n_segments, n_coders): 1, 0, or -1 for not coded. Dawid and Skene (1979),
    started from the majority; half a count is added to every cell, so that few codings do not
    make a coder infallible. It takes coders for independent given the truth, which coders trained
    together are not.

    >>> given = np.array([[1, 1, 0], [1, 1, 1], [0, 0, 0], [0, 0, 1], [0, 0, 0]], np.int8)
    >>> dawid_skene(given).present.round().tolist()
    [1.0, 1.0, 0.0, 0.0, 0.0]
    """
    known = given >= 0
    yes = (given == 1).astype(float)
    n = known.sum(axis=1)
    coded = n > 0
    present = np.where(coded, yes.sum(axis=1) / np.maximum(n, 1), 0.0)
    sensitivity = specificity = np.zeros(given.shape[1])
    for _ in range(n_steps):
        weight = present * coded
        rest = (1 - present) * coded
        sensitivity = (weight @ yes + 0.5) / (weight @ known + 1)
        specificity = (rest @ (known & ~(given == 1)) + 0.5) / (rest @ known + 1)
        share = (weight.sum() + 0.5) / (coded.sum() + 1)
        says_yes = (
            np.log(share) + yes @ np.log(sensitivity) + (known - yes) @ np.log1p(-sensitivity)
        )
        says_no = (
            np.log1p(-share) + yes @ np.log1p(-specificity) + (known - yes) @ np.log(specificity)
        )
        updated = 1 / (1 + np.exp(np.clip(says_no - says_yes, -700, 700)))
        if np.abs(updated - present)[coded].max(initial=0) < 1e-6:
            present = updated
            break
        present = updated
    return Latent(np.where(coded, present, np.nan), sensitivity, specificity)
