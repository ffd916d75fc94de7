"""What is coded: transcripts, segments, codebooks, and what models suggest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType

from sqlalchemy import Connection, func, insert, select

from themes.database import schema
from themes.records import Code, Codebook, Segment, Source, Span, Suggestion, Transcript, Turn


@dataclass(frozen=True, slots=True, repr=False)
class Version:
    """A codebook as it was from one moment on.

    `replaced` maps ids of codes of the version before to the ids that took their place: one id
    (renamed or merged), several (split), none (removed). Codes that are not in it kept their id.
    """

    number: int
    book: Codebook
    replaced: Mapping[str, tuple[str, ...]]
    at: str


@dataclass(frozen=True, slots=True)
class SuggestionRun:
    """One pass of a model over the segments."""

    id: int
    model: str
    identity: str
    codebook_version: str
    score_meaning: str
    at: str


def add_transcripts(
    connection: Connection,
    transcripts: Sequence[Transcript],
    segments: Iterable[Segment],
    at: str,
) -> None:
    """Append pseudonymized transcripts and their segments. Raises ValueError for any other."""
    open_ = [t.id for t in transcripts if not t.anonymized]
    if open_:
        raise ValueError(f"transcript {open_[0]} is not anonymized")
    first = _next(connection, schema.transcript)
    rows = [
        {
            "id": t.id,
            "position": first + number,
            "text": t.text,
            "turns": _json(
                [[u.span.start, u.span.end, u.speaker, u.role, u.start_s, u.end_s] for u in t.turns]
            ),
            "language": t.language,
            "source": _json(asdict(t.source)) if t.source else "",
            "attributes": _json(dict(t.attributes)),
            "at": at,
        }
        for number, t in enumerate(transcripts)
    ]
    first = _next(connection, schema.segment)
    parts = [
        {
            "id": s.id,
            "transcript_id": s.transcript_id,
            "position": first + number,
            "turn": s.turn,
            "span_start": s.span.start,
            "span_end": s.span.end,
            "context": s.context,
        }
        for number, s in enumerate(segments)
    ]
    if rows:
        connection.execute(insert(schema.transcript), rows)
    if parts:
        connection.execute(insert(schema.segment), parts)


def transcripts(connection: Connection) -> tuple[Transcript, ...]:
    """All transcripts, in the order they were added."""
    table = schema.transcript
    return tuple(
        Transcript(
            row.id,
            row.text,
            tuple(
                Turn(Span(start, end), speaker, role, start_s, end_s)
                for start, end, speaker, role, start_s, end_s in json.loads(row.turns)
            ),
            row.language,
            _source(row.source),
            MappingProxyType(json.loads(row.attributes)),
            anonymized=True,
        )
        for row in connection.execute(select(table).order_by(table.c.position))
    )


def segments(connection: Connection, transcripts: Iterable[Transcript]) -> tuple[Segment, ...]:
    """All segments in the order they were added; `transcripts` are those of the study."""
    by_id = {transcript.id: transcript for transcript in transcripts}
    table = schema.segment
    found = []
    for row in connection.execute(select(table).order_by(table.c.position)):
        transcript = by_id[row.transcript_id]
        turn = transcript.turns[row.turn - 1]
        span = Span(row.span_start, row.span_end)
        found.append(
            Segment(
                row.transcript_id,
                row.turn,
                span,
                turn.speaker,
                turn.role,
                span.of(transcript.text),
                row.context,
            )
        )
    return tuple(found)


def add_codebook(
    connection: Connection,
    book: Codebook,
    fingerprint: str,
    replaced: Mapping[str, Sequence[str]],
    at: str,
) -> None:
    """Make `book` the codebook that stands from now on."""
    connection.execute(
        insert(schema.codebook).values(
            version=book.version,
            content=_json(asdict(book)),
            fingerprint=fingerprint,
            replaced=_json({old: list(new) for old, new in replaced.items()}),
            at=at,
        )
    )


def codebook_versions(connection: Connection) -> tuple[Version, ...]:
    """All codebooks, oldest first; the last one stands."""
    table = schema.codebook
    return tuple(
        Version(
            row.number,
            _codebook(json.loads(row.content)),
            MappingProxyType({k: tuple(v) for k, v in json.loads(row.replaced).items()}),
            row.at,
        )
        for row in connection.execute(select(table).order_by(table.c.number))
    )


def add_run(
    connection: Connection,
    *,
    model: str,
    identity: str,
    codebook_version: str,
    score_meaning: str,
    suggestions: Iterable[Suggestion],
    at: str,
) -> int:
    """Append a run and what it suggests; it takes the place of the run before."""
    run_id = connection.execute(
        insert(schema.run).values(
            model=model,
            identity=identity,
            codebook_version=codebook_version,
            score_meaning=score_meaning,
            at=at,
        )
    ).inserted_primary_key[0]
    rows = [
        {
            "run_id": run_id,
            "segment_id": s.segment_id,
            "code_id": s.code_id,
            "score": s.score,
            "outcome": s.outcome,
            "span_start": s.evidence.start,
            "span_end": s.evidence.end,
        }
        for s in suggestions
    ]
    if rows:
        connection.execute(insert(schema.suggestion), rows)
    return run_id


def latest_run(connection: Connection) -> SuggestionRun | None:
    """The run whose suggestions are shown, None before the first."""
    row = connection.execute(select(schema.run).order_by(schema.run.c.id.desc()).limit(1)).first()
    return None if row is None else SuggestionRun(*row)


def suggestions(connection: Connection, run: SuggestionRun) -> tuple[Suggestion, ...]:
    """What `run` suggests: by segment, then by falling score."""
    table = schema.suggestion
    rows = connection.execute(
        select(table)
        .where(table.c.run_id == run.id)
        .order_by(table.c.segment_id, table.c.score.desc(), table.c.code_id)
    )
    return tuple(
        Suggestion(
            row.segment_id,
            row.code_id,
            row.score,
            row.outcome,
            Span(row.span_start, row.span_end),
            run.model,
            run.codebook_version,
        )
        for row in rows
    )


def _next(connection: Connection, table) -> int:
    return (
        connection.execute(select(func.coalesce(func.max(table.c.position), -1))).scalar_one() + 1
    )


def _codebook(content: dict) -> Codebook:
    codes = tuple(
        Code(**{**code, "examples": tuple(code["examples"])}) for code in content.pop("codes")
    )
    return Codebook(**content, codes=codes)


def _source(content: str) -> Source | None:
    if not content:
        return None
    fields = json.loads(content)
    return Source(**{**fields, "notes": tuple(fields["notes"])})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
