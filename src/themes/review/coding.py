"""The pages on which a coder codes."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from themes.errors import RefusedError
from themes.records import Assignment
from themes.review import act as acting
from themes.review.bulk import batch_of, batches
from themes.review.card import FAR_AROUND, card
from themes.review.desk import Desk
from themes.review.found import Filter, find
from themes.review.keys import keys_of
from themes.review.room import Guest, Room
from themes.stages.bias import gap
from themes.stages.nearest import N_GIVEN, N_REJECTED, nearest

router = APIRouter()


class Act(BaseModel):
    """What the page's script sends for one key."""

    model_config = ConfigDict(extra="forbid")
    request_id: str
    assignment_id: int
    act: str
    code_id: str = ""
    instead_of: str = ""
    span: tuple[int, int] | None = None
    seconds: float = Field(0.0, allow_inf_nan=False)
    seen: str


class Bulk(BaseModel):
    model_config = ConfigDict(extra="forbid")
    request_id: str
    code_id: str
    assignment_ids: list[int]
    seen: str


@router.get("/")
def start(request: Request) -> Response:
    return _code(request, None)


@router.get("/turn/{assignment_id}")
def turn(request: Request, assignment_id: int) -> Response:
    return _code(request, assignment_id)


def _code(request: Request, assignment_id: int | None) -> Response:
    room: Room = request.app.state.room
    with room.database.read() as connection:
        guest = room.guest(request, connection)
        with room.desks.lock(guest.coder.id):
            desk = room.desks.desk(connection, guest.coder)
            a = desk.next() if assignment_id is None else _visible(desk, assignment_id)
            drawn = _draw(room, guest, desk, a)
            return room.page(
                "code.html",
                guest,
                desk,
                card_html=drawn,
                codes=desk.materials.book.codes,
                run=desk.materials.run,
            )


@router.get("/card/{assignment_id}")
def show(request: Request, assignment_id: int, move: int = 0, far: bool = False) -> Response:
    """One card, or the one `move` places from it in working order."""
    room: Room = request.app.state.room
    with room.database.read() as connection:
        guest = room.guest(request, connection)
        with room.desks.lock(guest.coder.id):
            desk = room.desks.desk(connection, guest.coder)
            a = _visible(desk, assignment_id)
            if move:
                order = [x.id for x in desk.listed()]
                place = order.index(a.id) + move
                if not 0 <= place < len(order):
                    raise RefusedError("edge", guest.words("no_further"))
                a = desk.get(order[place])
            return JSONResponse({"card": _draw(room, guest, desk, a, far=far), "said": ""})


@router.post("/act")
def act(request: Request, body: Act) -> Response:
    """Record one act; the answer is the next card, and comes after the act is on disk."""
    room: Room = request.app.state.room
    with room.database.read() as connection:
        guest = room.guest(request, connection)
    room.check_token(request, guest)
    asked = acting.Request(**body.model_dump())
    refused = None
    try:
        recorded = acting.record(room.desks, guest.coder, asked)
    except RefusedError as error:
        if error.reason not in ("stale", "codebook", "suggestions", "code", "nothing", "locked"):
            raise
        refused, recorded = error, None
    with room.database.read() as connection, room.desks.lock(guest.coder.id):
        desk = room.desks.desk(connection, guest.coder)
        here = recorded.assignment_id if recorded else body.assignment_id
        a = _after(desk, desk.get(here), body.act, moved=recorded is not None)
        answer = {"card": _draw(room, guest, desk, a)}
    if refused is not None:
        key = f"refused_{refused.reason}"
        return JSONResponse(answer | {"reason": refused.reason, "said": guest.words(key)}, 409)
    return JSONResponse(answer | {"said": _said(guest, desk, body, recorded)})


def _after(desk: Desk, a: Assignment, what: str, *, moved: bool) -> Assignment | None:
    """The turn to show after an act on `a`: the same while it is open, then the next."""
    if not moved or what == "undo":
        return a
    if what == "skip" or (desk.is_done(a) and what in ("none", "unsure", "accept", "reject")):
        return desk.next()
    return a


def _said(guest: Guest, desk: Desk, body: Act, recorded: acting.Recorded) -> str:
    if not recorded.decisions:
        return guest.words("said_already")
    book = desk.materials.book
    known = {code.id: code.name for code in book.codes}
    values = {"code": known.get(body.code_id, ""), "n": len(recorded.decisions)}
    key = "said_unsure_turn" if body.act == "unsure" and not body.code_id else f"said_{body.act}"
    return guest.words(key, **values)


