"""The web application: routes, headers, and what a failure looks like."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from themes.errors import RefusedError, ThemesError
from themes.review import adjudicating, coding, entering, overview
from themes.review.room import LoggedOutError, Room

Scope = MutableMapping[str, Any]

_HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        b"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # Not "no-referrer": browsers then send forms without saying which site they come from.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
_MAX_BODY = 200_000
_STATUS = {"forged": 403, "forbidden": 403, "not assigned": 404, "malformed": 422}


def create_app(room: Room) -> FastAPI:
    """The application that serves one study."""
    # No pages about the interface itself: nobody needs them, and they load scripts from elsewhere.
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.room = room
    for part in (entering, coding, overview, adjudicating):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    app.add_exception_handler(LoggedOutError, _logged_out)
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(ThemesError, _failed)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _not_found)
    app.add_middleware(_Guard, room=room)
    return app


class _Guard:
    """Headers on every answer; no strange host, no endless body, no traceback to anybody."""

    def __init__(self, app: Callable[..., Awaitable[None]], room: Room) -> None:
        self._app, self._room = app, room

    async def __call__(self, scope: Scope, receive: Callable, send: Callable) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False
        static = scope["path"].startswith("/static/")

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                caching = b"no-cache" if static else b"no-store"
                message["headers"] = [
                    *message.get("headers", ()),
                    *_HEADERS,
                    (b"cache-control", caching),
                ]
            await send(message)

        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1").rpartition(":")[0]
        try:
            if self._room.names and host not in self._room.names:
                await _plain(421, "this address is not served here")(
                    scope, receive, send_with_headers
                )
            elif int(headers.get(b"content-length", b"0") or 0) > _MAX_BODY or (
                b"transfer-encoding" in headers
            ):
                await _plain(413, "the request is too large")(scope, receive, send_with_headers)
            else:
                await self._app(scope, receive, send_with_headers)
        except Exception as error:  # noqa: BLE001 - its message may quote a transcript or a memo
            print_place(error)
            if not started:
                await _plain(500, "something failed; nothing was recorded, try again")(
                    scope, receive, send_with_headers
                )


def print_place(error: BaseException) -> None:
    """Where an unexpected error came from, never what it says."""
    import logging
    import traceback

    place = traceback.extract_tb(error.__traceback__)[-1]
    logging.getLogger("themes.review").error(
        "unexpected %s at %s:%s", type(error).__name__, Path(place.filename).name, place.lineno
    )


def _plain(status: int, text: str) -> Response:
    return Response(text, status, media_type="text/plain; charset=utf-8")


def _wants_data(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _logged_out(request: Request, _: Exception) -> Response:
    if _wants_data(request):
        room: Room = request.app.state.room
        words = room.words(request)
        return JSONResponse({"reason": "logged out", "said": words("session_ended")}, 401)
    return RedirectResponse("/login", status_code=303)


def _refused(request: Request, error: RefusedError) -> Response:
    return _answer(request, _STATUS.get(error.reason, 409), error.reason, error)


def _failed(request: Request, error: ThemesError) -> Response:
    return _answer(request, 503, "storage", error)


def _malformed(request: Request, error: Exception) -> Response:
    # The library's own message quotes what was sent.
    return _answer(
        request,
        422,
        "malformed",
        RefusedError("malformed", "the request is malformed", "reload the page"),
    )


def _not_found(request: Request, error: HTTPException) -> Response:
    return _answer(
        request, error.status_code, "not found", RefusedError("not found", "there is no such page")
    )


def _answer(request: Request, status: int, reason: str, error: ThemesError) -> Response:
    room: Room = request.app.state.room
    words = room.words(request)
    if isinstance(error, RefusedError):
        key = "refused_" + reason.replace(" ", "_")
        said = words(key) if key in words else f"{error.what}; {error.remedy}".strip("; ")
    else:
        said = words("refused_storage", what=str(error))
    if _wants_data(request):
        return JSONResponse({"reason": reason, "said": said}, status)
    return HTMLResponse(room.draw("sorry.html", words, said=said, status=status), status)
