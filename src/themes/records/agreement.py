"""How far coders agree, as one figure that says what it is of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """One coefficient, of some coders, over some segments.

    `statistic` names the definition ("alpha, MASI"); `code_id` is None for all codes together;
    `value` and the 95 % limits `low` and `high` are None where nothing can be said, and `note`
    says why. Raises ValueError for a missing value without a note, and for limits that are
    crossed or stand alone.

    >>> Agreement("percent", None, ("a", "b"), None, None, None, 0, 0, "no shared segment").value
    >>> Agreement("percent", None, ("a", "b"), 0.5, None, None, 2, 1)
    Agreement(statistic='percent', code_id=None, coders=('a', 'b'), value=0.5, low=None, high=None, n_segments=2, n_transcripts=1, note='')
    """

    statistic: str
    code_id: str | None
    coders: tuple[str, ...]
    value: float | None
    low: float | None
    high: float | None
    n_segments: int
    n_transcripts: int
    note: str = ""

    def __post_init__(self) -> None:
        if self.value is None and not self.note:
            raise ValueError(f"{self.statistic}: no value, and no note that says why")
        if (self.low is None) != (self.high is None):
            raise ValueError(f"{self.statistic}: one limit stands alone")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"{self.statistic}: the limits are crossed")
