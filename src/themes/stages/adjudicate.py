"""Where coders differ, and what stands in the end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from themes.records import Adjudication, Assignment, Codebook
from themes.stages.assign import lot
from themes.stages.decide import NOTHING, Standing

AGREED_SHARE = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one coder answered one code: True, False, or None for unsure."""

    coder_id: int
    present: bool | None


@dataclass(frozen=True, slots=True)
class Case:
    """A segment for the adjudicator, once everybody it was assigned to has locked it.

    `verdicts` maps each code that is in question to what the coders said, in an order drawn by
    lot that is the same for all codes of the case. `disputed` is False for agreements that were
    drawn to be looked at. `unsure` are the coders who left the whole turn open. `missed`: nobody
    gave a code, and somebody was unsure.
    """

    segment_id: str
    verdicts: Mapping[str, tuple[Verdict, ...]]
    disputed: bool
    coder_ids: tuple[int, ...]
    unsure: tuple[int, ...] = ()


def cases(
    assignments: Sequence[Assignment],
    standings: Mapping[int, Standing],
    book: Codebook,
    *,
    seed: int,
    share: float = AGREED_SHARE,
) -> tuple[Case, ...]:
    """What there is to adjudicate, in the order of the assignments.

    A segment is disputed when a code was given by one coder and not by another, or when somebody
    was unsure. Of those that two or more agree on, `share` % are drawn too: agreeing is not being
    right. Silent repeats and segments that somebody still has to lock are left out.
    """
    by_segment: dict[str, list[tuple[int, Standing]]] = {}
    open_: set[str] = set()
    for a in assignments:
        if a.round:
            continue
        standing = standings.get(a.id, NOTHING)
        if standing.lock is None:
            open_.add(a.segment_id)
        by_segment.setdefault(a.segment_id, []).append((a.coder_id, standing))
    order = [code.id for code in book.codable]
    found: list[Case] = []
    for segment_id, answers in by_segment.items():
        if segment_id in open_:
            continue
        answers.sort(key=lambda pair: lot(seed, "anonymous", segment_id, pair[0]))
        codes = [
            c
            for c in order
            if any(s.answers.get(c) and s.answers[c].present is not False for _, s in answers)
        ]
        verdicts = {code: tuple(_verdict(i, s, code) for i, s in answers) for code in codes}
        differing = {
            c: v
            for c, v in verdicts.items()
            if len({x.present for x in v}) > 1 or v[0].present is None
        }
        unsure = tuple(i for i, s in answers if s.unsure)
        ids = tuple(i for i, _ in answers)
        if differing or unsure:
            found.append(Case(segment_id, verdicts, True, ids, unsure))
        elif len(answers) > 1 and int(lot(seed, "agreed", segment_id)[:8], 16) % 100 < share:
            found.append(Case(segment_id, verdicts, False, ids))
    return tuple(found)


def standing_adjudications(
    made: Iterable[Adjudication],
) -> dict[tuple[str, str], Adjudication]:
    """The last adjudication of each (segment, code); code "" closes a segment as a whole."""
    return {(a.segment_id, a.code_id): a for a in made}


def settled(case: Case, made: Mapping[tuple[str, str], Adjudication]) -> bool:
    """Whether the adjudicator has closed this case."""
    return (case.segment_id, "") in made


def results(
    assignments: Sequence[Assignment],
    standings: Mapping[int, Standing],
    made: Mapping[tuple[str, str], Adjudication],
    codes: Collection[str],
) -> tuple[tuple[str, str, str, str], ...]:
    """(segment, code, value, how) for every segment that somebody locked.

    `value` is "1", "0", or "" while coders differ or one was unsure and nobody has decided. `how` is
    "adjudicated", "agreed" (two or more coders), "single coder" or "open".
    """
    by_segment: dict[str, list[Standing]] = {}
    for a in assignments:
        standing = standings.get(a.id, NOTHING)
        if not a.round and standing.lock is not None:
            by_segment.setdefault(a.segment_id, []).append(standing)
    rows = []
    for segment_id, answers in by_segment.items():
        for code in codes:
            if (decided := made.get((segment_id, code))) is not None:
                rows.append((segment_id, code, str(int(decided.present)), "adjudicated"))
                continue
            said = {_present(s, code) for s in answers}
            if len(said) > 1 or None in said:
                # A case that was closed without a word on this code: it was not given.
                closed = (segment_id, "") in made
                rows.append(
                    (segment_id, code, "0" if closed else "", "adjudicated" if closed else "open")
                )
                continue
            how = "agreed" if len(answers) > 1 else "single coder"
            rows.append((segment_id, code, str(int(said == {True})), how))
    return tuple(rows)


def _verdict(coder_id: int, standing: Standing, code: str) -> Verdict:
    return Verdict(coder_id, _present(standing, code))


def _present(standing: Standing, code: str) -> bool | None:
    answer = standing.answers.get(code)
    if answer is None:
        return None if standing.unsure else False
    return answer.present
