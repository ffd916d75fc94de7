"""Search and filters over a coder's own work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from themes.records import Assignment, Segment
from themes.review.desk import Desk

_MAX_ROWS = 200


class Filter(BaseModel):
    """What rows must fit; an empty field fits all.

    `text` is looked for in the turn, capitals or not. `code` was given, suggested or rejected
    there. `low` is the least score of a suggestion in sight (of `code`, where there is one).
    `state` is open, locked, skipped, unsure, or differs: a locked answer that is not what was
    suggested in sight.
    """

    model_config = ConfigDict(extra="forbid")
    text: str = Field("", max_length=200)
    code: str = ""
    outcome: Literal["", "suggest", "ask", "given", "rejected"] = ""
    low: float | None = Field(None, ge=0, le=1)
    transcript: str = ""
    state: Literal["", "open", "locked", "skipped", "unsure", "differs"] = ""


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One turn in the list of what was found."""

    assignment: Assignment
    segment: Segment
    state: str
    given: tuple[str, ...]
    suggested: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """The first 200 rows, and how many there are."""

    rows: tuple[Row, ...]
    n: int


def find(desk: Desk, wanted: Filter) -> Found:
    """What fits, in working order. Only suggestions in the coder's sight count."""
    rows = []
    n = 0
    needle = wanted.text.casefold().strip()
    names = {code.id: code.name for code in desk.materials.book.codes}
    for a in desk.listed():
        segment = desk.materials.by_id[a.segment_id]
        if wanted.transcript and segment.transcript_id != wanted.transcript:
            continue
        if needle and needle not in segment.text.casefold():
            continue
        standing = desk.standing(a.id)
        suggestions = desk.suggestions(a)
        here = [s for s in suggestions if not wanted.code or s.code_id == wanted.code]
        answers = {
            c: x.present for c, x in standing.answers.items() if not wanted.code or c == wanted.code
        }
        if wanted.code and not here and not answers:
            continue
        if wanted.low is not None and not any(s.score >= wanted.low for s in here):
            continue
        if wanted.outcome in ("suggest", "ask") and not any(
            s.outcome == wanted.outcome for s in here
        ):
            continue
        if wanted.outcome == "given" and True not in answers.values():
            continue
        if wanted.outcome == "rejected" and False not in answers.values():
            continue
        state = _state(desk, a)
        suggested = {s.code_id for s in suggestions if s.outcome == "suggest"}
        if wanted.state == "differs":
            if standing.lock is None or suggested == set(standing.given):
                continue
        elif wanted.state and wanted.state != state:
            continue
        n += 1
        if len(rows) < _MAX_ROWS:
            rows.append(
                Row(
                    a,
                    segment,
                    state,
                    tuple(names.get(c, c) for c in standing.given),
                    tuple(
                        names.get(s.code_id, s.code_id)
                        for s in suggestions
                        if s.code_id not in standing.answers and standing.lock is None
                    ),
                )
            )
    return Found(tuple(rows), n)


def _state(desk: Desk, a: Assignment) -> str:
    standing = desk.standing(a.id)
    unsure = standing.unsure or any(x.present is None for x in standing.answers.values())
    if unsure and standing.lock is not None:
        return "unsure"
    if desk.is_done(a):
        return "locked"
    return "skipped" if standing.skip is not None else "open"
