"""What lies before a coder: their work, kept in memory and brought up to date from the log.

Acts are only ever appended, so bringing up to date is reading what is new of one coder. The
database stays the truth: a desk can be thrown away and laid again at any time.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, func, select

from themes.database import log, schema, team, vectors
from themes.database.connect import Database
from themes.errors import RefusedError
from themes.records import Assignment, Coder, Decision, Suggestion
from themes.snapshot import Materials, read_materials
from themes.stages.decide import NOTHING, Standing, stand
from themes.stages.nearest import Vectors


class Desk:
    """One coder's assignments and where each stands."""

    def __init__(self, coder: Coder, materials: Materials) -> None:
        self.coder, self.materials = coder, materials
        self.assignments: dict[int, Assignment] = {}
        self.standings: dict[int, Standing] = {}
        self.decisions: list[Decision] = []
        self._acts: dict[int, list[Decision]] = {}
        self._first: dict[str, int] = {}
        self._done: set[int] = set()
        self._repeats: tuple[Assignment, ...] = ()
        self._last_assignment = -1

    @property
    def last_id(self) -> int:
        """The id of the coder's last act, 0 before the first."""
        return self.decisions[-1].id if self.decisions else 0

    def refresh(self, connection: Connection, last_assignment: int) -> None:
        """Take in what is new in the log."""
        if last_assignment != self._last_assignment:
            found = team.assignments(connection, self.coder.id)
            self.assignments = {a.id: a for a in found}
            self._first = {a.segment_id: a.id for a in found if not a.round}
            self._repeats = tuple(a for a in found if a.round)
            self._last_assignment = last_assignment
        self.take(log.decisions(connection, self.coder.id, self.last_id))

    def take(self, decisions: tuple[Decision, ...]) -> None:
        """Add acts that are on disk."""
        for decision in decisions:
            self._acts.setdefault(decision.assignment_id, []).append(decision)
        self.decisions += decisions
        for assignment_id in {decision.assignment_id for decision in decisions}:
            self.standings[assignment_id] = stand(self._acts[assignment_id], self.materials.carry)
            a = self.assignments.get(assignment_id)
            if a is not None and self._is_finished(a):
                self._done.add(assignment_id)
            else:
                self._done.discard(assignment_id)

    def standing(self, assignment_id: int) -> Standing:
        return self.standings.get(assignment_id, NOTHING)

    def last_in(self, assignment_id: int) -> int:
        """The id of the last act on an assignment, 0 before the first."""
        acts = self._acts.get(assignment_id)
        return acts[-1].id if acts else 0

    def get(self, assignment_id: int) -> Assignment:
        """An assignment of this coder; RefusedError for anybody else's, and for none."""
        found = self.assignments.get(assignment_id)
        if found is None:
            raise RefusedError(
                "not assigned", "this turn is not assigned to you", "go on with your own work"
            )
        return found

    def sees_suggestions(self, a: Assignment) -> bool:
        return a.shown or self.standing(a.id).revealed

    def suggestions(self, a: Assignment) -> tuple[Suggestion, ...]:
        """What the coder may see of what is suggested for this turn."""
        if not self.sees_suggestions(a):
            return ()
        return self.materials.suggestions.get(a.segment_id, ())

    def open_codes(self, a: Assignment) -> tuple[str, ...]:
        """The codes that wait for an answer in this turn."""
        return self.standing(a.id).open(s.code_id for s in self.suggestions(a))

    def is_done(self, a: Assignment) -> bool:
        return a.id in self._done

    def _is_finished(self, a: Assignment) -> bool:
        return self.standing(a.id).lock is not None and not self.open_codes(a)

    def is_due(self, a: Assignment) -> bool:
        """Whether a silent repeat may come back yet; first rounds always may."""
        if not a.round:
            return True
        first = self.standing(self._first.get(a.segment_id, 0)).lock
        if first is None:
            return False
        at = datetime.fromisoformat(first.at)
        return datetime.now(UTC) - at >= timedelta(days=a.after_days)

    def listed(self) -> list[Assignment]:
        """What the coder may look at, in working order.

        A repeat takes the place of the turn it repeats, from when it is due until it is locked:
        the earlier answer is out of sight, and nothing says that there is one.
        """
        due = [a for a in self.assignments.values() if self.is_due(a)]
        repeated = {a.segment_id for a in due if a.round and not self.is_done(a)}
        finished = {a.segment_id for a in due if a.round} - repeated
        return [
            a
            for a in due
            if (a.segment_id not in repeated or a.round)
            and (a.segment_id not in finished or not a.round)
        ]

    def next(self) -> Assignment | None:
        """What to code now: the first open turn, skipped ones last, None when all is done."""
        skipped: list[tuple[int, Assignment]] = []
        for a in self.assignments.values():
            if a.id in self._done or not self.is_due(a):
                continue
            skip = self.standing(a.id).skip
            if skip is None:
                return a
            skipped.append((skip.id, a))
        return min(skipped, key=lambda pair: pair[0])[1] if skipped else None

    def progress(self) -> tuple[int, int]:
        """(turns done, turns assigned); repeats count once they are due."""
        n_waiting = sum(not self.is_due(a) for a in self._repeats)
        return len(self._done), len(self.assignments) - n_waiting

    def recent_codes(self, n: int = 9) -> tuple[str, ...]:
        """The codes given last, the latest first."""
        found: dict[str, None] = {}
        known = {code.id for code in self.materials.book.codable}
        for decision in reversed(self.decisions[-400:]):
            if decision.act in ("add", "accept", "modify") and decision.code_id in known:
                found.setdefault(decision.code_id)
                if len(found) == n:
                    break
        return tuple(found)


