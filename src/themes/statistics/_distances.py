"""How far two values are apart: (n_values, n_values) float64, 0 on the diagonal."""

from __future__ import annotations

import numpy as np

from themes.codings import Codings
from themes.errors import InputError


def nominal(codings: Codings) -> np.ndarray:
    """0 for the same value, 1 for any other. Sets count as the same only when they are equal."""
    return 1.0 - np.eye(codings.n_values)


def interval(codings: Codings) -> np.ndarray:
    """The square of the difference of two numbers (Krippendorff 2011, section D)."""
    numbers = _numbers(codings)
    return (numbers[:, None] - numbers) ** 2


def ratio(codings: Codings) -> np.ndarray:
    """The square of the difference over the sum (Krippendorff 2011, section D)."""
    numbers = _numbers(codings)
    total = numbers[:, None] + numbers
    return ((numbers[:, None] - numbers) / np.where(total == 0, 1, total)) ** 2


def jaccard(codings: Codings) -> np.ndarray:
    """1 - |intersection| / |union|; two empty sets are the same, and so at 0."""
    return 1 - _jaccard(codings)


def masi(codings: Codings) -> np.ndarray:
    """1 - Jaccard x monotonicity (Passonneau 2006).

    Monotonicity is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap, and 0
    where they do not. Two empty sets are at 0; an empty and another at 1.
    """
    return 1 - _jaccard(codings) * _monotonicity(codings)


def masi_dkpro(codings: Codings) -> np.ndarray:
    """(1 - Jaccard) x (1 - monotonicity): what DKPro Statistics, and so INCEpTION, call MASI.

    It is another distance than Passonneau's and gives other figures, also because an empty set
    counts as held by any other, at 1/3; here to compare with them.
    """
    return (1 - _jaccard(codings)) * (1 - _monotonicity(codings))


def _jaccard(codings: Codings) -> np.ndarray:
    common = _common(codings)
    sizes = np.diag(common)
    union = sizes[:, None] + sizes - common
    return np.where(union == 0, 1.0, common / np.where(union == 0, 1, union))


def _monotonicity(codings: Codings) -> np.ndarray:
    common = _common(codings)
    sizes = np.diag(common)
    smaller = np.minimum(sizes[:, None], sizes)
    overlap = np.where(common == smaller, 2 / 3, np.where(common > 0, 1 / 3, 0))
    return np.where(np.eye(len(sizes), dtype=bool), 1.0, overlap)


def _common(codings: Codings) -> np.ndarray:
    members = codings.members.astype(float)
    return members @ members.T


def _numbers(codings: Codings) -> np.ndarray:
    if codings.ratings is None:
        raise InputError(
            "the values are not numbers, and have no order; number them, or ask for nominal alpha"
        )
    return codings.ratings
