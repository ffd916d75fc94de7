"""From sentences to their segment."""

from __future__ import annotations

import numpy as np


def highest(values: np.ndarray, owner: np.ndarray, n_segments: int) -> np.ndarray:
    """The highest row value of each segment's parts, float64 (n_segments, n_columns).

    Every segment must own at least one part (ValueError otherwise).

    >>> highest(np.array([[1.0], [3.0], [2.0]]), np.array([0, 0, 1]), 2).ravel().tolist()
    [3.0, 2.0]
    """
    pooled = np.full((n_segments, values.shape[1]), -np.inf)
    np.maximum.at(pooled, owner, values)
    if np.isneginf(pooled).any():
        raise ValueError("a segment has no part")
    return pooled


def accumulated(values: np.ndarray, owner: np.ndarray, n_segments: int) -> np.ndarray:
    """log(sum(exp)) of each segment's parts, float64 (n_segments, n_columns): a smooth highest.

    Where parts are margins of rare events, it is about the margin that any of them happens.

    >>> accumulated(np.array([[0.0], [0.0], [2.0]]), np.array([0, 0, 1]), 2).ravel().round(2).tolist()
    [0.69, 2.0]
    """
    top = highest(values, owner, n_segments)
    sums = np.zeros_like(top)
    np.add.at(sums, owner, np.exp(values - top[owner]))
    return top + np.log(sums)


def sigmoid(margin: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-margin)), without overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(margin, np.float64)))
