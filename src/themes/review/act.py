"""Recording what a coder does: checked, on disk, and only then believed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from themes.database import log
from themes.database.connect import now
from themes.errors import RefusedError
from themes.records import Assignment, Coder, Decision, Span
from themes.review.bulk import batch_of
from themes.review.desk import Desk, Desks
from themes.stages.decide import last_act

_REQUEST = re.compile(r"[0-9A-Za-z-]{16,64}")
_ACTS = ("add", "accept", "reject", "modify", "none", "unsure", "skip", "undo")
_LOCKS = ("none", "unsure")


@dataclass(frozen=True, slots=True)
class Request:
    """What the page sends. `seen` is what it knew when the card was drawn; see `seen_of`."""

    request_id: str
    assignment_id: int
    act: str
    code_id: str = ""
    instead_of: str = ""
    span: tuple[int, int] | None = None
    seconds: float = 0.0
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written (nothing, for a request that came twice), and the turn it was about."""

    decisions: tuple[Decision, ...]
    assignment_id: int


def seen_of(desk: Desk, assignment_id: int) -> str:
    """Everything that must not have changed under a card for an act on it to be meant so."""
    materials = desk.materials
    run = materials.run.id if materials.run else 0
    return f"{materials.versions[-1].number}.{run}.{desk.last_in(assignment_id)}.{desk.last_id}"


def record(desks: Desks, coder: Coder, request: Request) -> Recorded:
    """Write one act to disk. Raises RefusedError, and nothing is changed, for what cannot be."""
    if not _REQUEST.fullmatch(request.request_id):
        raise RefusedError("malformed", "the request has no proper id", "reload the page")
    if request.act not in _ACTS:
        raise RefusedError("malformed", "there is no such act", "reload the page")
    with desks.lock(coder.id):
        try:
            with desks.database.write() as connection:
                log.hold(connection, coder.id)
                desk = desks.desk(connection, coder)
                if log.request_is_known(connection, request.request_id):
                    return Recorded((), request.assignment_id)
                decisions = _undo(desk, request) if request.act == "undo" else _act(desk, request)
                written = log.append_decisions(connection, coder.id, decisions)
        except RefusedError:
            raise
        except BaseException:
            desks.forget(coder.id)
            raise
        desk.take(written)
        return Recorded(written, written[0].assignment_id)


def record_batch(
    desks: Desks, coder: Coder, request_id: str, code_id: str, assignment_ids: list[int], seen: str
) -> int:
    """Accept one code in many turns at once, as one batch; gives how many."""
    if not _REQUEST.fullmatch(request_id):
        raise RefusedError("malformed", "the request has no proper id", "reload the page")
    with desks.lock(coder.id), desks.database.write() as connection:
        log.hold(connection, coder.id)
        desk = desks.desk(connection, coder)
        if log.request_is_known(connection, f"{request_id}:0"):
            return 0
        batch = batch_of(desk, code_id, desks.seed)
        if not batch.ready:
            raise RefusedError("sample", "the sample has not been checked", "decide those first")
        if [a.id for a, _ in batch.rest] != assignment_ids or seen != str(desk.last_id):
            raise RefusedError("stale", "the list has changed since", "look at it again")
        if not batch.rest:
            raise RefusedError("empty", "nothing is left to accept", "go on with the turns")
        written = log.append_decisions(
            connection,
            coder.id,
            [
                _decision(desk, a, f"{request_id}:{n}", "accept", code_id, batch=request_id)
                for n, (a, _) in enumerate(batch.rest)
            ],
        )
    # Read back rather than taken in here: the lock is free again.
    return len(written)


def _act(desk: Desk, request: Request) -> list[Decision]:
    a = desk.get(request.assignment_id)
    if not desk.is_due(a):
        desk.get(-1)
    _refuse_stale(desk, request)
    standing = desk.standing(a.id)
    if request.act in ("add", "accept", "reject", "modify") or request.code_id:
        _refuse_unknown_code(desk, request.code_id)
    if request.act == "modify":
        _refuse_unknown_code(desk, request.instead_of)
        if request.instead_of == request.code_id:
            raise RefusedError("malformed", "that is the same code", "accept it, or choose another")
    suggested = {s.code_id for s in desk.suggestions(a)}
    if request.act == "accept" and request.code_id not in suggested | set(standing.again):
        raise RefusedError("malformed", "this code is not suggested here", "add it instead")
    if request.act == "skip" and standing.lock is not None:
        raise RefusedError("locked", "this turn is locked", "undo that first")
    made = [
        _decision(
            desk,
            a,
            request.request_id,
            request.act,
            request.code_id,
            request.instead_of,
            _span(desk, a, request),
            request.seconds,
        )
    ]
    locks = request.act in _LOCKS and not request.code_id
    if locks and not a.shown and not standing.revealed:
        made.append(_decision(desk, a, f"{request.request_id}:reveal", "reveal"))
    return made


def _undo(desk: Desk, request: Request) -> list[Decision]:
    if request.seen.rpartition(".")[2] != str(desk.last_id):
        raise RefusedError("stale", "something was recorded in another tab", "look again")
    return [
        Decision(
            0,
            request.request_id if number == 0 else f"{request.request_id}:{number}",
            taken_back.assignment_id,
            "undo",
            shown=taken_back.shown,
            codebook_version=desk.materials.book.version,
            seconds=min(max(request.seconds, 0.0), 86400.0),
            at=now(),
            undoes=taken_back.id,
        )
        for number, taken_back in enumerate(last_act(desk.decisions))
    ] or _nothing_to_undo()


def _nothing_to_undo() -> list[Decision]:
    raise RefusedError("nothing", "there is nothing to undo", "go on")


def _decision(
    desk: Desk,
    a: Assignment,
    request_id: str,
    act: str,
    code_id: str = "",
    instead_of: str = "",
    span: Span | None = None,
    seconds: float = 0.0,
    batch: str = "",
) -> Decision:
    about = instead_of or code_id
    suggestion = next((s for s in desk.suggestions(a) if s.code_id == about), None)
    return Decision(
        0,
        request_id,
        a.id,
        act,
        code_id,
        instead_of,
        span,
        desk.sees_suggestions(a) or act == "reveal",
        batch,
        suggestion.model if suggestion else "",
        suggestion.score if suggestion else None,
        desk.materials.book.version,
        min(max(seconds, 0.0), 86400.0),
        now(),
    )


def _refuse_stale(desk: Desk, request: Request) -> None:
    found, expected = request.seen.split("."), seen_of(desk, request.assignment_id).split(".")
    if len(found) != len(expected) or found[0] != expected[0]:
        raise RefusedError(
            "codebook", "the codebook has changed since this card was drawn", "look again"
        )
    if found[1] != expected[1]:
        raise RefusedError("suggestions", "there are new suggestions", "look again")
    if found[2] != expected[2]:
        raise RefusedError("stale", "this turn was changed in another tab", "look again")


def _refuse_unknown_code(desk: Desk, code_id: str) -> None:
    if code_id not in {code.id for code in desk.materials.book.codable}:
        raise RefusedError(
            "code",
            f"the code is not in version {desk.materials.book.version} of the codebook",
            "choose another",
        )


def _span(desk: Desk, a: Assignment, request: Request) -> Span | None:
    if request.span is None or request.act not in ("add", "accept", "modify"):
        return None
    try:
        span = Span(*request.span)
    except ValueError:
        span = None
    if span is None or not desk.materials.by_id[a.segment_id].span.contains(span):
        raise RefusedError("span", "the marked words are not in this turn", "mark them again")
    return span
