"""The page on which disagreements are settled, for adjudicators and owners."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from themes.database import log
from themes.database.connect import now
from themes.errors import RefusedError
from themes.records import KINDS, Adjudication
from themes.review.overview import readable
from themes.review.room import Guest, Room
from themes.snapshot import Snapshot, read_snapshot
from themes.stages.adjudicate import Case, cases, settled
from themes.stages.decide import NOTHING

router = APIRouter()
_AROUND = 2


class Ruling(BaseModel):
    """What stands for one code."""

    model_config = ConfigDict(extra="forbid")
    present: bool
    kind: Literal["", "boundary", "wrong code", "missed", "codebook unclear"] = ""
    reason: str = Field("", max_length=4000)


class Verdicts(BaseModel):
    """What stands for every code in question in one segment."""

    model_config = ConfigDict(extra="forbid")
    request_id: str = Field(pattern=r"^[0-9A-Za-z-]{16,64}$")
    segment_id: str
    rulings: dict[str, Ruling] = Field(max_length=200)
    seen: str


@router.get("/adjudicate")
def first(request: Request) -> Response:
    return _page(request, "")


@router.get("/adjudicate/{segment_id:path}")
def one(request: Request, segment_id: str) -> Response:
    return _page(request, segment_id)


def _page(request: Request, segment_id: str) -> Response:
    room: Room = request.app.state.room
    with room.database.read() as connection:
        guest, snapshot, found = _open(room, request, connection)
    waiting = [case for case in found if not settled(case, snapshot.decided)]
    case = next((c for c in found if c.segment_id == segment_id), None)
    if segment_id and case is None:
        raise RefusedError("not found", "there is nothing to adjudicate here")
    if case is None and waiting:
        case = waiting[0]
    values = _view(snapshot, case, guest) if case else {}
    return room.page(
        "adjudicate.html",
        guest,
        case=case,
        found=found,
        waiting=len(waiting),
        decided=snapshot.decided,
        kinds=KINDS,
        book=snapshot.materials.book,
        by_id=snapshot.materials.by_id,
        **values,
    )


@router.post("/adjudicate")
def decide(request: Request, body: Verdicts) -> Response:
    """Write what stands for one segment; the coders' own answers stay as they are."""
    room: Room = request.app.state.room
    with room.database.write() as connection:
        guest, snapshot, found = _open(room, request, connection)
        room.check_token(request, guest)
        case = next((c for c in found if c.segment_id == body.segment_id), None)
        if case is None:
            raise RefusedError("not found", "there is nothing to adjudicate here")
        book = snapshot.materials.book
        codable = {code.id for code in book.codable}
        if body.seen != _seen(snapshot) and not _known(snapshot, body.request_id):
            raise RefusedError("codebook", "the codebook has changed", "look again")
        if not set(body.rulings) <= codable or not set(case.verdicts) <= set(body.rulings):
            raise RefusedError("code", "a code is missing, or is not in the codebook", "look again")
        at = now()

        def made(code_id: str, ruling: Ruling) -> Adjudication:
            return Adjudication(
                0,
                f"{body.request_id}:{code_id}",
                case.segment_id,
                code_id,
                ruling.present,
                guest.coder.id,
                ruling.kind,
                ruling.reason.strip(),
                tuple(sorted(case.coder_ids)),
                book.version,
                at,
            )

        rulings = [made(code_id, ruling) for code_id, ruling in sorted(body.rulings.items())]
        nothing = not any(ruling.present for ruling in body.rulings.values())
        # The row without a code closes the segment: also one where nothing is there.
        log.append_adjudications(connection, [*rulings, made("", Ruling(present=not nothing))])
        snapshot = read_snapshot(connection, snapshot.materials)
    waiting = [c.segment_id for c in found if not settled(c, snapshot.decided)]
    following = f"/adjudicate/{waiting[0]}" if waiting else "/adjudicate"
    return JSONResponse({"said": guest.words("said_adjudicated"), "next": following})


def _open(
    room: Room, request: Request, connection: Connection
) -> tuple[Guest, Snapshot, tuple[Case, ...]]:
    guest = room.guest(request, connection)
    if not guest.coder.may_adjudicate:
        raise RefusedError("forbidden", "this page is for adjudicators and owners")
    snapshot = read_snapshot(connection, room.desks.materials(connection))
    found = cases(
        snapshot.assignments, snapshot.standings, snapshot.materials.book, seed=room.config.seed
    )
    return guest, snapshot, found


def _view(snapshot: Snapshot, case: Case, guest: Guest) -> dict[str, object]:
    materials = snapshot.materials
    segment = materials.by_id[case.segment_id]
    transcript = materials.transcripts[segment.transcript_id]
    place = segment.turn - 1
    marks: dict[str, dict[int, str]] = {}
    for a in snapshot.assignments:
        if a.segment_id != case.segment_id or a.round:
            continue
        for code, answer in snapshot.standings.get(a.id, NOTHING).answers.items():
            if answer.span is not None:
                marks.setdefault(code, {})[a.coder_id] = answer.span.of(transcript.text)
    memos = [
        memo
        for memo in readable(snapshot.memos, guest.coder)
        if memo.about == "segment" and memo.about_id == case.segment_id
    ]
    return {
        "segment": segment,
        "transcript": transcript,
        "before": transcript.turns[max(0, place - _AROUND) : place],
        "after": transcript.turns[place + 1 : place + 1 + _AROUND],
        "letters": {
            coder_id: "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n % 26]
            for n, coder_id in enumerate(case.coder_ids)
        },
        "marks": marks,
        "memos": memos,
        "seen": _seen(snapshot),
    }


def _seen(snapshot: Snapshot) -> str:
    return str(snapshot.materials.versions[-1].number)


def _known(snapshot: Snapshot, request_id: str) -> bool:
    return any(a.request_id == f"{request_id}:" for a in snapshot.adjudications)
