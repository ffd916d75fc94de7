"""The tables of a study."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

# With names, so that a later migration can speak of every constraint on every server.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str) -> Column:
    return Column(name, Text, nullable=False, default="")


schema_version = Table(
    "schema_version",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    _text("at"),
)

transcript = Table(
    "transcript",
    metadata,
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    _text("text"),
    _text("turns"),
    _text("language"),
    _text("source"),
    _text("attributes"),
    _text("at"),
)

segment = Table(
    "segment",
    metadata,
    Column("id", Text, primary_key=True),
    Column("transcript_id", Text, ForeignKey("transcript.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("turn", Integer, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    _text("context"),
)

codebook = Table(
    "codebook",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("version", Text, nullable=False, unique=True),
    _text("content"),
    _text("fingerprint"),
    _text("replaced"),
    _text("at"),
)

run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("model"),
    _text("identity"),
    _text("codebook_version"),
    _text("score_meaning"),
    _text("at"),
)

suggestion = Table(
    "suggestion",
    metadata,
    Column("run_id", Integer, ForeignKey("run.id"), primary_key=True),
    Column("segment_id", Text, ForeignKey("segment.id"), primary_key=True),
    Column("code_id", Text, primary_key=True),
    Column("score", Float, nullable=False),
    _text("outcome"),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
)

coder = Table(
    "coder",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    # Names differ without regard to capitals, on every server.
    Column("name_key", Text, nullable=False, unique=True),
    _text("role"),
    _text("password_hash"),
    _text("preferences"),
    _text("at"),
)

assignment = Table(
    "assignment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("segment_id", Text, ForeignKey("segment.id"), nullable=False),
    Column("coder_id", Integer, ForeignKey("coder.id"), nullable=False),
    Column("shown", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("after_days", Integer, nullable=False),
    _text("at"),
    UniqueConstraint("coder_id", "segment_id", "round"),
)

decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_id", Text, nullable=False, unique=True),
    Column("assignment_id", Integer, ForeignKey("assignment.id"), nullable=False),
    # The assignment's coder once more, so that what is new of one coder is one index away.
    Column("coder_id", Integer, ForeignKey("coder.id"), nullable=False),
    _text("act"),
    _text("code_id"),
    _text("instead_of"),
    Column("span_start", Integer),
    Column("span_end", Integer),
    Column("shown", Boolean, nullable=False),
    _text("batch"),
    _text("model"),
    Column("score", Float),
    _text("codebook_version"),
    Column("seconds", Float, nullable=False),
    _text("at"),
    Column("undoes", Integer, ForeignKey("decision.id")),
    Index(None, "coder_id", "id"),
    sqlite_autoincrement=True,
)

adjudication = Table(
    "adjudication",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_id", Text, nullable=False, unique=True),
    Column("segment_id", Text, ForeignKey("segment.id"), nullable=False),
    _text("code_id"),
    Column("present", Boolean, nullable=False),
    Column("adjudicator_id", Integer, ForeignKey("coder.id"), nullable=False),
    _text("kind"),
    _text("reason"),
    _text("weighed"),
    _text("codebook_version"),
    _text("at"),
    sqlite_autoincrement=True,
)

memo = Table(
    "memo",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_id", Text, nullable=False, unique=True),
    _text("about"),
    _text("about_id"),
    Column("author_id", Integer, ForeignKey("coder.id"), nullable=False),
    _text("text"),
    _text("at"),
    Column("replaces", Integer, ForeignKey("memo.id")),
    Index(None, "about", "about_id"),
    sqlite_autoincrement=True,
)

# What happened that is no act of coding: who was let in, what was added, assigned, migrated.
event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("at"),
    Column("coder_id", Integer),
    _text("action"),
    _text("detail"),
    sqlite_autoincrement=True,
)
