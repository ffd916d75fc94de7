"""Debian's Chromium, and the review page served from this process."""

from __future__ import annotations

import shutil
import socket
import threading
import time

import pytest
import uvicorn

import coded_studies
from themes.database import log
from themes.review.app import create_app
from themes.review.room import Room
from themes.snapshot import read_snapshot

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


class Live:
    """A study that is being served, and pages on it."""

    def __init__(self, folder, browser, *, accounts: bool = False, **how) -> None:
        self.made = coded_studies.make(folder, **how)
        self.room = Room(
            self.made.folder,
            self.made.config,
            self.made.database,
            accounts=accounts,
            names=("127.0.0.1",),
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.browser = browser
        self.contexts = []
        self.start()

    def start(self) -> None:
        settings = uvicorn.Config(
            create_app(self.room), port=self.port, log_config=None, access_log=False, lifespan="off"
        )
        self.server = uvicorn.Server(settings)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        self.server.force_exit = True
        self.server.should_exit = True
        self.thread.join(10)

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        self.stop()
        self.made.database.close()

    def page(self, name: str = "anna", path: str = "", **how):
        """A new browser of a coder, on the first card or on `path`."""
        context = self.browser.new_context(
            **{"viewport": {"width": 1280, "height": 860}, "locale": "en-GB", **how}
        )
        context.set_default_timeout(20_000)
        self.contexts.append(context)
        page = context.new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on(
            "console",
            lambda m: (
                page.problems.append(m.text)
                if m.type == "error" and "Failed to load resource" not in m.text
                else None
            ),
        )
        ticket = self.room.sessions.ticket(self.made.coders[name].id)
        page.goto(f"http://127.0.0.1:{self.port}/enter?ticket={ticket}")
        if path:
            page.goto(f"http://127.0.0.1:{self.port}{path}")
        else:
            page.locator("#card article").wait_for()
        return page

    def decisions(self, name: str | None = None):
        coder = self.made.coders[name].id if name else None
        with self.made.database.read() as connection:
            return log.decisions(connection, coder)

    def snapshot(self):
        with self.made.database.read() as connection:
            return read_snapshot(connection)


@pytest.fixture
def live(tmp_path, browser):
    """live(n=2, ...) serves a study; see coded_studies.make."""
    opened = []

    def start(**how) -> Live:
        opened.append(Live(tmp_path / "study", browser, **how))
        return opened[-1]

    yield start
    for one in opened:
        one.close()
