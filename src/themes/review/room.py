"""What every page needs: the study, the sessions, the templates, and who is asking."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import Connection

from themes.config import Config
from themes.database import team
from themes.database.connect import Database, now
from themes.errors import RefusedError
from themes.records import Coder
from themes.review.desk import Desk, Desks
from themes.review.keys import keys_of
from themes.review.session import COOKIE, Patience, Session, Sessions
from themes.review.words import Words, preferred, words

_HERE = Path(__file__).parent


class LoggedOutError(Exception):
    """Nobody is let in with this request: the answer is the login page."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Who asks: a coder, their session, their keys and their language."""

    coder: Coder
    session: Session
    preferences: dict[str, Any]
    words: Words


class Room:
    """One study that is open for review.

    `accounts`: coders log in with passwords; otherwise a ticket lets one coder in. `names` are
    the hosts that may be asked for, empty for any.
    """

    def __init__(
        self,
        study: Path,
        config: Config,
        database: Database,
        *,
        accounts: bool,
        names: tuple[str, ...] = (),
    ) -> None:
        self.study, self.config, self.database = study, config, database
        self.accounts, self.names = accounts, names
        self.sessions = Sessions(study)
        self.desks = Desks(database, study, config.seed)
        # Somebody who guesses meets the first; somebody who guesses from many machines the second.
        self.patience_here = Patience(limit=5, window_s=300)
        self.patience_all = Patience(limit=50, window_s=300)
        self.templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.filters["score"] = lambda value: f"{value:.2f}"

    def guest(self, request: Request, connection: Connection) -> Guest:
        """Who asks, from their cookie. Raises LoggedOutError for nobody."""
        cookie = request.cookies.get(COOKIE, "")
        known = self.sessions.who(cookie) if cookie else None
        if known is None:
            raise LoggedOutError
        found = team.guest(connection, known[0])
        if found is None:
            raise LoggedOutError
        coder, password_hash, preferences = found
        if self.accounts and not password_hash:
            raise LoggedOutError
        session = self.sessions.open(cookie, known[1], coder.id, password_hash)
        if session is None:
            raise LoggedOutError
        return Guest(coder, session, preferences, self.words(request, preferences))

    def words(self, request: Request, preferences: dict[str, Any] | None = None) -> Words:
        """The interface's words for this browser, or as the coder chose."""
        chosen = (preferences or {}).get("language")
        return words(chosen or preferred(request.headers.get("accept-language", "")))

    def check_token(self, request: Request, guest: Guest, token: str | None = None) -> None:
        """Raises RefusedError unless the request comes from a page of ours."""
        given = token if token is not None else request.headers.get("x-csrf-token", "")
        if not secrets.compare_digest(given.encode(), guest.session.csrf.encode()):
            raise RefusedError("forged", "this request did not come from this page", "reload it")
        self.check_origin(request)

    def check_origin(self, request: Request) -> None:
        """Raises RefusedError for a request that a page of another site sent."""
        origin = request.headers.get("origin")
        if origin and urlsplit(origin).netloc != request.headers.get("host", ""):
            raise RefusedError("forged", "this request came from another site", "reload the page")

    def draw(self, template: str, language: Words, **values: Any) -> str:
        """A template as text."""
        return self.templates.get_template(template).render(w=language, **values)

    def page(
        self, template: str, guest: Guest, desk: Desk | None = None, **values: Any
    ) -> HTMLResponse:
        """A whole page for somebody who is let in."""
        return HTMLResponse(
            self.draw(
                template,
                guest.words,
                me=guest.coder,
                csrf=guest.session.csrf,
                keys=keys_of(guest.preferences),
                shortcuts=guest.preferences.get("shortcuts", True),
                study=self.config.name,
                accounts=self.accounts,
                progress=desk.progress() if desk else None,
                **values,
            )
        )

    def let_in(self, request: Request, coder: Coder, password_hash: str) -> RedirectResponse:
        """To the first page, with a new cookie, and a line in the trail."""
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(
            COOKIE,
            self.sessions.issue(coder.id, password_hash),
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
            path="/",
        )
        with self.database.write() as connection:
            team.add_event(connection, "let in", {}, now(), coder.id)
        return response
