"""What coders did, as rows: one function a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from themes.exporters.tables.table import Column, Table
from themes.records import Adjudication, Assignment, Coding, Decision, Memo, Segment

Event = tuple[str, int | None, str, str]
"""(at, coder id, action, detail)"""


def codings(
    made: Iterable[Coding], segments: Mapping[str, Segment], names: Mapping[int, str], name: str
) -> Table:
    """One row for each code that a coder judged in a segment: `value` 1 given, 0 seen and not given.

    `shown`, `bulk` and `round` are 0 or 1; `start` and `end` are the marked words in the
    transcript's text, empty for the whole segment.
    """
    columns = (
        Column("transcript"),
        Column("turn", "count"),
        Column("segment"),
        Column("coder"),
        Column("code"),
        Column("value", "count"),
        Column("shown", "count"),
        Column("bulk", "count"),
        Column("round", "count"),
        Column("codebook_version"),
        Column("at"),
        Column("start", "count"),
        Column("end", "count"),
    )
    return Table(
        name,
        columns,
        tuple(
            (
                segments[c.segment_id].transcript_id,
                segments[c.segment_id].turn,
                c.segment_id,
                names[c.coder_id],
                c.code_id,
                int(c.present),
                int(c.shown),
                int(c.bulk),
                c.round,
                c.codebook_version,
                c.at,
                c.span and c.span.start,
                c.span and c.span.end,
            )
            for c in made
        ),
    )


def results(rows: Iterable[tuple[str, str, str, str]], segments: Mapping[str, Segment]) -> Table:
    """What stands for each code in each segment that somebody locked, and how it came to."""
    columns = (
        Column("transcript"),
        Column("turn", "count"),
        Column("segment"),
        Column("code"),
        Column("value"),
        Column("how"),
    )
    return Table(
        "results",
        columns,
        tuple(
            (segments[s].transcript_id, segments[s].turn, s, code, value, how)
            for s, code, value, how in rows
        ),
    )


def decisions(
    made: Iterable[Decision], assignments: Mapping[int, Assignment], names: Mapping[int, str]
) -> Table:
    """Every act of every coder, in order, also those that were taken back."""
    columns = (
        Column("decision", "count"),
        Column("at"),
        Column("coder"),
        Column("segment"),
        Column("round", "count"),
        Column("act"),
        Column("code"),
        Column("instead_of"),
        Column("start", "count"),
        Column("end", "count"),
        Column("shown", "count"),
        Column("bulk"),
        Column("seconds", "seconds"),
        Column("model"),
        Column("score", "score"),
        Column("codebook_version"),
        Column("undoes", "count"),
    )
    return Table(
        "decisions",
        columns,
        tuple(
            (
                d.id,
                d.at,
                names[assignments[d.assignment_id].coder_id],
                assignments[d.assignment_id].segment_id,
                assignments[d.assignment_id].round,
                d.act,
                d.code_id,
                d.instead_of,
                d.span and d.span.start,
                d.span and d.span.end,
                int(d.shown),
                d.batch,
                d.seconds,
                d.model,
                d.score,
                d.codebook_version,
                d.undoes,
            )
            for d in made
        ),
    )


def adjudications(made: Iterable[Adjudication], names: Mapping[int, str]) -> Table:
    """Every adjudication, in order; the last of a code in a segment stands."""
    columns = (
        Column("adjudication", "count"),
        Column("at"),
        Column("adjudicator"),
        Column("segment"),
        Column("code"),
        Column("value", "count"),
        Column("kind"),
        Column("reason"),
        Column("weighed"),
        Column("codebook_version"),
    )
    return Table(
        "adjudications",
        columns,
        tuple(
            (
                a.id,
                a.at,
                names[a.adjudicator_id],
                a.segment_id,
                a.code_id,
                int(a.present),
                a.kind,
                a.reason,
                ", ".join(names[i] for i in a.weighed),
                a.codebook_version,
            )
            for a in made
        ),
    )


def memos(made: Sequence[Memo], names: Mapping[int, str]) -> Table:
    """Every memo ever written; `stands` is 0 for what was replaced or withdrawn."""
    columns = (
        Column("memo", "count"),
        Column("at"),
        Column("author"),
        Column("about"),
        Column("about_id"),
        Column("text"),
        Column("stands", "count"),
    )
    replaced = {memo.replaces for memo in made}
    return Table(
        "memos",
        columns,
        tuple(
            (
                m.id,
                m.at,
                names[m.author_id],
                m.about,
                m.about_id,
                m.text,
                int(m.id not in replaced and bool(m.text)),
            )
            for m in made
        ),
    )


def trail(
    made: Sequence[Decision],
    settled: Sequence[Adjudication],
    written: Sequence[Memo],
    assignments: Mapping[int, Assignment],
    events: Sequence[Event],
    names: Mapping[int, str],
) -> Table:
    """Who did what when, of everything, by time; without any text of transcripts or memos."""
    rows = [
        (at, names.get(who, "") if who else "", what, detail) for at, who, what, detail in events
    ]
    for d in made:
        a = assignments[d.assignment_id]
        about = " ".join(
            filter(None, (a.segment_id, d.code_id, f"batch {d.batch}" * bool(d.batch)))
        )
        rows.append((d.at, names[a.coder_id], d.act, about))
    for j in settled:
        rows.append(
            (j.at, names[j.adjudicator_id], "adjudicate", f"{j.segment_id} {j.code_id}".strip())
        )
    for m in written:
        rows.append((m.at, names[m.author_id], "memo", f"{m.about} {m.about_id}"))
    columns = (Column("at"), Column("who"), Column("what"), Column("detail"))
    return Table("trail", columns, tuple(sorted(rows)))
