"""The roster: a table of the people and places that a team knows to occur."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from themes.errors import ReadError
from themes.records import Person, Place

_COLUMNS = ("name", "nicknames", "role", "kind")
_KINDS = {"": "person", "person": "person", "persoon": "person", "place": "place",
          "plaats": "place", "organization": "place", "organisatie": "place"}  # fmt: skip


def load(path: Path) -> tuple[tuple[Person, ...], tuple[Place, ...]]:
    """People and places of a table such as people.csv, in its order.

    A csv file (comma, semicolon or tab; UTF-8) with the column "name" and, if wanted, "nicknames"
    (parted by "|"), "role" ("supervisor", "teaching hospital") and "kind" (person, the default, or
    place, also for hospitals and schools). Raises ReadError with the line, and without any name,
    for an unknown column or kind, a row of the wrong length, a doubled or an empty name.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ReadError(path, f"cannot be opened ({error.strerror})", "check --people") from None
    except UnicodeDecodeError:
        raise ReadError(path, "is not UTF-8", "save the table as CSV UTF-8") from None
    head = text.partition("\n")[0]
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count)))
    columns = [cell.strip().lower() for cell in rows[0]] if rows else []
    if (
        "name" not in columns
        or not set(columns) <= set(_COLUMNS)
        or len(set(columns)) < len(columns)
    ):
        raise ReadError(
            path, "has other columns than name, nicknames, role, kind", "name them so", line=1
        )
    people: list[Person] = []
    places: list[Place] = []
    seen: set[str] = set()
    for line, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(columns):
            raise ReadError(path, f"has {len(row)} cells, the head has {len(columns)}", line=line)
        cells = {column: cell.strip() for column, cell in zip(columns, row, strict=True)}
        kind = _KINDS.get(cells.get("kind", "").lower())
        if kind is None:
            raise ReadError(path, "is of an unknown kind", "write person or place", line=line)
        name, role = cells["name"], cells.get("role", "")
        if name.casefold() in seen:
            raise ReadError(path, "names somebody who stands above", "keep one row", line=line)
        seen.add(name.casefold())
        nicknames = tuple(n.strip() for n in cells.get("nicknames", "").split("|") if n.strip())
        if kind == "place" and nicknames:
            raise ReadError(
                path, "gives nicknames to a place", "add a row with the same role", line=line
            )
        try:
            if kind == "person":
                people.append(Person(name, nicknames, role))
            else:
                places.append(Place(name, role))
        except ValueError as error:
            raise ReadError(path, str(error), "write the name out", line=line) from None
    return tuple(people), tuple(places)
