"""The report of a run: one page to look at first, for a researcher and her ethics board.

One HTML file that asks for nothing: no script, no font, no picture from elsewhere, and a content
security policy that would refuse them. Everything that was said or named by a person is text in
it, never markup.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations
from pathlib import Path

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from themes.exporters.refi.project import writable
from themes.records import Code, Replacement, Segment, Span, Study, Suggestion, Transcript
from themes.stages.read import Failure

N_STRONGEST = 3  # quotes a code
N_PAIRS = 12
MAX_QUOTE_CHARS = 460
MAX_COLUMNS = 24  # more transcripts than this become rows
_LEVELS = 5
_LANGUAGES = {"nl": "Dutch", "en": "English", "de": "German", "fr": "French", "und": "unknown"}
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What the report says of how it was made.

    `date` is shown as given ("" leaves it out); `versions`, `hashes` and `settings` map names to
    texts; `seconds` maps stages, in order, to how long they took; `warnings` are sentences without
    transcript text; `score_meaning` says in a sentence or two what the model's scores mean.
    """

    date: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    warnings: Sequence[str] = ()
    score_meaning: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A row or column of the heat map; `group` is the heading above a code, "" without one."""

    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """How often a code is suggested and asked in a transcript; `level` is its shade, 0 to 5."""

    suggest: int
    ask: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Codes by transcripts, with the longer side down the page."""

    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: tuple[tuple[Cell, ...], ...]
    row_totals: tuple[Cell, ...]
    column_totals: tuple[Cell, ...]
    codes_are_rows: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """A suggestion with its words: `evidence` is the part that carries the code."""

    segment: Segment
    suggestion: Suggestion
    before: str
    evidence: str
    after: str

    @property
    def strength(self) -> str:
        """The score in a word."""
        score = self.suggestion.score
        return "strong" if score >= 0.8 else "fair" if score >= 0.6 else "slight"


def report(
    study: Study,
    replacements: Iterable[Replacement],
    scores: np.ndarray | None,
    failures: Iterable[Failure],
    run: RunSummary,
) -> str:
    """The page, as one string of HTML; the same for the same arguments.

    `scores` is (n_segments, n_codes) in [0, 1], rows as `study.segments`, columns as the codable
    codes, or None; it tells how near a code came that is suggested nowhere. Raises ValueError
    when its shape differs.

    >>> from themes.records import Codebook
    >>> page = report(Study("Ward", Codebook("b", "1", ()), (), (), (), "m"), (), None, (), RunSummary())
    >>> "<h1>Ward</h1>" in page
    True
    """
    shape = (len(study.segments), len(study.codebook.codable))
    if scores is not None and scores.shape != shape:
        raise ValueError(f"scores are {scores.shape}, segments and codes {shape}")
    replacements = tuple(replacements)
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (_HERE / "report.css").read_text(encoding="utf-8")
    page = environment.get_template("report.html.jinja").render(
        study=study,
        run=run,
        failures=_failures(failures),
        style=Markup(style),  # our own file
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        counts=_counts(study, replacements),
        languages=_languages(study),
        heat_map=_heat_map(study),
        codes=tuple(
            (
                code,
                _heading(study, code),
                _strongest(study, code),
                _nearest_miss(study, code, scores),
            )
            for code in study.codebook.codable
        ),
        pairs=_pairs(study),
        replaced=_replaced(replacements),
        transcripts=_transcripts(study, replacements),
    )
    return writable(page)


def _counts(study: Study, replacements: Sequence[Replacement]) -> tuple[tuple[str, int], ...]:
    outcomes = Counter(suggestion.outcome for suggestion in study.suggestions)
    speakers = sum(len(transcript.speakers) for transcript in study.transcripts)
    answers = [segment for segment in study.segments if segment.role == "respondent"]
    return (
        ("transcripts", len(study.transcripts)),
        ("speakers", speakers),
        ("turns", sum(len(transcript.turns) for transcript in study.transcripts)),
        ("words", sum(map(_words, study.transcripts))),
        ("respondent segments", len(answers)),
        ("replacements", len(replacements)),
        ("codes suggested", outcomes["suggest"]),
        ("codes to ask about", outcomes["ask"]),
    )


