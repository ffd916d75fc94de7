"""Gamma: agreement on spans by the best alignment of all coders' spans."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from themes.codings import Spans
from themes.errors import InputError
from themes.records import Agreement

MAX_CANDIDATES = 100_000
NOBODY = -1
_TIE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """The best alignment: `rows` int64 (n_unitary, n_coders), the span of each coder or -1, and
    its disorder."""

    rows: np.ndarray
    disorder: float


@dataclass(frozen=True, slots=True)
class Gamma:
    """1 - disorder of the best alignment / mean disorder of shuffled codings (Mathet et al. 2015).

    Positional dissimilarity is ((|starts| + |ends|) / (sum of lengths))^2, categorical 0 or 1,
    weighed `alpha` and `beta`; a span without a partner costs `empty`, and so does a pair of two
    that are missing. The alignment is exact, by mixed-integer optimisation. Expected disorder is
    the mean over `n_samples` shuffles: each coder's line becomes somebody's, shifted at random.
    So gamma itself has a little chance in it; the disorder of the best alignment has none.

    Raises InputError where more than MAX_CANDIDATES alignments would have to be weighed.

    >>> spans = Spans.of([("a", "x", 1, 5), ("b", "x", 2, 6)], 20)
    >>> Gamma(alpha=1.0).align(spans).disorder
    0.0625
    """

    alpha: float = 3.0
    beta: float = 1.0
    empty: float = 1.0
    n_samples: int = 30
    seed: int = 1
    definition = "gamma (Mathet et al. 2015)"

    def compute(self, spans: Spans) -> Agreement:
        """Gamma over one continuum. Raises InputError for spans of several transcripts."""
        observed = self.align(spans)
        expected = self._expected(spans)
        value = 1 - observed.disorder / np.mean([a.disorder for _, a in expected])
        note = f"{self.n_samples} shuffles, seed {self.seed}"
        n = len(spans.start)
        return Agreement(self.definition, None, spans.coders, value, None, None, n, 1, note)

    def of_values(self, spans: Spans, value: str | None = None) -> float:
        """Gamma-cat, or gamma-k of one value (Mathet 2017): what spans are called where they were
        aligned, each pair weighed by how well it fits in place.

        A span without a partner counts as called differently, as in pygamma-agreement; the paper
        leaves such spans out.
        """
        observed = self._called(spans, self.align(spans), value)
        if observed == 0:
            return 1.0
        chance = [self._called(shuffled, found, value) for shuffled, found in self._expected(spans)]
        return float(1 - observed / np.mean(chance))

    def align(self, spans: Spans) -> Alignment:
        """The alignment of least disorder (Mathet et al. 2015, section 4.4)."""
        _refuse(spans)
        rows, costs = self._candidates(spans)
        n = len(spans.start)
        which, unit = np.nonzero(rows != NOBODY)
        cover = csr_array((np.ones(len(which)), (rows[which, unit], which)), shape=(n, len(rows)))
        found = milp(
            # Of alignments that are equally good, the one with the fewest rows.
            costs + _TIE,
            integrality=np.ones(len(rows)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(cover, 1, 1),
        )
        chosen = found.x > 0.5
        return Alignment(rows[chosen], float(costs[chosen].sum() / (n / len(spans.coders))))

    def _candidates(self, spans: Spans) -> tuple[np.ndarray, np.ndarray]:
        """Every row of an alignment that can be worth it: k spans must cost less together than
        apart, which is k times `empty`."""
        m = len(spans.coders)
        pairs = m * (m - 1) / 2
        apart = self._apart(spans)
        rows, cost = np.zeros((1, 0), np.int64), np.zeros(1)
        for coder in range(m):
            own = np.concatenate([[NOBODY], np.flatnonzero(spans.coder == coder)])
            grown = np.repeat(rows, len(own), axis=0)
            added = np.tile(own, len(rows))
            if len(grown) > 20 * MAX_CANDIDATES:
                raise _too_many(len(grown))
            more = np.zeros(len(grown))
            for column in range(coder):
                known = (grown[:, column] != NOBODY) & (added != NOBODY)
                more += np.where(known, apart[grown[:, column], added], self.empty)
            total = np.repeat(cost, len(own)) + more
            rows = np.column_stack([grown, added])
            n_spans = (rows != NOBODY).sum(axis=1)
            # Coders still to come may each add a span.
            worth = total <= (n_spans + m - coder - 1) * self.empty * pairs + 1e-9
            rows, cost = rows[worth], total[worth]
            if len(rows) > MAX_CANDIDATES:
                raise _too_many(len(rows))
        some = (rows != NOBODY).any(axis=1)
        return rows[some], cost[some] / pairs

    def _apart(self, spans: Spans) -> np.ndarray:
        called = spans.value[:, None] != spans.value
        return (self.alpha * _shift(spans) + self.beta * called) * self.empty

    def _expected(self, spans: Spans) -> list[tuple[Spans, Alignment]]:
        rng = np.random.default_rng(self.seed)
        shuffles = [_shuffled(spans, rng) for _ in range(self.n_samples)]
        return [(shuffled, self.align(shuffled)) for shuffled in shuffles]

    def _called(self, spans: Spans, found: Alignment, value: str | None) -> float:
        near = np.maximum(0, 1 - self.alpha * _shift(spans))
        names = [*(spans.values[v] for v in spans.value), None]  # the last for NOBODY
        total = weight = 0.0
        for row in found.rows:
            n_spans = int((row != NOBODY).sum())
            for a, b in combinations(row, 2):
                called = {names[a], names[b]}
                if called == {None} or (value is not None and value not in called):
                    continue
                if None in called:
                    share, differ = self.empty, self.empty
                else:
                    share, differ = near[a, b] / (n_spans - 1), len(called) - 1
                weight += share
                total += share * differ
        return total / weight if weight else 0.0


def _shift(spans: Spans) -> np.ndarray:
    starts, ends = spans.start[:, None] - spans.start, spans.end[:, None] - spans.end
    lengths = spans.end - spans.start
    return ((np.abs(starts) + np.abs(ends)) / (lengths[:, None] + lengths)) ** 2


def _shuffled(spans: Spans, rng: np.random.Generator) -> Spans:
    """Each coder's line replaced by the line of somebody drawn at random, shifted in a circle;
    shifts stay apart by the mean length of a span (Mathet et al. 2015, section 5)."""
    low, high = int(spans.start.min()), int(spans.end.max())
    around = high - low
    gap = (spans.end - spans.start).mean()
    shifts: list[float] = []
    columns: list[np.ndarray] = []
    for coder in range(len(spans.coders)):
        shift = rng.uniform(0, around)
        for _ in range(50):
            if all(min(abs(shift - s), around - abs(shift - s)) >= gap for s in shifts):
                break
            shift = rng.uniform(0, around)
        shifts.append(shift)
        own = np.flatnonzero(spans.coder == rng.integers(len(spans.coders)))
        start = low + (spans.start[own] - low + int(shift)) % around
        end = start + spans.end[own] - spans.start[own]
        columns.append(np.column_stack([np.full(len(own), coder), spans.value[own], start, end]))
    coder, value, start, end = np.concatenate(columns).T
    zeros = np.zeros(len(start), np.int64)
    length = np.array([max(int(end.max()), int(spans.length[0]))])
    return Spans(
        zeros, coder, value, start, end, length, spans.transcripts, spans.coders, spans.values
    )


def _refuse(spans: Spans) -> None:
    if len(spans.transcripts) != 1:
        raise InputError(f"gamma is for one transcript at a time, not {len(spans.transcripts)}")
    if len(spans.coders) < 2 or not len(spans.start):
        raise InputError("gamma needs spans of two coders")


def _too_many(n: int) -> InputError:
    return InputError(
        f"gamma would weigh {n:,} alignments, over its limit of {MAX_CANDIDATES:,}; "
        "look at fewer coders or shorter transcripts"
    )
