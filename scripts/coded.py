"""The coded corpora as passages: what training and evaluation start from."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from themes.grammar.roles import assign_roles
from themes.records import Passage, Span, Transcript
from themes.registry import load as member
from themes.stages.anonymize import anonymize
from themes.stages.embed import contexts
from themes.stages.read import read

CORPORA = Path(__file__).parents[1] / "corpora"


@dataclass(frozen=True, slots=True)
class Coding:
    """One code that a layer gave to a turn, or none ("" and no words)."""

    transcript_id: str
    turn: int
    layer: str
    code_id: str
    words: str
    reason: str


def text_of(corpus: str, transcript_id: str) -> str:
    """The text of an interview's file, in which the corpus counts its positions."""
    path = CORPORA / corpus / "transcripts" / f"{transcript_id}.txt"
    return path.read_text(encoding="utf-8").removesuffix("\n")


def codings(corpus: str) -> list[Coding]:
    """All three layers of a corpus, as they were given."""
    texts = {name: text_of(corpus, name) for name in manifest(corpus)}
    with (CORPORA / corpus / "codings.csv").open(encoding="utf-8", newline="") as file:
        return [
            Coding(
                row["transcript"],
                int(row["turn"]),
                row["layer"],
                row["code"],
                texts[row["transcript"]][int(row["start"]) : int(row["end"])]
                if row["code"]
                else "",
                row["reason"],
            )
            for row in csv.DictReader(file)
        ]


def place(words: str, speech: str) -> Span | None:
    """Where marked words stand in a turn's speech; None where a reader took them out as a time."""
    start = speech.find(words)
    return Span(start, start + len(words)) if start >= 0 else None


def manifest(corpus: str) -> dict[str, dict[str, object]]:
    """The interviews of a corpus by id."""
    cards = json.loads((CORPORA / corpus / "manifest.json").read_text(encoding="utf-8"))
    return {card["id"]: card for card in cards}


def transcripts(corpus: str, splits: Sequence[str]) -> list[Transcript]:
    """The interviews of some splits, as the project's own reader reads them, by id."""
    found = []
    for name, card in sorted(manifest(corpus).items()):
        if card["split"] in splits:
            path = CORPORA / corpus / "transcripts" / f"{name}.txt"
            result = read([path])
            if result.failures:
                raise SystemExit(result.failures[0].message)
            found += [assign_roles(t, str(card["interviewer_label"])) for t in result.transcripts]
    return found


def passages(corpus: str, splits: Sequence[str], code_ids: Sequence[str]) -> list[Passage]:
    """Respondent turns of the settled layer after their questions, pseudonymized as at run time."""
    column = {code_id: number for number, code_id in enumerate(code_ids)}
    raw = transcripts(corpus, splits)
    clean = anonymize(raw).transcripts
    given: dict[tuple[str, int], list[Coding]] = defaultdict(list)
    for coding in codings(corpus):
        if coding.layer == "settled":
            given[coding.transcript_id, coding.turn].append(coding)
    found: list[Passage] = []
    for before, after in zip(raw, clean, strict=True):
        segments = member("segmenters", "turn")().segment(after)
        for segment, question in zip(segments, contexts(segments, clean), strict=True):
            if (before.id, segment.turn) not in given:
                continue
            labels = [0] * len(code_ids)
            marks: list[tuple[int, Span]] = []
            speech = before.speech(before.turns[segment.turn - 1])
            for coding in given[before.id, segment.turn]:
                if coding.code_id:
                    labels[column[coding.code_id]] = 1
                    words = place(coding.words, speech)
                    carried = words and carry(words, speech, segment.text)
                    if carried:
                        marks.append((column[coding.code_id], carried))
            found.append(Passage(question, segment.text, tuple(labels), tuple(marks), before.id))
    return found


def carry(words: Span, before: str, after: str) -> Span | None:
    """Where a span of a text lies after marks were put for the names in it."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    places = [
        (max(0, words.start - block.a) + block.b, min(block.size, words.end - block.a) + block.b)
        for block in matcher.get_matching_blocks()
        if block.a < words.end and block.a + block.size > words.start
    ]
    return Span(places[0][0], places[-1][1]) if places else None


def targeted(language: str, code_ids: Sequence[str], weight: float) -> list[Passage]:
    """Isolated segments; of a code that only one of the two coders gave, nothing is known."""
    column = {code_id: number for number, code_id in enumerate(code_ids)}
    path = CORPORA / "targeted" / f"segments-{language}.jsonl"
    found: list[Passage] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        first, second = set(entry["first"]), {given["code"] for given in entry["second"]}
        labels = [0] * len(code_ids)
        for code_id in first | second:
            labels[column[code_id]] = 1 if code_id in first & second else -1
        marks = [
            (column[given["code"]], Span(start, start + len(given["words"])))
            for given in entry["second"]
            if (start := entry["text"].find(given["words"])) >= 0
        ]
        found.append(
            Passage(
                entry.get("question", ""), entry["text"], tuple(labels), tuple(marks), "", weight
            )
        )
    return found