def _words(transcript: Transcript) -> int:
    return sum(len(transcript.speech(turn).split()) for turn in transcript.turns)


def _languages(study: Study) -> tuple[tuple[str, int], ...]:
    found = Counter(transcript.language for transcript in study.transcripts)
    return tuple((_language(tag), count) for tag, count in found.most_common())


def _language(tag: str) -> str:
    return _LANGUAGES.get(tag.partition("-")[0].lower(), tag)


def _heading(study: Study, code: Code) -> str:
    return study.codebook[code.parent].name if code.parent else ""


def _heat_map(study: Study) -> HeatMap:
    transcript_of = {segment.id: segment.transcript_id for segment in study.segments}
    found = Counter((s.code_id, transcript_of[s.segment_id], s.outcome) for s in study.suggestions)
    codes, transcripts = study.codebook.codable, study.transcripts
    most = max((n for (*_, outcome), n in found.items() if outcome == "suggest"), default=0)

    def cell(code: Code, transcript: Transcript) -> Cell:
        suggest = found[code.id, transcript.id, "suggest"]
        ask = found[code.id, transcript.id, "ask"]
        level = -(-_LEVELS * suggest // most) if suggest else 0
        return Cell(suggest, ask, level, f"{code.name}, {transcript.id}: {_said(suggest, ask)}")

    code_heads = tuple(Head(code.name, _heading(study, code)) for code in codes)
    transcript_heads = tuple(Head(transcript.id) for transcript in transcripts)
    codes_are_rows = len(transcripts) <= MAX_COLUMNS
    if codes_are_rows:
        rows, columns = code_heads, transcript_heads
        cells = tuple(tuple(cell(code, t) for t in transcripts) for code in codes)
    else:
        rows, columns = transcript_heads, code_heads
        cells = tuple(tuple(cell(code, t) for code in codes) for t in transcripts)
    return HeatMap(
        rows,
        columns,
        cells,
        _totals(rows, cells),
        _totals(columns, zip(*cells, strict=True)),
        codes_are_rows,
    )


def _totals(heads: Sequence[Head], lines: Iterable[Sequence[Cell]]) -> tuple[Cell, ...]:
    totals = []
    for head, line in zip(heads, lines, strict=False):  # no lines where the other side is empty
        suggest, ask = sum(cell.suggest for cell in line), sum(cell.ask for cell in line)
        totals.append(Cell(suggest, ask, 0, f"{head.label}: {_said(suggest, ask)}"))
    return tuple(totals)


def _said(suggest: int, ask: int) -> str:
    return f"{suggest} suggested, {ask} to ask"


def _strongest(study: Study, code: Code) -> tuple[Quote, ...]:
    """The suggestions of a code with the highest scores, from as many transcripts as there are."""
    segments = {segment.id: segment for segment in study.segments}
    ranked = sorted(
        (s for s in study.suggestions if s.code_id == code.id and s.outcome == "suggest"),
        key=lambda s: (-s.score, s.segment_id),
    )
    # One a transcript first: three quotes of one person would say less.
    seen: Counter[str] = Counter()
    rounds = []
    for suggestion in ranked:
        transcript_id = segments[suggestion.segment_id].transcript_id
        rounds.append(seen[transcript_id])
        seen[transcript_id] += 1
    order = sorted(range(len(ranked)), key=rounds.__getitem__)[:N_STRONGEST]
    chosen = sorted((ranked[i] for i in order), key=lambda s: (-s.score, s.segment_id))
    return tuple(_quote(segments[s.segment_id], s) for s in chosen)


def _quote(segment: Segment, suggestion: Suggestion) -> Quote:
    text, evidence = segment.text, suggestion.evidence.shift(-segment.span.start)
    room = max(0, MAX_QUOTE_CHARS - len(evidence)) // 2
    shown = _whole_words(text, max(0, evidence.start - room), min(len(text), evidence.end + room))
    if len(evidence) > MAX_QUOTE_CHARS:
        shown = _whole_words(text, evidence.start, evidence.start + MAX_QUOTE_CHARS)
    marked = Span(evidence.start, min(evidence.end, shown.end))
    return Quote(
        segment,
        suggestion,
        ("… " if shown.start else "") + text[shown.start : marked.start],
        marked.of(text),
        text[marked.end : shown.end] + (" …" if shown.end < len(text) else ""),
    )


def _whole_words(text: str, start: int, end: int) -> Span:
    if start:
        start = text.find(" ", start - 1, end) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", start + 1, end + 1), start + 1) if " " in text[start:end] else end
    return Span(start, end)


def _nearest_miss(study: Study, code: Code, scores: np.ndarray | None) -> float | None:
    if scores is None or not len(scores):
        return None
    return float(scores[:, study.codebook.codable.index(code)].max())


def _pairs(study: Study) -> tuple[tuple[Code, Code, str, int, int], ...]:
    """Pairs of codes suggested in one segment: both codes, their headings, segments, transcripts.

    Codes under one heading come first: two aspects weighed in one answer are a tension. Codes of
    different headings follow.
    """
    order = {code.id: place for place, code in enumerate(study.codebook.codes)}
    by_segment: dict[str, set[str]] = {}
    for suggestion in study.suggestions:
        if suggestion.outcome == "suggest":
            by_segment.setdefault(suggestion.segment_id, set()).add(suggestion.code_id)
    n_segments: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], set[str]] = {}
    for segment in study.segments:
        for pair in combinations(sorted(by_segment.get(segment.id, ()), key=order.get), 2):
            n_segments[pair] += 1
            where.setdefault(pair, set()).add(segment.transcript_id)

    def rank(pair: tuple[str, str]) -> tuple[bool, int, int, int]:
        first, second = (study.codebook[code_id].parent for code_id in pair)
        within = first is not None and first == second
        return not within, -n_segments[pair], order[pair[0]], order[pair[1]]

    def row(pair: tuple[str, str]) -> tuple[Code, Code, str, int, int]:
        first, second = (study.codebook[code_id] for code_id in pair)
        headings = dict.fromkeys(filter(None, (_heading(study, first), _heading(study, second))))
        return first, second, " × ".join(headings), n_segments[pair], len(where[pair])

    return tuple(row(pair) for pair in sorted(n_segments, key=rank)[:N_PAIRS])


