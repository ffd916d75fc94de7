"""The coded corpora as arrays: what training and evaluation start from."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from themes.classifiers.linear import Examples
from themes.grammar.roles import assign_roles
from themes.grammar.sentences import sentences
from themes.records import Segment, Span, Transcript
from themes.registry import load as member
from themes.stages.anonymize import anonymize
from themes.stages.embed import embed
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


def examples(
    corpus: str, splits: Sequence[str], code_ids: Sequence[str], encoder: object
) -> tuple[Examples, list[Segment]]:
    """Respondent turns of the settled layer, pseudonymized as at run time, and their segments.

    Marked words are carried over to the pseudonymized text by the number of their sentence.
    """
    column = {code_id: number for number, code_id in enumerate(code_ids)}
    raw = transcripts(corpus, splits)
    clean = anonymize(raw).transcripts
    given: dict[tuple[str, int], list[Coding]] = defaultdict(list)
    for coding in codings(corpus):
        if coding.layer == "settled":
            given[coding.transcript_id, coding.turn].append(coding)
    segments: list[Segment] = []
    groups: list[str] = []
    sources: list[tuple[Transcript, int]] = []
    for before, after in zip(raw, clean, strict=True):
        for segment in member("segmenters", "turn")().segment(after):
            if (before.id, segment.turn) in given:
                segments.append(segment)
                groups.append(before.id)
                sources.append((before, segment.turn))
    embedded = embed(segments, encoder)
    labels = np.zeros((len(segments), len(code_ids)), np.int8)
    marked = np.zeros((len(embedded.parts), len(code_ids)), np.int8)
    first = np.searchsorted(embedded.owner, np.arange(len(segments) + 1))
    for row, (before, number) in enumerate(sources):
        speech = before.speech(before.turns[number - 1])
        places = sentences(speech)
        n_parts = first[row + 1] - first[row]
        for coding in given[before.id, number]:
            if not coding.code_id:
                continue
            labels[row, column[coding.code_id]] = 1
            words = place(coding.words, speech)
            for number_in_turn, sentence in enumerate(places):
                if words is not None and sentence.overlaps(words):
                    part = min(round(number_in_turn * n_parts / len(places)), n_parts - 1)
                    marked[first[row] + part, column[coding.code_id]] = 1
    return (
        Examples(
            embedded.whole,
            embedded.parts,
            embedded.owner,
            labels,
            marked,
            np.asarray(groups),
            np.ones(len(segments)),
        ),
        segments,
    )


def targeted(language: str, code_ids: Sequence[str], encoder: object, weight: float) -> Examples:
    """Isolated segments that both coders coded alike or that carry what both gave."""
    column = {code_id: number for number, code_id in enumerate(code_ids)}
    path = CORPORA / "targeted" / f"segments-{language}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    segments = [
        Segment(f"targeted-{n}", 1, Span(0, len(row["text"])), "", "respondent", row["text"])
        for n, row in enumerate(rows)
    ]
    embedded = embed(segments, encoder)
    labels = np.zeros((len(rows), len(code_ids)), np.int8)
    marked = np.zeros((len(embedded.parts), len(code_ids)), np.int8)
    for row, entry in enumerate(rows):
        first, second = set(entry["first"]), {given["code"] for given in entry["second"]}
        # What only one coder saw is neither an example nor a counter-example.
        for code_id in first ^ second:
            labels[row, column[code_id]] = -1
        for code_id in first & second:
            labels[row, column[code_id]] = 1
        for given in entry["second"]:
            start = entry["text"].find(given["words"])
            words = Span(start, start + len(given["words"]))
            for part in np.flatnonzero(embedded.owner == row):
                if embedded.spans[part].overlaps(words):
                    marked[part, column[given["code"]]] = 1
    return Examples(
        embedded.whole,
        embedded.parts,
        embedded.owner,
        labels,
        marked,
        np.full(len(rows), ""),
        np.full(len(rows), weight),
    )


def join(*several: Examples) -> Examples:
    """Examples one after another."""
    offsets = np.cumsum([0, *(len(e.whole) for e in several)])
    fields = {
        name: np.concatenate([getattr(e, name) for e in several])
        for name in ("whole", "parts", "labels", "marked", "groups", "weights")
    }
    owner = np.concatenate([e.owner + o for e, o in zip(several, offsets, strict=False)])
    return replace(several[0], owner=owner, **fields)
