"""Who codes what, and what is hidden: drawn by lot, and the same lot every time.

Lots are drawn by sorting on a hash of the seed and the id, not by a random generator: a draw
depends on nothing but what is drawn, so adding interviews later moves nobody's earlier lot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil

from themes.records import Assignment, Coder, Segment

DEFAULT_BLIND = 20


@dataclass(frozen=True, slots=True)
class Plan:
    """What to assign.

    `overlap` % of the interviews are coded by everybody, the others by one coder each, in turn:
    100 is all by all, 0 is one interview one coder. `blind` % of a coder's turns hide suggestions,
    `repeats` % come back unannounced after `after_days` days. Percentages are in [0, 100].
    """

    overlap: float = 100
    blind: float = DEFAULT_BLIND
    repeats: float = 0
    after_days: int = 7
    seed: int = 1

    def __post_init__(self) -> None:
        for name in ("overlap", "blind", "repeats"):
            if not 0 <= getattr(self, name) <= 100:
                raise ValueError(f"{name} must be in 0 to 100 percent, got {getattr(self, name)}")
        if self.after_days < 0:
            raise ValueError(f"repeats come back after 0 days or more, got {self.after_days}")


def lot(seed: int, *what: object) -> str:
    """A number, as hex digits, that nobody can foresee and anybody can compute again."""
    return sha256("\x1f".join(map(str, (seed, *what))).encode()).hexdigest()


def assign(
    segments: Sequence[Segment],
    coders: Sequence[Coder],
    plan: Plan,
    outcomes: Mapping[str, str],
    existing: Sequence[Assignment] = (),
) -> tuple[Assignment, ...]:
    """New assignments of `segments` to `coders`; those that exist stay as they are.

    Interviews that somebody has already are not divided again; with an overlap of 100 everybody
    gets all of them.

    A coder reads interviews in an order of their own and each interview from its beginning to its
    end: an answer out of its order is misread. `outcomes` maps a segment id to the strongest
    outcome suggested there. The blind share is stratified by coder, interview and outcome, so
    that blind and shown turns are alike. The ids given are 0; the database numbers them.

    >>> from themes.records import Span
    >>> said = [Segment("p1", n, Span(n, n + 1), "R", "respondent", "x") for n in range(10)]
    >>> made = assign(said, [Coder(1, "anna", "coder")], Plan(blind=20), {})
    >>> len(made), sum(not a.shown for a in made)
    (10, 2)
    """
    have = {(a.coder_id, a.segment_id) for a in existing if a.round == 0}
    order = {segment.id: place for place, segment in enumerate(segments)}
    made: list[Assignment] = []
    for coder, own in _shares(segments, coders, plan, existing).items():
        fresh = [s for s in own if (coder.id, s.id) not in have]
        hidden = _share(
            fresh,
            plan.blind,
            lambda s, c=coder: lot(plan.seed, "blind", c.id, s.id),
            lambda s: (s.transcript_id, outcomes.get(s.id, "")),
        )
        fresh.sort(
            key=lambda s, c=coder: (lot(plan.seed, "order", c.id, s.transcript_id), order[s.id])
        )
        first = 1 + max((a.position for a in existing if a.coder_id == coder.id), default=-1)
        mine = [
            Assignment(0, s.id, coder.id, s.id not in hidden, first + place)
            for place, s in enumerate(fresh)
        ]
        repeated = _share(
            fresh,
            plan.repeats,
            lambda s, c=coder: lot(plan.seed, "repeat", c.id, s.id),
            lambda s: s.transcript_id,
        )
        again = [a for a in mine if a.segment_id in repeated]
        made += mine
        made += [
            Assignment(
                0, a.segment_id, coder.id, a.shown, first + len(mine) + place, 1, plan.after_days
            )
            for place, a in enumerate(again)
        ]
    return tuple(made)


def _shares(
    segments: Sequence[Segment],
    coders: Sequence[Coder],
    plan: Plan,
    existing: Sequence[Assignment],
) -> dict[Coder, list[Segment]]:
    taken = {a.segment_id for a in existing} if plan.overlap < 100 else set()
    begun = {segment.transcript_id for segment in segments if segment.id in taken}
    n_segments = Counter(s.transcript_id for s in segments if s.transcript_id not in begun)
    interviews = sorted(n_segments, key=lambda name: lot(plan.seed, "overlap", name))
    n_shared = ceil(len(interviews) * plan.overlap / 100)
    load = Counter(a.coder_id for a in existing)
    owner: dict[str, Coder] = {}
    for name in interviews[n_shared:]:
        # The one with the least to do, so that long interviews do not all fall to one person.
        least = min(coders, key=lambda coder: (load[coder.id], lot(plan.seed, "owner", coder.id)))
        owner[name] = least
        load[least.id] += n_segments[name]
    shared = set(interviews[:n_shared])
    return {
        coder: [
            s for s in segments if s.transcript_id in shared or owner.get(s.transcript_id) == coder
        ]
        for coder in coders
    }


def _share(
    segments: Sequence[Segment],
    percent: float,
    draw: Callable[[Segment], str],
    stratum: Callable[[Segment], Hashable],
) -> Collection[str]:
    """The ids of `percent` % of the segments: by lot, and evenly over the strata."""
    ranked = sorted(segments, key=lambda s: (stratum(s), draw(s)))
    # Every k-th of a list sorted by stratum: exact over all, and within one in every stratum.
    return {
        segment.id
        for place, segment in enumerate(ranked)
        if int((place + 1) * percent / 100 + 0.5) > int(place * percent / 100 + 0.5)
    }
