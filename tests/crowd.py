"""Coders in numbers: a served study in a process of its own, and clients that code in threads."""

from __future__ import annotations

import html
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import coded_studies
from themes.database import team
from themes.review.password import hashed

SECRET = "a password for tests"


def crowded(
    folder: Path, n_coders: int, n_turns: int, place: str | None = None
) -> coded_studies.Made:
    """A study in which `n_coders` coders each have `n_turns` turns."""
    names = tuple((f"coder {number}", "coder") for number in range(n_coders))
    made = coded_studies.make(
        folder, n=max(1, n_turns // 20), n_answers=20, coders=names, place=place, vectored=False
    )
    once = hashed(SECRET)
    with made.database.write() as connection:
        for coder in made.coders.values():
            team.set_password_hash(connection, coder.id, once)
    return made


class Server:
    """`themes review` as a process that can be killed and started again."""

    def __init__(self, study: Path) -> None:
        self.study = study
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "themes.cli",
                "review",
                str(self.study),
                "--host",
                "127.0.0.1",
                "--port",
                str(self.port),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    raise RuntimeError(self.process.stderr.read()) from None
                time.sleep(0.05)
        raise RuntimeError("the server did not start")

    def cpu_s(self) -> float:
        """Seconds of processor time since the server was started (Linux)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """kill -9, with nothing said before."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stderr.close()

    def stop(self) -> str:
        self.process.terminate()
        said = self.process.stderr.read()
        self.process.wait(20)
        self.process.stderr.close()
        return said


@dataclass
class Client:
    """One coder who codes as fast as the server answers, and tries again when it does not."""

    name: str
    port: int
    n: int
    number: int
    pause_s: float = 0.0
    seconds: list[float] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    _cookie: str = ""
    _connection: http.client.HTTPConnection | None = None

    def run(self, stop: threading.Event) -> None:
        try:
            self._code(stop)
        finally:
            self._hang_up()

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _code(self, stop: threading.Event) -> None:
        page = None
        for step in range(self.n):
            request_id = f"load-{self.number:04d}-{step:06d}"
            body = None
            while not stop.is_set():
                try:
                    if not self._cookie:
                        self._log_in()
                    if page is None:
                        page = self._get("/")
                    # The same request again after a lost answer, as the page does.
                    body = body or self._next(page, request_id)
                    began = time.perf_counter()
                    status, text = self._post("/act", body)
                    took = time.perf_counter() - began
                except (OSError, http.client.HTTPException):
                    self._hang_up()
                    page = None
                    time.sleep(0.05)
                    continue
                if status == 200:
                    self.seconds.append(took)
                    self.confirmed.append(request_id)
                    page = json.loads(text)["card"]
                    break
                self.problems.append(f"{status} {text[:80]}")
                page = body = None
                if len(self.problems) > 5:
                    return
            if stop.is_set():
                return
            if self.pause_s:
                time.sleep(self.pause_s)

    def _next(self, page: str, request_id: str) -> str:
        card = dict(
            re.findall(r'data-([a-z]+)="([^"]*)"', re.search(r"<article ([^>]*)>", page)[1])
        )
        body = {
            "request_id": request_id,
            "assignment_id": int(card["assignment"]),
            "act": "none",
            "seen": html.unescape(card["seen"]),
            "seconds": 1.0,
        }
        opened = re.search(r'<li class="line open[^>]*data-code="([^"]*)"', page)
        if opened:
            body |= {"act": "accept", "code_id": opened[1]}
        if card["assignment"] == "0":
            body["act"] = "undo"
        return json.dumps(body)

    def _link(self) -> http.client.HTTPConnection:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            self._connection.connect()
            self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._connection

    def _log_in(self) -> None:
        link = self._link()
        form = urlencode({"name": self.name, "password": SECRET})
        link.request("POST", "/login", form, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = link.getresponse()
        answer.read()
        if answer.status == 429:
            time.sleep(1)
        self._cookie = (answer.getheader("set-cookie") or "").partition(";")[0]

    def _get(self, path: str) -> str:
        link = self._link()
        link.request("GET", path, headers={"Cookie": self._cookie})
        answer = link.getresponse()
        text = answer.read().decode()
        self._token = re.search(r'data-csrf="([0-9a-f]+)"', text)[1]
        return text

    def _post(self, path: str, body: str) -> tuple[int, str]:
        link = self._link()
        link.request(
            "POST",
            path,
            body,
            {
                "Cookie": self._cookie,
                "X-CSRF-Token": self._token,
                "Content-Type": "application/json",
                "Accept": "application/json",
            },
        )
        answer = link.getresponse()
        return answer.status, answer.read().decode()


def work(clients: list[Client], stop: threading.Event | None = None) -> list[threading.Thread]:
    """Let the clients code, each in a thread."""
    stop = stop or threading.Event()
    threads = [threading.Thread(target=client.run, args=(stop,), daemon=True) for client in clients]
    for thread in threads:
        thread.start()
    return threads
