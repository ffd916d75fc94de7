"""What a coder sees of one turn: computed here, drawn by the templates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from themes.records import Assignment, Code, Segment, Suggestion, Transcript, Turn
from themes.review.act import seen_of
from themes.review.desk import Desk
from themes.stages.bias import hasty
from themes.stages.decide import Answer

AROUND = 2
FAR_AROUND = 8
_WHY_CHARS = 110


@dataclass(frozen=True, slots=True, repr=False)
class Piece:
    """A stretch of the turn; `lines` are the numbers of the lines whose evidence it is."""

    text: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One code in question, or given: `state` is open, given, rejected or unsure.

    `suggestion` is None for a code of the coder's own; `again` tells that the codebook changed
    under an earlier answer.
    """

    number: int
    code: Code
    state: str
    suggestion: Suggestion | None = None
    again: bool = False
    why: str = ""
    quote: str = ""

    @property
    def words(self) -> str:
        """The key of the score in words."""
        if self.suggestion is None:
            return ""
        return "likely" if self.suggestion.outcome == "suggest" else "perhaps"


@dataclass(frozen=True, slots=True, repr=False)
class Card:
    """One turn and everything beside it. `question` is what is asked of the coder now.

    | question | when |
    |---|---|
    | suggestion | a code waits for an answer |
    | missing | all codes in sight are answered: is anything missing? |
    | codes | nothing is suggested in sight: which codes does this turn carry? |
    | compare | a blind turn is locked, and the suggestions differ from the answer |
    | again | the codebook changed under an earlier answer |
    | done | the turn is locked |
    """

    assignment: Assignment
    segment: Segment
    transcript: Transcript
    before: tuple[Turn, ...]
    after: tuple[Turn, ...]
    pieces: tuple[Piece, ...]
    lines: tuple[Line, ...]
    question: str
    active: int
    seen: str
    skipped: bool
    unsure: bool
    hasty: bool
    progress: tuple[int, int]
    recent: tuple[Code, ...] = field(default=())


def card(desk: Desk, a: Assignment, around: int = AROUND) -> Card:
    """The card of one assignment as it stands."""
    materials = desk.materials
    segment = materials.by_id[a.segment_id]
    transcript = materials.transcripts[segment.transcript_id]
    standing = desk.standing(a.id)
    suggestions = {s.code_id: s for s in desk.suggestions(a)}
    open_codes = desk.open_codes(a)
    codes = dict.fromkeys((*suggestions, *standing.again, *standing.answers))
    lines = tuple(
        _line(
            number,
            materials.book[code_id],
            code_id in open_codes,
            standing.answers.get(code_id),
            suggestions.get(code_id),
            code_id in standing.again and code_id in open_codes,
            segment,
            transcript,
        )
        for number, code_id in enumerate(codes)
    )
    if set(standing.again) & set(open_codes):
        question = "again"
    elif open_codes:
        question = "compare" if standing.lock else "suggestion"
    elif standing.lock:
        question = "done"
    else:
        question = "missing" if lines else "codes"
    place = segment.turn - 1
    return Card(
        a,
        segment,
        transcript,
        transcript.turns[max(0, place - around) : place],
        transcript.turns[place + 1 : place + 1 + around],
        pieces(segment, lines),
        lines,
        question,
        next((line.number for line in lines if line.state == "open"), -1),
        seen_of(desk, a.id),
        standing.skip is not None and standing.lock is None,
        standing.unsure,
        hasty(desk.decisions[-60:]),
        desk.progress(),
        tuple(materials.book[code_id] for code_id in desk.recent_codes()),
    )


def pieces(segment: Segment, lines: Iterable[Line]) -> tuple[Piece, ...]:
    """The turn cut where evidence begins and ends; joined again it is the turn's text."""
    spans = [
        (line.number, line.suggestion.evidence.shift(-segment.span.start))
        for line in lines
        if line.suggestion is not None and line.suggestion.evidence != segment.span
    ]
    cuts = sorted({0, len(segment.text), *(x for _, s in spans for x in (s.start, s.end))})
    return tuple(
        Piece(
            segment.text[start:end],
            tuple(n for n, span in spans if span.start <= start and end <= span.end),
        )
        for start, end in pairwise(cuts)
    )


def _line(
    number: int,
    code: Code,
    is_open: bool,
    answer: Answer | None,
    suggestion: Suggestion | None,
    again: bool,
    segment: Segment,
    transcript: Transcript,
) -> Line:
    if answer is None or again:
        state = "open" if is_open else "rejected"
    else:
        state = {True: "given", False: "rejected", None: "unsure"}[answer.present]
    whole = suggestion is None or suggestion.evidence == segment.span
    why = "" if whole else suggestion.evidence.of(transcript.text)
    quote = answer.span.of(transcript.text) if answer and answer.span else ""
    return Line(number, code, state, suggestion, again, _short(why), _short(quote))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    if len(flat) <= _WHY_CHARS:
        return flat
    return flat[:_WHY_CHARS].rpartition(" ")[0] + " …"
