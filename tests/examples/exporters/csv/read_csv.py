"""Codings in a csv file of suggestions, read as anybody would."""

import csv
from pathlib import Path


def read(path: Path) -> list[tuple]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            (
                row["transcript"],
                int(row["start"]),
                int(row["end"]),
                row["text"],
                row["code"],
                float(row["score"]),
                row["outcome"],
                row["evidence"],
            )
            for row in csv.DictReader(file)
        ]
