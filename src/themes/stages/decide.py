"""From what coders did to what stands: pure functions over the log of decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from themes.records import Assignment, Coding, Decision, Span

Carry = Callable[[str, str], str | None]
"""carry(codebook version, code id) -> the id of that code now, None if it has no single heir."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Where one code of one turn stands: `present` is None where the coder was unsure."""

    present: bool | None
    by: Decision

    @property
    def span(self) -> Span | None:
        return self.by.span if self.present else None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a coder's acts on one assignment come to.

    `answers` by code id; `lock` is the decision that ended the turn, None while it is open;
    `skip` the last skip of an open turn; `unsure` whether the whole turn goes to adjudication;
    `revealed` whether a blind turn's suggestions have been in sight; `independent` what stood
    when they came in sight, None before that; `again` the codes to look at once more after a
    change of the codebook, with the decision that says so.
    """

    answers: Mapping[str, Answer]
    lock: Decision | None = None
    skip: Decision | None = None
    unsure: bool = False
    revealed: bool = False
    independent: Standing | None = None
    again: Mapping[str, Decision] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def given(self) -> tuple[str, ...]:
        """The codes that apply, in the order they were given."""
        found = [(a.by.id, code) for code, a in self.answers.items() if a.present]
        return tuple(code for _, code in sorted(found))

    def open(self, suggested: Iterable[str]) -> tuple[str, ...]:
        """Which of the `suggested` codes, and of those to look at again, wait for an answer."""
        fresh = [code for code in suggested if code not in self.answers]
        if self.lock:
            # A lock answers everything that was in sight: all, but for what a blind turn hid.
            return tuple(fresh) if self.revealed and not self.lock.shown else ()
        asked_again = [
            code
            for code, since in self.again.items()
            if code not in self.answers or self.answers[code].by.id < since.id
        ]
        return tuple(dict.fromkeys((*asked_again, *fresh)))


NOTHING = Standing(MappingProxyType({}))


def _same(version: str, code_id: str) -> str | None:
    return code_id


def stand(decisions: Sequence[Decision], carry: Carry = _same) -> Standing:
    """Replay one assignment's acts, oldest first; what was undone never happened.

    >>> acts = [Decision(1, "a", 1, "accept", "cost"), Decision(2, "b", 1, "undo", undoes=1)]
    >>> stand(acts[:1]).given, stand(acts).given
    (('cost',), ())
    """
    if not decisions:
        return NOTHING
    undone = {decision.undoes for decision in decisions if decision.act == "undo"}
    answers: dict[str, Answer] = {}
    again: dict[str, Decision] = {}
    lock = skip = None
    unsure = revealed = False
    independent = None
    for number, decision in enumerate(decisions):
        if decision.act == "reveal":
            if not revealed:
                revealed = True
                # What was undone by then; a later undo cannot make an answer independent again.
                independent = stand(decisions[:number], carry)
            continue
        if decision.act == "undo" or decision.id in undone:
            continue
        code = carry(decision.codebook_version, decision.code_id) if decision.code_id else None
        match decision.act:
            case "add" | "accept" | "modify":
                if code is not None:
                    answers[code] = Answer(True, decision)
                if decision.instead_of:
                    old = carry(decision.codebook_version, decision.instead_of)
                    if old is not None and old != code:
                        answers[old] = Answer(False, decision)
            case "reject":
                if code is not None:
                    answers[code] = Answer(False, decision)
            case "unsure":
                if decision.code_id:
                    if code is not None:
                        answers[code] = Answer(None, decision)
                else:
                    unsure, lock, skip = True, decision, None
            case "none":
                unsure, lock, skip = False, decision, None
            case "skip":
                skip = decision
            case "again":
                lock, unsure = None, False
                if code is not None:
                    again[code] = decision
    return Standing(
        MappingProxyType(answers),
        lock,
        skip,
        unsure,
        revealed,
        independent,
        MappingProxyType(again),
    )


def last_act(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """What `z` takes back: a coder's last act that stands, or the whole batch it belongs to.

    `decisions` are all of one coder, oldest first. Reveals, and what a change of the codebook
    opened again, are nobody's act and cannot be taken back.
    """
    decisions = list(decisions)
    undone = {decision.undoes for decision in decisions if decision.act == "undo"}
    acts = [d for d in decisions if d.act not in ("undo", "reveal", "again")]
    standing = [d for d in acts if d.id not in undone]
    if not standing:
        return ()
    last = standing[-1]
    if not last.batch:
        return (last,)
    return tuple(d for d in standing if d.batch == last.batch)


def codings(
    assignments: Iterable[Assignment],
    standings: Mapping[int, Standing],
    codes: Mapping[str, Sequence[str]],
    *,
    independent: bool = False,
) -> tuple[Coding, ...]:
    """One coding for each code that a coder judged in a turn that is locked.

    `standings` by assignment id; `codes` maps a codebook version to the ids of today's codes that
    could be given in it: a code that came later was not judged and has no coding. Codes of which
    the coder was unsure, and the other codes of a turn that was left unsure, have none either.

    With `independent` the codings are what agreement may be computed from: of blind turns what
    stood before the suggestions came in sight, and nothing that was accepted in bulk.
    Order: as the assignments, then as the codes.
    """
    found: list[Coding] = []
    for assignment in assignments:
        standing = standings.get(assignment.id, NOTHING)
        before = standing.independent
        shown = assignment.shown or standing.revealed
        if independent and before is not None:
            standing, shown = before, assignment.shown
        if standing.lock is None:
            continue
        for code in codes.get(standing.lock.codebook_version, ()):
            answer = standing.answers.get(code)
            if (answer is None and standing.unsure) or (answer and answer.present is None):
                continue
            bulk = bool(answer and answer.by.batch)
            if bulk and independent:
                continue
            found.append(
                Coding(
                    assignment.segment_id,
                    code,
                    assignment.coder_id,
                    bool(answer and answer.present),
                    shown,
                    bulk,
                    assignment.round,
                    standing.lock.codebook_version,
                    standing.lock.at,
                    answer.span if answer else None,
                )
            )
    return tuple(found)
