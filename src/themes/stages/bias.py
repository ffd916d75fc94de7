"""Does seeing a suggestion change the answer? Measured from the blind share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from themes.records import Assignment, Decision, Suggestion
from themes.stages.decide import NOTHING, Standing

MIN_SUGGESTIONS = 20
HASTY_S = 2.0
STREAK = 20
_Z = 1.959963984540054  # 95 %, two sides


@dataclass(frozen=True, slots=True)
class Gap:
    """How often a coder gives the codes that the model suggests: in sight, and blind.

    Of `n_shown` suggestions in sight `given_shown` were given, of `n_blind` hidden ones
    `given_blind`. `gap` is the difference of the two shares, `low` and `high` its 95 % interval
    (Newcombe 1998, Statistics in Medicine 17, 873-890, method 10, from two Wilson intervals).
    All three are None below 20 suggestions on either side: too few to say.
    """

    given_shown: int
    n_shown: int
    given_blind: int
    n_blind: int

    @property
    def enough(self) -> bool:
        return min(self.n_shown, self.n_blind) >= MIN_SUGGESTIONS

    @property
    def gap(self) -> float | None:
        if not self.enough:
            return None
        return self.given_shown / self.n_shown - self.given_blind / self.n_blind

    @property
    def interval(self) -> tuple[float, float] | None:
        return (
            difference(self.given_shown, self.n_shown, self.given_blind, self.n_blind)
            if self.enough
            else None
        )


def gap(
    assignments: Iterable[Assignment],
    standings: Mapping[int, Standing],
    suggestions: Mapping[str, Sequence[Suggestion]],
) -> Gap:
    """One coder's gap, over turns that are locked; bulk acceptances and repeats are left out.

    `suggestions` maps a segment id to what was suggested there with the outcome "suggest".
    """
    counts = [0, 0, 0, 0]
    for a in assignments:
        standing = standings.get(a.id, NOTHING)
        if a.round or standing.lock is None or (not a.shown and standing.independent is None):
            continue
        answers = (standing if a.shown else standing.independent).answers
        for suggestion in suggestions.get(a.segment_id, ()):
            answer = answers.get(suggestion.code_id)
            if answer is not None and answer.by.batch:
                continue
            side = 0 if a.shown else 2
            counts[side] += bool(answer and answer.present)
            counts[side + 1] += 1
    return Gap(*counts)


def difference(k1: int, n1: int, k2: int, n2: int) -> tuple[float, float]:
    """95 % interval of k1/n1 - k2/n2 (Newcombe 1998, method 10).

    >>> [round(bound, 4) for bound in difference(56, 70, 48, 80)]
    [0.0524, 0.3339]
    """
    p1, p2 = k1 / n1, k2 / n2
    (low1, high1), (low2, high2) = wilson(k1, n1), wilson(k2, n2)
    return (
        p1 - p2 - sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2),
        p1 - p2 + sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2),
    )


def wilson(k: int, n: int) -> tuple[float, float]:
    """95 % score interval of a proportion (Wilson 1927).

    >>> [round(bound, 3) for bound in wilson(10, 100)]
    [0.055, 0.174]
    """
    centre = (k + _Z * _Z / 2) / (n + _Z * _Z)
    half = _Z * sqrt(k * (n - k) / n + _Z * _Z / 4) / (n + _Z * _Z)
    return centre - half, centre + half


def hasty(decisions: Sequence[Decision]) -> bool:
    """Whether the last twenty acts were all acceptances in under two seconds each."""
    last = [d for d in decisions[-3 * STREAK :] if d.act not in ("reveal", "again", "none")]
    last = last[-STREAK:]
    return len(last) == STREAK and all(
        d.act == "accept" and not d.batch and d.seconds < HASTY_S for d in last
    )
