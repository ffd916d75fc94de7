"""Measure how much personal data the recognizers and their propagation find, and what it costs.

    python scripts/evaluate_anonymization.py CORPUS_OR_FILE... [--sample N] [--show]

A corpus (corpora/help-seeking-en) holds `transcripts/NAME.txt` and `mentions/NAME.csv` (columns
start, end, category; code points in the text file); its transcripts are one run. A file `*.jsonl`
holds one sentence a line, {"text", "lang", "spans": [[start, end, LABEL]]}; every line is a run of
its own.

Recall is leak-safe: every core word of the gold span (titles, particles, articles and possessive s
set aside) lies inside proposed spans of whatever category. Precision: the proposed span overlaps a
gold span. "Ordinary words replaced" are words inside proposals that overlap no gold span, as a share
of all words outside gold. `--show` lists what was missed and what was replaced in vain: use it on
invented text only.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from themes.grammar.language import detect as language_of
from themes.records import Span, Transcript, Turn
from themes.stages.detect import detect

_LABEL = re.compile(r"^([^\n:]{1,40}):[ \t]+", re.MULTILINE)
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_ASIDE = frozenset(
    "the a an de het een of and in at on van der den ter te el al dr mr mrs ms prof sister s t old "
    "year years jaar months last this and to met voor".split()
)
Gold = tuple[Span, str]


def folder_run(folder: Path) -> tuple[list[Transcript], list[list[Gold]]]:
    """The transcripts of a folder as one run, on the text of their files as it stands."""
    transcripts, gold = [], []
    if not (folder / "transcripts").is_dir() or not (folder / "mentions").is_dir():
        raise SystemExit(f"{folder}: has no folders transcripts and mentions; name a corpus")
    for file in sorted((folder / "transcripts").glob("*.txt")):
        marks = folder / "mentions" / f"{file.stem}.csv"
        if marks.exists():
            text = unicodedata.normalize("NFC", file.read_text(encoding="utf-8"))
            transcripts.append(Transcript(file.stem, text, tuple(_turns(text)), language_of(text)))
            with marks.open(encoding="utf-8", newline="") as rows:
                gold.append(
                    [
                        (Span(int(row["start"]), int(row["end"])), row["category"])
                        for row in csv.DictReader(rows)
                    ]
                )
    return transcripts, gold


def sentence_runs(file: Path, sample: int) -> Iterator[tuple[list[Transcript], list[list[Gold]]]]:
    """Every sentence, or a fixed random sample of them, as a run of its own."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    if 0 < sample < len(lines):
        lines = random.Random(0).sample(lines, sample)
    for line in lines:
        row = json.loads(line)
        text = row["text"].replace("\r", " ")
        if text.strip() and unicodedata.is_normalized("NFC", text):
            turn = Turn(Span(0, len(text)), "", "respondent")
            transcript = Transcript(row["id"], text, (turn,), row["lang"])
            yield [transcript], [[(Span(s, e), label) for s, e, label in row["spans"]]]


def _turns(text: str) -> Iterator[Turn]:
    for match in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text):
        label = _LABEL.match(match[0])
        start = match.start() + (label.end() if label else 0)
        if start < match.end():
            yield Turn(Span(start, match.end()), label[1] if label else "", "other")


class Tally:
    """What was found of the gold, and what was replaced besides."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self.n_gold: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.n_proposed: Counter[str] = Counter()
        self.n_vain = self.n_ordinary = self.n_chars = 0
        self.missed: dict[str, Counter[str]] = defaultdict(Counter)
        self.vain: dict[str, Counter[str]] = defaultdict(Counter)
        self.seconds = 0.0

    def add(self, transcripts: list[Transcript], gold: list[list[Gold]]) -> None:
        start = time.process_time()
        proposed = detect(transcripts).mentions
        self.seconds += time.process_time() - start
        for transcript, mentions, spans in zip(transcripts, proposed, gold, strict=True):
            text = transcript.text
            self.n_chars += len(text)
            covered, in_gold = bytearray(len(text)), bytearray(len(text))
            for mention in mentions:
                covered[mention.span.start : mention.span.end] = b"\1" * len(mention.span)
            for span, _ in spans:
                in_gold[span.start : span.end] = b"\1" * len(span)
            for span, category in spans:
                self.n_gold[category] += 1
                if _is_covered(span, text, covered):
                    self.found[category] += 1
                else:
                    self.missed[category][span.of(text)] += 1
            for mention in mentions:
                self.n_proposed[mention.category] += 1
                if any(in_gold[mention.span.start : mention.span.end]):
                    self.right[mention.category] += 1
                else:
                    shown = f"{mention.span.of(text)} ({mention.recognizer})"
                    self.vain[mention.category][shown] += 1
            for turn in transcript.turns:
                for word in _WORD.finditer(text, turn.span.start, turn.span.end):
                    if not any(in_gold[word.start() : word.end()]):
                        self.n_ordinary += 1
                        self.n_vain += any(covered[word.start() : word.end()])

    def report(self, name: str, *, show: bool) -> None:
        print(
            f"\n{name}: {self.n_chars} characters, {self.n_chars / max(self.seconds, 1e-9):,.0f} a second"
        )
        for category in sorted(self.n_gold):
            print(
                f"  recall    {category:13} {_share(self.found[category], self.n_gold[category])}"
            )
        for category in sorted(self.n_proposed):
            print(
                f"  precision {category:13} {_share(self.right[category], self.n_proposed[category])}"
            )
        print(f"  ordinary words replaced: {self.n_vain / max(1, self.n_ordinary):.2%}")
        if show:
            for title, kinds in (("missed", self.missed), ("in vain", self.vain)):
                for category in sorted(kinds):
                    print(
                        f"  {title} {category}: "
                        + "; ".join(f"{text!r} x{n}" for text, n in kinds[category].most_common(60))
                    )


def _is_covered(span: Span, text: str, covered: bytearray) -> bool:
    words = list(_WORD.finditer(text, span.start, span.end))
    core = [word for word in words if word[0].lower() not in _ASIDE] or words
    return all(
        all(covered[word.start() : word.start() + len(re.sub(r"['’]s$", "", word[0]))])
        for word in core
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part} of {whole})" if whole else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--sample", type=int, default=0, help="sentences a .jsonl file, 0 for all")
    parser.add_argument("--show", action="store_true")
    chosen = parser.parse_args()
    for path in chosen.paths:
        tally = Tally()
        for run in [folder_run(path)] if path.is_dir() else sentence_runs(path, chosen.sample):
            tally.add(*run)
        tally.report(path.name, show=chosen.show)


if __name__ == "__main__":
    main()
