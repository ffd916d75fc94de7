"""Counts, agreement and quality of the coded corpora, as they are.

    python scripts/check_corpora.py

For each corpus: that spans, codes, layers and people fit together (it stops with the place where
they do not), then what it holds, how often openings recur, near-duplicates across interviews,
turn lengths and type-token ratio, and how far the two blind codings agree per code
(Krippendorff's alpha, nominal, present or absent per turn).
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from statistics import median

from coded import CORPORA, codings, manifest, place, text_of
from tagged import CATEGORIES
from themes import codebooks
from themes.codings.arrays import Codings
from themes.stages.read import read
from themes.statistics.alpha import Alpha

SHINGLE = 8
WORD = re.compile(r"[\w'’]+")


def check(corpus: str) -> None:
    book = codebooks.load("help-seeking")
    code_ids = [code.id for code in book.codable]
    cards = manifest(corpus)
    given = codings(corpus)
    spoken: dict[str, list[str]] = {}
    n_mentions: Counter[str] = Counter()
    for name, card in cards.items():
        text = text_of(corpus, name)
        result = read([CORPORA / corpus / "transcripts" / f"{name}.txt"])
        if result.failures or len(result.transcripts[0].turns) != len(text.split("\n\n")):
            stop(f"{corpus}/{name}: the project's own reader reads something else")
        transcript = result.transcripts[0]
        if set(transcript.speakers) != {card["interviewer_label"], card["respondent_label"]}:
            stop(f"{corpus}/{name}: speakers are {transcript.speakers}")
        spoken[name] = [
            transcript.speech(turn)
            for turn in transcript.turns
            if turn.speaker == card["respondent_label"]
        ]
        with (CORPORA / corpus / "mentions" / f"{name}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                words = text[int(row["start"]) : int(row["end"])]
                if row["category"] not in CATEGORIES or not words or words != words.strip():
                    stop(f"{corpus}/{name}: mention at {row['start']} is wrong")
                n_mentions[row["category"]] += 1
        people = [card["writer"], *card["coders"].values()]
        if len(set(people)) != len(people):
            stop(f"{corpus}/{name}: somebody had two parts in it")
        for coding in given:
            if coding.transcript_id == name and coding.code_id:
                turn = transcript.turns[coding.turn - 1]
                words = place(coding.words, transcript.speech(turn))
                if coding.code_id not in code_ids or words is None:
                    stop(f"{corpus}/{name}, turn {coding.turn}: {coding.code_id} is wrong")
    layers: dict[str, dict[tuple[str, int], set[str]]] = defaultdict(lambda: defaultdict(set))
    for coding in given:
        layers[coding.layer][coding.transcript_id, coding.turn] |= {coding.code_id} - {""}
    turns = list(layers["settled"])
    if any(set(layers[layer]) != set(turns) for layer in ("a", "b")):
        stop(f"{corpus}: the layers do not hold the same turns")

    splits = Counter(str(card["split"]) for card in cards.values())
    every = [speech for speeches in spoken.values() for speech in speeches]
    lengths = [len(WORD.findall(speech)) for speech in every]
    words = [word.lower() for speech in every for word in WORD.findall(speech)]
    uncoded = sum(not codes for codes in layers["settled"].values()) / len(turns)
    print(f"\n{corpus}: {len(cards)} interviews ({dict(splits)}), {len(turns)} respondent turns")
    print(
        f"  words a turn: median {median(lengths):.0f}, longest {max(lengths)}, "
        f"four or fewer {sum(n <= 4 for n in lengths) / len(lengths):.0%}; "
        f"types per 1,000 words {types_per_thousand(words):.0f}; turns without a code {uncoded:.0%}"
    )
    print(f"  mentions: {dict(n_mentions.most_common())}")
    openings = Counter(" ".join(WORD.findall(speech.lower())[:3]) for speech in every)
    n_most = openings.most_common(1)[0][1]
    print(f"  commonest opening of three words: {n_most / len(every):.1%} of turns")
    print(f"  runs of {SHINGLE} words in two interviews: {shared_shingles(spoken)}")
    print("  code: turns settled; alpha between the two blind codings")
    for code_id in code_ids:
        n = sum(code_id in codes for codes in layers["settled"].values())
        pairs = [(code_id in layers["a"][turn], code_id in layers["b"][turn]) for turn in turns]
        found = Alpha().compute(Codings.of(pairs)).value
        print(f"    {code_id:32}{n:5}   {'undefined' if found is None else f'{found:.2f}'}")
    alike = sum(layers["a"][turn] == layers["b"][turn] for turn in turns) / len(turns)
    print(f"  turns that both coded alike: {alike:.0%}")


def types_per_thousand(words: list[str]) -> float:
    """Mean number of different words in stretches of 1,000."""
    stretches = [words[at : at + 1000] for at in range(0, len(words) - 999, 1000)]
    return sum(len(set(stretch)) for stretch in stretches) / max(len(stretches), 1)


def shared_shingles(spoken: dict[str, list[str]]) -> int:
    """How many runs of SHINGLE words stand in more than one interview."""
    seen: dict[tuple[str, ...], str] = {}
    shared = set()
    for name, speeches in spoken.items():
        for speech in speeches:
            words = WORD.findall(speech.lower())
            for at in range(len(words) - SHINGLE + 1):
                run = tuple(words[at : at + SHINGLE])
                if seen.setdefault(run, name) != name:
                    shared.add(run)
    return len(shared)


def stop(message: str) -> None:
    sys.exit(f"check_corpora: {message}")


if __name__ == "__main__":
    for folder in sorted(CORPORA.glob("help-seeking-*")):
        check(folder.name)