class Desks:
    """The desks of all coders at work, over one database."""

    def __init__(self, database: Database, study: Path, seed: int) -> None:
        self.database, self.study, self.seed = database, study, seed
        self._desks: dict[int, Desk] = {}
        self._locks: dict[int, threading.RLock] = {}
        self._guard = threading.Lock()
        self._materials: tuple[tuple, Materials] | None = None
        self._vectors: tuple[object, Vectors | None] = (None, None)

    def lock(self, coder_id: int) -> threading.RLock:
        """Held while one coder's desk is read or changed: two tabs take turns."""
        with self._guard:
            return self._locks.setdefault(coder_id, threading.RLock())

    def desk(self, connection: Connection, coder: Coder) -> Desk:
        """A coder's desk as the database has it now. Hold the coder's lock."""
        state = connection.execute(_STATE, {"coder": coder.id}).one()
        materials = self.materials(connection, tuple(state[:3]))
        desk = self._desks.get(coder.id)
        # A restored backup holds fewer acts than the desk remembers.
        if (
            desk is None
            or desk.materials is not materials
            or desk.last_id > state.last_decision
            or desk.coder != coder
        ):
            desk = self._desks[coder.id] = Desk(coder, materials)
        if (state.last_decision, state.last_assignment) != (desk.last_id, desk._last_assignment):
            desk.refresh(connection, state.last_assignment)
        return desk

    def forget(self, coder_id: int) -> None:
        """Lay the desk again next time; after an error nobody knows what it holds."""
        self._desks.pop(coder_id, None)

    def materials(self, connection: Connection, state: tuple | None = None) -> Materials:
        """The materials, read again only when they changed."""
        if state is None:
            state = tuple(connection.execute(_STATE, {"coder": 0}).one()[:3])
        with self._guard:
            if self._materials is None or self._materials[0] != state:
                self._materials = (state, read_materials(connection))
            return self._materials[1]

    def vectors(self, materials: Materials) -> Vectors | None:
        """The cached vectors, None where there are none."""
        with self._guard:
            if self._vectors[0] is not materials:
                found = vectors.load(self.study)
                self._vectors = (
                    materials,
                    found and Vectors(found[1], {name: row for row, name in enumerate(found[0])}),
                )
            return self._vectors[1]


def _last(column) -> object:
    return select(func.coalesce(func.max(column), 0))


def _state():
    from sqlalchemy import bindparam

    coder = bindparam("coder")
    decision, assignment = schema.decision.c, schema.assignment.c
    return select(
        _last(schema.codebook.c.number).scalar_subquery(),
        _last(schema.run.c.id).scalar_subquery(),
        _last(schema.segment.c.position).scalar_subquery(),
        _last(decision.id)
        .where(decision.coder_id == coder)
        .scalar_subquery()
        .label("last_decision"),
        _last(assignment.id)
        .where(assignment.coder_id == coder)
        .scalar_subquery()
        .label("last_assignment"),
    )


_STATE = _state()