def _draw(room: Room, guest: Guest, desk: Desk, a: Assignment | None, *, far: bool = False) -> str:
    if a is None:
        return room.draw(
            "all_done.html", guest.words, progress=desk.progress(), last=desk.last_id, notes=()
        )
    drawn = card(desk, a, FAR_AROUND if far else 2)
    notice = None
    if drawn.hasty:
        notice = gap(desk.assignments.values(), desk.standings, desk.materials.firm)
    return room.draw(
        "card.html",
        guest.words,
        card=drawn,
        far=far,
        book=desk.materials.book,
        keys=keys_of(guest.preferences),
        notice=notice,
        meaning=desk.materials.run.score_meaning if desk.materials.run else "",
    )


def _visible(desk: Desk, assignment_id: int) -> Assignment:
    a = desk.get(assignment_id)
    if a not in desk.listed():
        desk.get(-1)
    return a


@router.get("/evidence/{assignment_id}/{code_id}")
def evidence(request: Request, assignment_id: int, code_id: str) -> Response:
    """The coder's own answers most like this turn: given with the code, and rejected."""
    room: Room = request.app.state.room
    with room.database.read() as connection:
        guest = room.guest(request, connection)
        with room.desks.lock(guest.coder.id):
            desk = room.desks.desk(connection, guest.coder)
            a = _visible(desk, assignment_id)
            given: set[str] = set()
            rejected: set[str] = set()
            listed = {x.id for x in desk.listed()}
            for other in desk.assignments.values():
                answer = desk.standing(other.id).answers.get(code_id)
                if answer is not None and other.id in listed and other.id != a.id:
                    (given if answer.present else rejected).add(other.segment_id)
            vectors = room.desks.vectors(desk.materials)
            segments = desk.materials.by_id

            def like(among: set[str], n: int):
                found = nearest(vectors, a.segment_id, among, n) if vectors else ()
                return [(segments[i], round(100 * cosine)) for i, cosine in found]

            return HTMLResponse(
                room.draw(
                    "evidence.html",
                    guest.words,
                    given=like(given, N_GIVEN),
                    rejected=like(rejected, N_REJECTED),
                    ready=vectors is not None,
                )
            )


@router.get("/find")
def find_page(request: Request) -> Response:
    room: Room = request.app.state.room
    with room.database.read() as connection:
        guest = room.guest(request, connection)
        with room.desks.lock(guest.coder.id):
            desk = room.desks.desk(connection, guest.coder)
            transcripts = dict.fromkeys(
                desk.materials.by_id[a.segment_id].transcript_id for a in desk.assignments.values()
            )
            return room.page(
                "find.html",
                guest,
                desk,
                codes=desk.materials.book.codable,
                transcripts=sorted(transcripts),
                found=find(desk, Filter()),
            )


@router.post("/find")
def find_rows(request: Request, body: Filter) -> Response:
    """Rows that fit a filter. What is searched for is not in the address: addresses are logged."""
    room: Room = request.app.state.room
    with room.database.read() as connection:
        guest = room.guest(request, connection)
        room.check_token(request, guest)
        with room.desks.lock(guest.coder.id):
            found = find(room.desks.desk(connection, guest.coder), body)
    return HTMLResponse(room.draw("found.html", guest.words, found=found))


@router.get("/bulk")
def bulk_page(request: Request) -> Response:
    return _bulk(request, None)


@router.get("/bulk/{code_id}")
def bulk_code(request: Request, code_id: str) -> Response:
    return _bulk(request, code_id)


def _bulk(request: Request, code_id: str | None) -> Response:
    room: Room = request.app.state.room
    with room.database.read() as connection:
        guest = room.guest(request, connection)
        with room.desks.lock(guest.coder.id):
            desk = room.desks.desk(connection, guest.coder)
            book = desk.materials.book
            if code_id is not None and code_id not in {code.id for code in book.codable}:
                raise RefusedError("not found", "there is no such code")
            return room.page(
                "bulk.html",
                guest,
                desk,
                book=book,
                segments=desk.materials.by_id,
                standing=desk.standing,
                seen=desk.last_id,
                batch=batch_of(desk, code_id, room.config.seed) if code_id else None,
                batches=() if code_id else batches(desk, room.config.seed),
            )


@router.post("/bulk")
def bulk(request: Request, body: Bulk) -> Response:
    room: Room = request.app.state.room
    with room.database.read() as connection:
        guest = room.guest(request, connection)
    room.check_token(request, guest)
    n = acting.record_batch(
        room.desks, guest.coder, body.request_id, body.code_id, body.assignment_ids, body.seen
    )
    return JSONResponse({"said": guest.words("said_bulk", n=n)})
