"""kill -9 under load: what was confirmed is there; and the load test, in short.

`make crash` and `make load` are the long versions.
"""

import random
import sys
import threading
import time

import pytest

import crowd
from themes.database import log
from themes.database.connect import connect

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")


def crash(folder, *, kills: int, n_coders: int = 4, n_turns: int = 100_000, seed: int = 1):
    """Kill the server at random `kills` times under load; (confirmed, recorded) requests."""
    made = crowd.crowded(folder / "study", n_coders, 400)
    server = crowd.Server(made.folder)
    server.start()
    clients = [
        crowd.Client(name, server.port, n_turns, number, pause_s=0.002)
        for number, name in enumerate(made.coders)
    ]
    stop = threading.Event()
    threads = crowd.work(clients, stop)
    moments = random.Random(seed)
    for _ in range(kills):
        known = sum(len(c.confirmed) for c in clients)
        until = time.monotonic() + 60
        # Always under load: some acts have been confirmed since the last kill.
        while sum(len(c.confirmed) for c in clients) < known + 5 and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(moments.uniform(0, 0.1))
        server.kill()
        server.start()
    stop.set()
    for thread in threads:
        thread.join(60)
    server.stop()
    made.database.close()
    database = connect(made.database.place)
    with database.read() as connection:
        recorded = [d.request_id for d in log.decisions(connection)]
    database.close()
    return (
        [r for c in clients for r in c.confirmed],
        recorded,
        [p for c in clients for p in c.problems],
    )


def test_whatever_was_confirmed_survives_kill_minus_nine(tmp_path):
    confirmed, recorded, problems = crash(tmp_path, kills=3)
    assert len(confirmed) >= 15
    assert set(confirmed) <= set(recorded)
    assert len(recorded) == len(set(recorded))
    # One act of each coder at most was on its way when the plug was pulled for the last time.
    assert len(recorded) - len(confirmed) <= 4
    assert problems == []


def test_a_crowd_loses_and_doubles_nothing(tmp_path):
    made = crowd.crowded(tmp_path / "study", 6, 40)
    server = crowd.Server(made.folder)
    server.start()
    clients = [crowd.Client(name, server.port, 15, n) for n, name in enumerate(made.coders)]
    for thread in crowd.work(clients):
        thread.join(120)
    assert server.stop() == ""
    with made.database.read() as connection:
        recorded = [d.request_id for d in log.decisions(connection)]
    made.database.close()
    assert sorted(recorded) == sorted(r for c in clients for r in c.confirmed)
    assert len(recorded) == 6 * 15