def _replaced(replacements: Sequence[Replacement]) -> tuple[tuple[str, int, int, float], ...]:
    """Category, how often, how many different ones, and the share of the commonest in percent."""
    often = Counter(replacement.mention.category for replacement in replacements)
    different: dict[str, set[str]] = {}
    for replacement in replacements:
        different.setdefault(replacement.mention.category, set()).add(replacement.text)
    most = max(often.values(), default=1)
    return tuple(
        (category, count, len(different[category]), round(100 * count / most, 1))
        for category, count in often.most_common()
    )


def _transcripts(
    study: Study, replacements: Sequence[Replacement]
) -> tuple[dict[str, object], ...]:
    transcript_of = {segment.id: segment.transcript_id for segment in study.segments}
    answers = Counter(s.transcript_id for s in study.segments if s.role == "respondent")
    outcomes = Counter((transcript_of[s.segment_id], s.outcome) for s in study.suggestions)
    replaced = Counter(replacement.transcript_id for replacement in replacements)
    return tuple(
        {
            "id": transcript.id,
            "language": _language(transcript.language),
            "notes": transcript.source.notes if transcript.source else (),
            "figures": (
                len(transcript.turns),
                answers[transcript.id],
                _words(transcript),
                replaced[transcript.id],
                outcomes[transcript.id, "suggest"],
                outcomes[transcript.id, "ask"],
            ),
        }
        for transcript in study.transcripts
    )


def _failures(failures: Iterable[Failure]) -> dict[bool, tuple[tuple[str, str], ...]]:
    """Places and reasons, of what was skipped (True) and of what was meant to be read (False)."""
    told: dict[bool, tuple[tuple[str, str], ...]] = {True: (), False: ()}
    for failure in failures:
        told[failure.skipped] += ((failure.place, failure.reason),)
    return told
