"""Who works on the study, on what, and what happened."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from themes.database import schema
from themes.errors import StudyError
from themes.records import Assignment, Coder

_PERSON = schema.coder.c
_GUEST = select(
    _PERSON.id, _PERSON.name, _PERSON.role, _PERSON.password_hash, _PERSON.preferences
).where(_PERSON.id == bindparam("coder"))


def add_coder(connection: Connection, name: str, role: str, at: str) -> Coder:
    """A new coder. Raises StudyError for a name that is taken, ValueError for one that cannot be."""
    Coder(0, name, role)
    if find_coder(connection, name) is not None:
        raise StudyError("coders", f"{name} is there already", "choose another name")
    made = connection.execute(
        insert(schema.coder).values(name=name, name_key=name.casefold(), role=role, at=at)
    )
    return Coder(made.inserted_primary_key[0], name, role)


def coders(connection: Connection) -> tuple[Coder, ...]:
    """Everybody, in the order they were added."""
    table = schema.coder
    rows = connection.execute(select(table.c.id, table.c.name, table.c.role).order_by(table.c.id))
    return tuple(Coder(*row) for row in rows)


def find_coder(connection: Connection, name: str) -> Coder | None:
    """The coder of that name, capitals or not."""
    table = schema.coder
    row = connection.execute(
        select(table.c.id, table.c.name, table.c.role).where(table.c.name_key == name.casefold())
    ).first()
    return None if row is None else Coder(*row)


def password_hash(connection: Connection, coder_id: int) -> str:
    """The argon2 hash of a coder's password, "" where none was set."""
    table = schema.coder
    return (
        connection.execute(
            select(table.c.password_hash).where(table.c.id == coder_id)
        ).scalar_one_or_none()
        or ""
    )


def guest(connection: Connection, coder_id: int) -> tuple[Coder, str, dict[str, Any]] | None:
    """(coder, password hash, preferences) of an id, None where there is no such coder."""
    row = connection.execute(_GUEST, {"coder": coder_id}).first()
    if row is None:
        return None
    return Coder(*row[:3]), row.password_hash, json.loads(row.preferences or "{}")


def set_password_hash(connection: Connection, coder_id: int, value: str) -> None:
    table = schema.coder
    connection.execute(update(table).where(table.c.id == coder_id).values(password_hash=value))


def set_preferences(connection: Connection, coder_id: int, value: Mapping[str, Any]) -> None:
    table = schema.coder
    connection.execute(
        update(table)
        .where(table.c.id == coder_id)
        .values(preferences=json.dumps(value, sort_keys=True))
    )


def add_assignments(connection: Connection, assignments: Iterable[Assignment], at: str) -> int:
    """Append assignments (their ids are given here) and say how many."""
    rows = [
        {
            "segment_id": a.segment_id,
            "coder_id": a.coder_id,
            "shown": a.shown,
            "position": a.position,
            "round": a.round,
            "after_days": a.after_days,
            "at": at,
        }
        for a in assignments
    ]
    if rows:
        connection.execute(insert(schema.assignment), rows)
    return len(rows)


def assignments(connection: Connection, coder_id: int | None = None) -> tuple[Assignment, ...]:
    """Everybody's assignments, or one coder's, in working order."""
    table = schema.assignment
    query = select(
        table.c.id,
        table.c.segment_id,
        table.c.coder_id,
        table.c.shown,
        table.c.position,
        table.c.round,
        table.c.after_days,
    ).order_by(table.c.coder_id, table.c.position, table.c.id)
    if coder_id is not None:
        query = query.where(table.c.coder_id == coder_id)
    return tuple(Assignment(*row) for row in connection.execute(query))


def add_event(
    connection: Connection,
    action: str,
    detail: Mapping[str, Any],
    at: str,
    coder_id: int | None = None,
) -> None:
    """Append to the trail; `detail` holds ids, numbers and settings, never transcript text."""
    connection.execute(
        insert(schema.event).values(
            at=at,
            coder_id=coder_id,
            action=action,
            detail=json.dumps(detail, sort_keys=True, ensure_ascii=False),
        )
    )


def events(connection: Connection) -> tuple[tuple[str, int | None, str, str], ...]:
    """(at, coder id, action, detail as JSON) of everything that is no act of coding."""
    table = schema.event
    rows = connection.execute(
        select(table.c.at, table.c.coder_id, table.c.action, table.c.detail).order_by(table.c.id)
    )
    return tuple(tuple(row) for row in rows)
