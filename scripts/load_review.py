"""How long a decision takes when many code at once, and whether each is in the database once.

    python scripts/load_review.py --coders 20 --decisions 200 --pause 0.5

Prints percentiles of the time from sending a decision to having the next card. `--pause` is how
long a coder looks at a card. Exits with 1 when p95 is 100 ms or more, or a decision is lost or
doubled.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import numpy as np

import crowd
from themes.database import log

BAR_MS = 100.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--coders", type=int, default=20)
    parser.add_argument("--decisions", type=int, default=200)
    parser.add_argument("--pause", type=float, default=0.5, help="seconds a coder looks at a card")
    parser.add_argument("--database", help="an empty postgresql:// database instead of a file")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = crowd.crowded(
            Path(folder) / "study", asked.coders, asked.decisions, place=asked.database
        )
        server = crowd.Server(made.folder)
        server.start()
        clients = [
            crowd.Client(name, server.port, asked.decisions, number, asked.pause)
            for number, name in enumerate(made.coders)
        ]
        began = time.perf_counter()
        for thread in crowd.work(clients):
            thread.join()
        took = time.perf_counter() - began
        cpu_s = server.cpu_s()
        server.stop()
        with made.database.read() as connection:
            recorded = [d.request_id for d in log.decisions(connection)]
    confirmed = [request for client in clients for request in client.confirmed]
    problems = [problem for client in clients for problem in client.problems]
    lost = len(set(confirmed) - set(recorded))
    doubled = len(recorded) - len(set(recorded))
    times = np.array([s for client in clients for s in client.seconds]) * 1000
    p50, p95, p99 = np.percentile(times, (50, 95, 99))
    print(
        f"{asked.coders} coders, {asked.decisions} decisions each, {asked.pause} s a card: "
        f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms, "
        f"{len(confirmed) / took:.0f} decisions a second; "
        f"the server's processor time is {1000 * cpu_s / len(confirmed):.1f} ms a decision"
    )
    print(f"{len(confirmed)} confirmed, {lost} lost, {doubled} doubled, {len(problems)} refused")
    wanted = asked.coders * asked.decisions
    return int(p95 >= BAR_MS or lost or doubled or problems or len(confirmed) != wanted)


if __name__ == "__main__":
    raise SystemExit(main())
