"""A coder's own figures, memos, and what the team should think about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from themes.database import log
from themes.database.connect import now
from themes.errors import RefusedError
from themes.records import Coder, Memo
from themes.review.desk import Desk
from themes.review.room import Room
from themes.snapshot import Snapshot, read_snapshot
from themes.stages.bias import gap
from themes.stages.decide import NOTHING

router = APIRouter()


class Note(BaseModel):
    """A memo as the page sends it; `replaces` names the memo it takes the place of."""

    model_config = ConfigDict(extra="forbid")
    request_id: str = Field(pattern=r"^[0-9A-Za-z-]{16,64}$")
    about: Literal["segment", "code", "transcript"]
    about_id: str = Field(max_length=500)
    text: str = Field(max_length=20_000)
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Repeats:
    """How often silent repeats were answered as before: `same` of `n` codes judged twice."""

    same: int
    n: int


@router.get("/work")
def work(request: Request) -> Response:
    """How a coder is doing: progress, the gap between blind and shown, answers given twice."""
    room: Room = request.app.state.room
    with room.database.read() as connection:
        guest = room.guest(request, connection)
        with room.desks.lock(guest.coder.id):
            desk = room.desks.desk(connection, guest.coder)
            found = gap(desk.assignments.values(), desk.standings, desk.materials.firm)
            twice = _repeats(desk)
            counts = [
                (code, sum(code.id in s.given for s in desk.standings.values()))
                for code in desk.materials.book.codable
            ]
            return room.page("work.html", guest, desk, gap=found, repeats=twice, counts=counts)


def _repeats(desk: Desk) -> Repeats:
    first = {a.segment_id: a for a in desk.assignments.values() if not a.round}
    same = n = 0
    for a in desk.assignments.values():
        if not a.round or desk.standing(a.id).lock is None or a.segment_id not in first:
            continue
        earlier, later = desk.standing(first[a.segment_id].id), desk.standing(a.id)
        for code in {*earlier.given, *later.given}:
            n += 1
            same += code in earlier.given and code in later.given
    return Repeats(same, n)


@router.get("/codebook")
def codebook(request: Request) -> Response:
    """The codebook as coders read it, with their memos on it."""
    room: Room = request.app.state.room
    with room.database.read() as connection:
        guest = room.guest(request, connection)
        with room.desks.lock(guest.coder.id):
            desk = room.desks.desk(connection, guest.coder)
            memos = readable(log.memos(connection), guest.coder)
            depth: dict[str | None, int] = {None: -1}
            for code in desk.materials.book.codes:
                depth[code.id] = depth[code.parent] + 1
            return room.page(
                "codebook.html",
                guest,
                desk,
                book=desk.materials.book,
                depth=depth,
                versions=desk.materials.versions,
                memos={
                    m.about_id: m
                    for m in memos
                    if m.about == "code" and m.author_id == guest.coder.id
                },
            )


@router.get("/memos/{about}/{about_id:path}")
def memos_about(request: Request, about: str, about_id: str) -> Response:
    """The coder's own memo about one thing, for the form beside the card."""
    room: Room = request.app.state.room
    with room.database.read() as connection:
        guest = room.guest(request, connection)
        found = [
            m
            for m in readable(log.memos(connection), guest.coder)
            if (m.about, m.about_id) == (about, about_id) and m.author_id == guest.coder.id
        ]
    last = found[-1] if found else None
    return JSONResponse({"text": last.text if last else "", "replaces": last.id if last else None})


@router.post("/memo")
def memo(request: Request, body: Note) -> Response:
    """Keep a memo. What it replaces is kept as well."""
    room: Room = request.app.state.room
    with room.database.read() as connection:
        guest = room.guest(request, connection)
        room.check_token(request, guest)
        with room.desks.lock(guest.coder.id):
            desk = room.desks.desk(connection, guest.coder)
            mine = {a.segment_id for a in desk.assignments.values()}
            known = {
                "segment": mine,
                "transcript": {desk.materials.by_id[i].transcript_id for i in mine},
                "code": {code.id for code in desk.materials.book.codes},
            }
        if body.about_id not in known[body.about] and not guest.coder.may_adjudicate:
            raise RefusedError("not assigned", "this is not part of your work")
    with room.database.write() as connection:
        own = {m.id for m in log.memos(connection) if m.author_id == guest.coder.id}
        if body.replaces is not None and body.replaces not in own:
            raise RefusedError("not assigned", "that memo is not yours")
        memo_id = log.append_memo(
            connection,
            Memo(
                0,
                body.request_id,
                body.about,
                body.about_id,
                guest.coder.id,
                body.text.strip(),
                now(),
                body.replaces,
            ),
        )
    return JSONResponse({"said": guest.words("said_memo"), "id": memo_id})


def readable(memos: tuple[Memo, ...], coder: Coder) -> list[Memo]:
    """The memos that stand and that a coder may read: their own; an adjudicator reads all."""
    replaced = {m.replaces for m in memos}
    return [
        m
        for m in memos
        if m.id not in replaced and m.text and (m.author_id == coder.id or coder.may_adjudicate)
    ]


@router.get("/team")
def team_page(request: Request) -> Response:
    """For adjudicators and owners: how far everybody is, memos, codebook changes to consider."""
    room: Room = request.app.state.room
    with room.database.read() as connection:
        guest = room.guest(request, connection)
        if not guest.coder.may_adjudicate:
            raise RefusedError("forbidden", "this page is for adjudicators and owners")
        snapshot = read_snapshot(connection, room.desks.materials(connection))
    return room.page(
        "team.html",
        guest,
        rows=_rows(snapshot),
        lessons=lessons(snapshot),
        memos=readable(snapshot.memos, guest.coder),
        book=snapshot.materials.book,
        name_of=snapshot.name_of,
    )


def _rows(snapshot: Snapshot) -> list[tuple[Coder, int, int]]:
    """(coder, turns locked, turns assigned) of everybody."""
    found = []
    for coder in snapshot.coders:
        mine = [a for a in snapshot.assignments if a.coder_id == coder.id and not a.round]
        done = sum(snapshot.standings.get(a.id, NOTHING).lock is not None for a in mine)
        found.append((coder, done, len(mine)))
    return found


def lessons(snapshot: Snapshot) -> list[tuple[str, str, str, str]]:
    """(code id, kind, reason, segment id) of what adjudication teaches about the codebook."""
    return [
        (a.code_id, a.kind, a.reason, a.segment_id)
        for a in snapshot.decided.values()
        if a.code_id and (a.kind in ("codebook unclear", "boundary") or a.reason)
    ]
