"""A study served in this process, and a client for each coder."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

import coded_studies
from coded_studies import Made, request_id
from themes.database import log
from themes.review.app import create_app
from themes.review.room import Room
from themes.snapshot import read_snapshot

ADDRESS = "http://127.0.0.1:8765"


@dataclass
class Page:
    """A coder's browser, as far as HTTP goes."""

    client: TestClient
    csrf: str

    def get(self, path: str):
        return self.client.get(path)

    def card(self, path: str = "/") -> dict[str, str]:
        """The data of the card that is drawn."""
        return card_in(self.get(path).text)

    def post(self, path: str, body: dict, **headers: str):
        sent = {"accept": "application/json", "x-csrf-token": self.csrf} | headers
        return self.client.post(path, json=body, headers=sent)

    def act(self, act: str, code: str = "", card: dict | None = None, **more):
        card = card or self.card()
        return self.post(
            "/act",
            {
                "request_id": request_id(),
                "assignment_id": int(card["assignment"]),
                "act": act,
                "code_id": code,
                "seconds": 1.5,
                "seen": card["seen"],
            }
            | more,
        )


def card_in(html: str) -> dict[str, str]:
    found = re.search(r"<article ([^>]*)>", html)
    assert found, html[:300]
    card = dict(re.findall(r'data-([a-z]+)="([^"]*)"', found[1]))
    card["lines"] = re.findall(r'class="line (\w+)[^>]*data-code="([^"]*)"', html)
    return card


@dataclass
class Served:
    made: Made
    room: Room
    app: object

    def page(self, name: str) -> Page:
        client = TestClient(self.app, base_url=ADDRESS, follow_redirects=True)
        client.get(f"/enter?ticket={self.room.sessions.ticket(self.made.coders[name].id)}")
        token = re.search(r'data-csrf="([0-9a-f]+)"', client.get("/work").text)
        return Page(client, token[1])

    def decisions(self, name: str | None = None):
        coder = self.made.coders[name].id if name else None
        with self.made.database.read() as connection:
            return log.decisions(connection, coder)

    def snapshot(self):
        with self.made.database.read() as connection:
            return read_snapshot(connection)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    """Passwords as safe as they are take a third of a second each; tests need no safe ones."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("themes.review.password._hasher", lambda: hasher)


@pytest.fixture
def serve(tmp_path: Path):
    """serve(n=3, ...) makes a study and serves it; see coded_studies.make."""
    opened: list[Made] = []

    def start(accounts: bool = False, **how) -> Served:
        made = coded_studies.make(tmp_path / "study", **how)
        opened.append(made)
        names = () if accounts else ("127.0.0.1", "localhost")
        room = Room(made.folder, made.config, made.database, accounts=accounts, names=names)
        return Served(made, room, create_app(room))

    yield start
    for made in opened:
        made.database.close()


def data(response) -> dict:
    return json.loads(response.text)
