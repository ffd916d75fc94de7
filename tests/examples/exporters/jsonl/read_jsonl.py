"""Codings in a JSON Lines file of suggestions."""

import json
from pathlib import Path

KEYS = ("transcript", "start", "end", "text", "code", "score", "outcome", "evidence")


def read(path: Path) -> list[tuple]:
    # split at \n alone: splitlines would also split at line separators inside what was said
    lines = path.read_bytes().decode().split("\n")[:-1]
    return [tuple(json.loads(line)[key] for key in KEYS) for line in lines]
