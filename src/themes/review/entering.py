"""Coming in and going out, keys and language."""

from __future__ import annotations

from math import ceil
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from themes.database import team
from themes.database.connect import now
from themes.review.keys import KEYS, keys_of, problem
from themes.review.password import fits
from themes.review.room import LoggedOutError, Room
from themes.review.session import COOKIE
from themes.review.words import LANGUAGES

router = APIRouter()


@router.get("/login")
def login_page(request: Request) -> Response:
    room: Room = request.app.state.room
    return _login(request, room)


@router.post("/login")
async def login(request: Request) -> Response:
    from starlette.concurrency import run_in_threadpool

    form = await request.form()
    name, secret = str(form.get("name", ""))[:80], str(form.get("password", ""))
    return await run_in_threadpool(_try, request, name, secret)


def _try(request: Request, name: str, secret: str) -> Response:
    room: Room = request.app.state.room
    room.check_origin(request)
    if not room.accounts:
        return _login(request, room)
    words = room.words(request)
    here = f"{request.client.host if request.client else ''} {name.casefold()}"
    wait = max(room.patience_here.wait_s(here), room.patience_all.wait_s(name.casefold()))
    if wait:
        response = _login(request, room, words("login_wait", minutes=ceil(wait / 60)), 429)
        response.headers["retry-after"] = str(ceil(wait))
        return response
    with room.database.read() as connection:
        coder = team.find_coder(connection, name)
        value = team.password_hash(connection, coder.id) if coder else ""
    if not fits(secret, value) or coder is None:
        room.patience_here.failed(here)
        room.patience_all.failed(name.casefold())
        with room.database.write() as connection:
            team.add_event(connection, "refused", {}, now(), coder.id if coder else None)
        return _login(request, room, words("login_wrong"), 401)
    return room.let_in(request, coder, value)


def _login(request: Request, room: Room, said: str = "", status: int = 200) -> HTMLResponse:
    words = room.words(request)
    return HTMLResponse(
        room.draw("login.html", words, said=said, accounts=room.accounts, study=room.config.name),
        status,
    )


@router.get("/enter")
def enter(request: Request, ticket: str = "") -> Response:
    """The address that `themes review` prints: good for one visit."""
    room: Room = request.app.state.room
    coder_id = None if room.accounts else room.sessions.redeem(ticket)
    if coder_id is None:
        raise LoggedOutError
    with room.database.read() as connection:
        found = team.guest(connection, coder_id)
    if found is None:
        raise LoggedOutError
    response = room.let_in(request, found[0], found[1])
    if found[0].may_adjudicate and request.query_params.get("to") == "adjudicate":
        response.headers["location"] = "/adjudicate"
    return response


@router.post("/logout")
async def logout(request: Request) -> Response:
    room: Room = request.app.state.room
    form = await request.form()
    with room.database.read() as connection:
        guest = room.guest(request, connection)
    room.check_token(request, guest, str(form.get("csrf", "")))
    response = RedirectResponse("/login", status_code=303)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/keys")
def keys_page(request: Request) -> Response:
    room: Room = request.app.state.room
    with room.database.read() as connection:
        guest = room.guest(request, connection)
    return room.page("keys.html", guest, said="", wrong="", given=keys_of(guest.preferences))


@router.post("/keys")
async def set_keys(request: Request) -> Response:
    room: Room = request.app.state.room
    form = await request.form()
    with room.database.read() as connection:
        guest = room.guest(request, connection)
    room.check_token(request, guest, str(form.get("csrf", "")))
    if form.get("reset"):
        given = dict(KEYS)
    else:
        given = {action: str(form.get(action, key)).strip() for action, key in KEYS.items()}
        given = {a: k.lower() if len(k) == 1 else k for a, k in given.items()}
    wrong = problem(given)
    if wrong:
        said = guest.words("keys_wrong", action=guest.words("act_" + wrong))
        return room.page("keys.html", guest, said=said, wrong=wrong, given=given)
    preferences: dict[str, Any] = dict(guest.preferences)
    preferences["keys"] = {a: k for a, k in given.items() if k != KEYS[a]}
    preferences["shortcuts"] = bool(form.get("shortcuts")) or bool(form.get("reset"))
    if form.get("language") in LANGUAGES:
        preferences["language"] = str(form.get("language"))
    with room.database.write() as connection:
        team.set_preferences(connection, guest.coder.id, preferences)
    return RedirectResponse("/keys", status_code=303)
