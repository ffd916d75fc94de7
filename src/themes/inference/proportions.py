"""A share, with the interval that holds for small counts."""

from __future__ import annotations

from math import sqrt

from scipy import stats


def wilson(k: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """The score interval of k in n (Wilson 1927): never below 0 or above 1.

    It takes the n for independent; where they come from few interviews it is too narrow. Raises
    ValueError for k outside 0 to n, and for no n at all.

    >>> tuple(round(limit, 4) for limit in wilson(2, 40))
    (0.0138, 0.165)
    """
    if not 0 <= k <= n or n == 0:
        raise ValueError(f"{k} of {n} is no share")
    z = float(stats.norm.ppf((1 + level) / 2))
    share, size = k / n, 1 + z * z / n
    middle = (share + z * z / (2 * n)) / size
    half = z / size * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)
