"""What coders and adjudicators did: appended, never changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, bindparam, func, insert, select

from themes.database import schema
from themes.records import Adjudication, Decision, Memo, Span

# What every act needs is put together once: building a statement costs more than running it.
_INSERT = insert(schema.decision)
_HOLD = select(schema.coder.c.id).where(schema.coder.c.id == bindparam("coder")).with_for_update()
_SINCE = (
    select(schema.decision)
    .where(schema.decision.c.coder_id == bindparam("coder"))
    .where(schema.decision.c.id > bindparam("after"))
    .order_by(schema.decision.c.id)
)
_KNOWN = select(schema.decision.c.id).where(schema.decision.c.request_id == bindparam("request"))


def append_decisions(
    connection: Connection, coder_id: int, decisions: Sequence[Decision]
) -> tuple[Decision, ...]:
    """Append one coder's acts, and give them back with their ids; `hold` the coder first."""
    done = []
    for decision in decisions:
        made = connection.execute(
            _INSERT,
            {
                "request_id": decision.request_id,
                "assignment_id": decision.assignment_id,
                "coder_id": coder_id,
                "act": decision.act,
                "code_id": decision.code_id,
                "instead_of": decision.instead_of,
                "span_start": decision.span and decision.span.start,
                "span_end": decision.span and decision.span.end,
                "shown": decision.shown,
                "batch": decision.batch,
                "model": decision.model,
                "score": decision.score,
                "codebook_version": decision.codebook_version,
                "seconds": decision.seconds,
                "at": decision.at,
                "undoes": decision.undoes,
            },
        )
        done.append(replace(decision, id=made.inserted_primary_key[0]))
    return tuple(done)


def hold(connection: Connection, coder_id: int) -> None:
    """Let nobody else act for this coder until the transaction ends.

    So the ids of one coder's acts are in the order in which they were committed, on every server.
    """
    connection.execute(_HOLD, {"coder": coder_id})


def decisions(
    connection: Connection, coder_id: int | None = None, after: int = 0
) -> tuple[Decision, ...]:
    """Acts with an id above `after`, in order: everybody's, or one coder's."""
    if coder_id is None:
        table = schema.decision
        rows = connection.execute(select(table).where(table.c.id > after).order_by(table.c.id))
    else:
        rows = connection.execute(_SINCE, {"coder": coder_id, "after": after})
    return tuple(
        Decision(
            row.id,
            row.request_id,
            row.assignment_id,
            row.act,
            row.code_id,
            row.instead_of,
            _span(row),
            row.shown,
            row.batch,
            row.model,
            row.score,
            row.codebook_version,
            row.seconds,
            row.at,
            row.undoes,
        )
        for row in rows
    )


def append_adjudications(connection: Connection, made: Sequence[Adjudication]) -> int:
    """Append adjudications, but for those whose request is here already; say how many are new."""
    table = schema.adjudication
    n_new = 0
    for a in made:
        if _known(connection, table, a.request_id):
            continue
        connection.execute(
            insert(table).values(
                request_id=a.request_id,
                segment_id=a.segment_id,
                code_id=a.code_id,
                present=a.present,
                adjudicator_id=a.adjudicator_id,
                kind=a.kind,
                reason=a.reason,
                weighed=json.dumps(a.weighed),
                codebook_version=a.codebook_version,
                at=a.at,
            )
        )
        n_new += 1
    return n_new


def adjudications(connection: Connection) -> tuple[Adjudication, ...]:
    """All of them, oldest first; the last one of a code in a segment stands."""
    table = schema.adjudication
    return tuple(
        Adjudication(
            row.id,
            row.request_id,
            row.segment_id,
            row.code_id,
            row.present,
            row.adjudicator_id,
            row.kind,
            row.reason,
            tuple(json.loads(row.weighed)),
            row.codebook_version,
            row.at,
        )
        for row in connection.execute(select(table).order_by(table.c.id))
    )


def append_memo(connection: Connection, memo: Memo) -> int:
    """Append a memo, unless its request is here already; gives its id in both cases."""
    table = schema.memo
    known = connection.execute(
        select(table.c.id).where(table.c.request_id == memo.request_id)
    ).scalar()
    if known is not None:
        return known
    made = connection.execute(
        insert(table).values(
            request_id=memo.request_id,
            about=memo.about,
            about_id=memo.about_id,
            author_id=memo.author_id,
            text=memo.text,
            at=memo.at,
            replaces=memo.replaces,
        )
    )
    return made.inserted_primary_key[0]


def memos(connection: Connection) -> tuple[Memo, ...]:
    """All memos ever written, oldest first."""
    table = schema.memo
    return tuple(
        Memo(
            row.id,
            row.request_id,
            row.about,
            row.about_id,
            row.author_id,
            row.text,
            row.at,
            row.replaces,
        )
        for row in connection.execute(select(table).order_by(table.c.id))
    )


def request_is_known(connection: Connection, request_id: str) -> bool:
    """Whether the acts of this request are on disk already."""
    return connection.execute(_KNOWN, {"request": request_id}).first() is not None


def counts(connection: Connection) -> dict[str, int]:
    """How many rows there are of each thing people did."""
    tables = (schema.decision, schema.adjudication, schema.memo)
    return {
        t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables
    }


def _known(connection: Connection, table, request_id: str) -> bool:
    query = select(table.c.id).where(table.c.request_id == request_id)
    return connection.execute(query).first() is not None


def _span(row) -> Span | None:
    return None if row.span_start is None else Span(row.span_start, row.span_end)
