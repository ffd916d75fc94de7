"""Records to rows: one function a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from themes.exporters.tables.table import Cell, Column, Table
from themes.records import Candidate, Replacement, Segment, Study, Suggestion

_PLACE = (
    Column("transcript"),
    Column("turn", "count"),
    Column("segment"),
    Column("start", "count"),
    Column("end", "count"),
)
_SEGMENTS = (
    *_PLACE,
    Column("speaker"),
    Column("role"),
    Column("start_s", "seconds"),
    Column("end_s", "seconds"),
    Column("text"),
)
_SUGGESTIONS = (
    *_PLACE,
    Column("speaker"),
    Column("text"),
    Column("code"),
    Column("score", "score"),
    Column("outcome"),
    Column("evidence"),
    Column("evidence_start", "count"),
    Column("evidence_end", "count"),
    Column("model"),
    Column("codebook_version"),
)
_MENTIONS = (
    Column("transcript"),
    Column("turn", "count"),
    Column("start", "count"),
    Column("end", "count"),
    Column("category"),
    Column("recognizer"),
    Column("confidence", "score"),
    Column("replacement"),
)
_CANDIDATES = (
    *_PLACE,
    Column("group", "count"),
    Column("phrases"),
    Column("group_segments", "count"),
    Column("group_transcripts", "count"),
    Column("text"),
)


def segments(study: Study) -> Table:
    """Every segment of everybody, then a column for each participant attribute.

    `start_s` and `end_s` are the times of the segment's turn. Attributes stand in the order in
    which they are first met; one that has the name of another column becomes "participant.<name>".
    """
    transcripts = {transcript.id: transcript for transcript in study.transcripts}
    keys = tuple(dict.fromkeys(key for t in study.transcripts for key in t.attributes))
    added = (Column(_free(key, _SEGMENTS, "participant")) for key in keys)
    rows = []
    for segment in study.segments:
        transcript = transcripts[segment.transcript_id]
        turn = transcript.turns[segment.turn - 1]
        rows.append(
            (
                *_place(segment),
                segment.speaker,
                segment.role,
                turn.start_s,
                turn.end_s,
                segment.text,
                *(transcript.attributes.get(key) for key in keys),
            )
        )
    return Table("segments", (*_SEGMENTS, *added), tuple(rows))


def scores(segments: Sequence[Segment], code_ids: Sequence[str], scores: np.ndarray) -> Table:
    """The score of every code for every segment of a respondent, suggested or not.

    `scores` is (n_segments, n_codes) float64 in [0, 1], rows in segment order, columns as
    `code_ids`; segments of others are left out. Raises ValueError when the shapes differ.

    >>> from themes.records import Span
    >>> said = Segment("p1", 2, Span(11, 14), "R", "respondent", "No.")
    >>> scores([said], ["cost"], np.array([[0.25]])).rows
    (('p1', 2, 'p1:11-14', 0.25),)
    """
    _check_shape(segments, code_ids, scores)
    rows = tuple(
        (segment.transcript_id, segment.turn, segment.id, *row)
        for segment, row in zip(segments, scores.tolist(), strict=True)
        if segment.role == "respondent"
    )
    return Table("scores", _with_codes(_PLACE[:3], code_ids), rows)


def suggestions(study: Study) -> Table:
    """One row a suggestion, in the study's order, with the evidence as text and as a place."""
    segments = {segment.id: segment for segment in study.segments}
    rows = tuple(
        (
            *_found(segments[suggestion.segment_id], suggestion),
            suggestion.model,
            suggestion.codebook_version,
        )
        for suggestion in study.suggestions
    )
    return Table("suggestions", _SUGGESTIONS, rows)


def classified(
    segments: Sequence[Segment],
    code_ids: Sequence[str],
    scores: np.ndarray,
    suggestions: Sequence[Suggestion],
) -> Table:
    """A row a respondent segment: its text, the codes to suggest and to ask about, all scores.

    `scores` is (n_segments, n_codes), rows in segment order. Several codes in a cell are apart
    by ";", the strongest first. Raises ValueError when the shapes differ.

    >>> from themes.records import Span
    >>> said = Segment("p1", 2, Span(11, 14), "R", "respondent", "No.")
    >>> classified([said], ["cost"], np.array([[0.25]]), ()).rows[0][6:]
    ('No.', '', '', 0.25)
    """
    _check_shape(segments, code_ids, scores)
    outcomes: dict[tuple[str, str], list[str]] = {}
    for suggestion in suggestions:
        outcomes.setdefault((suggestion.segment_id, suggestion.outcome), []).append(
            suggestion.code_id
        )
    place = (*_PLACE, Column("speaker"), Column("text"), Column("suggest"), Column("ask"))
    rows = tuple(
        (
            *_place(segment),
            segment.speaker,
            segment.text,
            ";".join(outcomes.get((segment.id, "suggest"), ())),
            ";".join(outcomes.get((segment.id, "ask"), ())),
            *row,
        )
        for segment, row in zip(segments, scores.tolist(), strict=True)
    )
    return Table("classified", _with_codes(place, code_ids), rows)


def candidates(groups: Sequence[Candidate]) -> Table:
    """A row a segment of each group, the most typical of the group first."""
    rows = tuple(
        (
            *_place(segment),
            number,
            "; ".join(group.phrases),
            len(group.segments),
            group.n_transcripts,
            segment.text,
        )
        for number, group in enumerate(groups, 1)
        for segment in group.segments
    )
    return Table("candidates", _CANDIDATES, rows)


def mentions(replacements: Iterable[Replacement]) -> Table:
    """What was replaced where in the pseudonymized text, and by what; never what stood there."""
    rows = tuple(
        (
            replacement.transcript_id,
            replacement.turn,
            replacement.mention.span.start,
            replacement.mention.span.end,
            replacement.mention.category,
            replacement.mention.recognizer,
            replacement.mention.confidence,
            replacement.text,
        )
        for replacement in replacements
    )
    return Table("mentions", _MENTIONS, rows)


def _place(segment: Segment) -> tuple[str, int, str, int, int]:
    span = segment.span
    return segment.transcript_id, segment.turn, segment.id, span.start, span.end


def _found(segment: Segment, suggestion: Suggestion) -> tuple[Cell, ...]:
    evidence = suggestion.evidence
    return (
        *_place(segment),
        segment.speaker,
        segment.text,
        suggestion.code_id,
        suggestion.score,
        suggestion.outcome,
        evidence.shift(-segment.span.start).of(segment.text),
        evidence.start,
        evidence.end,
    )


def _with_codes(columns: tuple[Column, ...], code_ids: Sequence[str]) -> tuple[Column, ...]:
    added = (Column(_free(code_id, columns, "score"), "score") for code_id in code_ids)
    return (*columns, *added)


def _free(name: str, columns: Sequence[Column], prefix: str) -> str:
    """`name`, or "prefix.name" where a column of the table has that name already."""
    return f"{prefix}.{name}" if name in {column.name for column in columns} else name


def _check_shape(segments: Sequence[Segment], code_ids: Sequence[str], scores: np.ndarray) -> None:
    if scores.shape != (len(segments), len(code_ids)):
        raise ValueError(
            f"scores are {scores.shape}, segments and codes {(len(segments), len(code_ids))}"
        )
