"""From the tables of an older version to those of this one, step by numbered step.

To change a table: change `schema.py`, and append a function here that does the same to a database
of the version before. Steps are never edited once released.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, func, insert, inspect, select

from themes.database.schema import metadata, schema_version

# STEPS[i] brings version i + 1 to version i + 2.
STEPS: list[Callable[[Connection], None]] = []
LATEST = 1


def version(connection: Connection) -> int | None:
    """The version of a database's tables, None where there are none."""
    if not inspect(connection).has_table(schema_version.name):
        return None
    return connection.execute(select(func.max(schema_version.c.version))).scalar()


def create(connection: Connection, at: str) -> None:
    """All tables of this version."""
    metadata.create_all(connection)
    connection.execute(insert(schema_version).values(version=LATEST, at=at))


def migrate(connection: Connection, at: str) -> None:
    """Every step from the version found to the latest, in the caller's transaction."""
    found = version(connection) or 0
    for number in range(found, LATEST):
        STEPS[number - 1](connection)
        connection.execute(insert(schema_version).values(version=number + 1, at=at))
