"""Kill the review server at random, under load, and count what was confirmed and is gone.

    python scripts/crash_review.py --kills 50

Exits with 1 when a confirmed decision is missing or stands twice.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from review.test_crash import crash


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--coders", type=int, default=8)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        confirmed, recorded, problems = crash(
            Path(folder), kills=asked.kills, n_coders=asked.coders
        )
    lost = len(set(confirmed) - set(recorded))
    doubled = len(recorded) - len(set(recorded))
    print(
        f"{asked.kills} kills, {asked.coders} coders: {len(confirmed)} decisions confirmed, "
        f"{lost} lost, {doubled} doubled, {len(problems)} refused"
    )
    return int(bool(lost or doubled or problems or not confirmed))


if __name__ == "__main__":
    raise SystemExit(main())
