"""Text in which personal data was marked beforehand, to measure what is found."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from themes.errors import InputError
from themes.grammar.language import detect as language_of
from themes.records import CATEGORIES, Span, Transcript, Turn

_LABEL = re.compile(r"^([^\n:]{1,40}):[ \t]+")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_SHORT = {"org": "organization"}
Mark = tuple[Span, str]


@dataclass(frozen=True, slots=True, repr=False)
class Marked:
    """A transcript and what was marked in it: places, and categories as mentions have them."""

    transcript: Transcript
    marks: tuple[Mark, ...]


def runs(path: Path, split: str | None = None) -> Iterator[tuple[Marked, ...]]:
    """The marked transcripts at `path`, in the runs that share their names.

    A folder holds `transcripts/NAME.txt` (one turn a paragraph) and `mentions/NAME.csv` (start,
    end, category; code points of the text file); its transcripts are one run, those of one split
    where `split` names one of `manifest.json`. A file `*.jsonl` holds one text a line, {"id",
    "text", "lang", "spans": [[start, end, LABEL]]}; every line is a run of its own.

    Raises InputError where there is nothing of the kind.
    """
    if path.is_dir():
        yield tuple(_folder(path, split))
    elif path.suffix == ".jsonl" and path.is_file():
        yield from _lines(path)
    else:
        raise InputError(f"{path.name}: is no corpus; name a folder with transcripts and mentions")


def without_capitals(run: tuple[Marked, ...]) -> tuple[Marked, ...]:
    """The same texts in lower case, as captions are written; no place moves."""
    return tuple(
        replace(
            each,
            transcript=replace(
                each.transcript, text=unicodedata.normalize("NFC", _lowered(each.transcript.text))
            ),
        )
        for each in run
    )


def _folder(folder: Path, split: str | None) -> Iterator[Marked]:
    wanted = None
    if split is not None:
        manifest = folder / "manifest.json"
        cards = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else []
        wanted = {card["id"] for card in cards if card.get("split") == split}
        if not wanted:
            raise InputError(f"{folder.name}: no transcript is in the split {split}")
    n_found = 0
    for file in sorted((folder / "transcripts").glob("*.txt")):
        table = folder / "mentions" / f"{file.stem}.csv"
        if table.exists() and (wanted is None or file.stem in wanted):
            n_found += 1
            text = unicodedata.normalize("NFC", file.read_text(encoding="utf-8"))
            with table.open(encoding="utf-8", newline="") as rows:
                marks = tuple(
                    (Span(int(row["start"]), int(row["end"])), _category(row["category"], table))
                    for row in csv.DictReader(rows)
                )
            language = language_of(text)
            yield Marked(Transcript(file.stem, text, tuple(_turns(text)), language), marks)
    if not n_found:
        raise InputError(f"{folder.name}: holds no transcripts/NAME.txt with mentions/NAME.csv")


def _lines(file: Path) -> Iterator[tuple[Marked, ...]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        row = json.loads(line)
        text = row["text"].replace("\r", " ")
        if text.strip() and unicodedata.is_normalized("NFC", text):
            turn = Turn(Span(0, len(text)), "", "respondent")
            marks = tuple((Span(s, e), _category(label, file)) for s, e, label in row["spans"])
            yield (Marked(Transcript(str(row["id"]), text, (turn,), row["lang"]), marks),)


def _category(label: str, file: Path) -> str:
    category = _SHORT.get(label.lower(), label.lower())
    if category not in CATEGORIES:
        raise InputError(f"{file.name}: {label} is no category; known: {', '.join(CATEGORIES)}")
    return category


def _turns(text: str) -> Iterator[Turn]:
    for match in _PARAGRAPH.finditer(text):
        label = _LABEL.match(match[0])
        start = match.start() + (label.end() if label else 0)
        if start < match.end():
            yield Turn(Span(start, match.end()), label[1] if label else "", "other")


def _lowered(text: str) -> str:
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)
