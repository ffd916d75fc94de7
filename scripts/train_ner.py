"""Train the two networks that recognize names, and write their cards.

    python scripts/train_ner.py [--out models] [--only ner-cased]

From the training split of corpora/help-seeking-en and -nl, in which every pass sees other names
(scripts/invent.py), and from invented sentences. The pass that serves the development split best
is kept. `ner-cased` is for text with capitals; `ner-small`, for text without, goes on from it. One
seed, one thread.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import spacy
from spacy.training import Example
from spacy.util import filter_spans, fix_random_seed, minibatch

from invent import Inventor, Spans
from themes.recognizers import _network

ROOT = Path(__file__).parents[1]
SEED = 20261122
N_PASSES = {_network.CASED: 14, _network.SMALL: 2}
N_SENTENCES = {_network.CASED: 3500, _network.SMALL: 1500}  # for each pass and language
CONFIG = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": 96,
                "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "TAG"],
                "rows": [5000, 1000, 2500, 1000, 200],
                "include_static_vectors": False,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": 96,
                "window_size": 1,
                "maxout_pieces": 3,
                "depth": 4,
            },
        },
    }
}
# Names that stand on no list must be told by what is around them, too.
UNLISTED = 0.35
Piece = tuple[str, Spans, str]


def pieces(split: str) -> Iterator[Piece]:
    """The paragraphs of the corpora's interviews of a split: speech, spans in it, language."""
    for language in ("en", "nl"):
        corpus = ROOT / "corpora" / f"help-seeking-{language}"
        cards = json.loads((corpus / "manifest.json").read_text(encoding="utf-8"))
        for name in (card["id"] for card in cards if card["split"] == split):
            text = (corpus / "transcripts" / f"{name}.txt").read_text(encoding="utf-8")
            with (corpus / "mentions" / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
                gold = [
                    (int(row["start"]), int(row["end"]), row["category"])
                    for row in csv.DictReader(rows)
                    if row["category"] in _network.LABELS
                ]
            for match in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text):
                label = re.match(r"[^\n:]{1,40}:[ \t]+", match[0])
                start = match.start() + (label.end() if label else 0)
                inside = [(s - start, e - start, c) for s, e, c in gold if start <= s < match.end()]
                yield text[start : match.end()], inside, language


def example(nlp: spacy.Language, piece: Piece, draw: random.Random | None) -> Example:
    text, spans, language = piece
    places = _network.tokens(text)
    named = {
        at
        for at, (start, end) in enumerate(places)
        if any(s <= start and end <= e and c == "PERSON" for s, e, c in spans)
    }
    hidden = frozenset(at for at in named if draw is not None and draw.random() < UNLISTED)
    doc = _network.document(nlp, text, places, language, hidden)
    whole = doc.copy()
    starts = {start: at for at, (start, _) in enumerate(places)}
    ends = {end: at + 1 for at, (_, end) in enumerate(places)}
    found = []
    for start, end, category in spans:
        if start in starts and end in ends:
            found.append(spacy.tokens.Span(whole, starts[start], ends[end], label=category))
    whole.ents = filter_spans(found)
    return Example(doc, whole)


def small(piece: Piece, draw: random.Random) -> Piece:
    """As speech recognition writes it: no capitals, and mostly no punctuation."""
    text, spans, language = piece
    text = text.lower() if len(text.lower()) == len(text) else text
    if draw.random() < 0.6:  # signs become blanks, so that places stay
        text = re.sub(r"[.,;:?!\"“”()…]", " ", text)
    return text, spans, language


def one_pass(
    inventor: Inventor, draw: random.Random, real: list[Piece], n_sentences: int, *, cased: bool
) -> list[Piece]:
    """What the network sees once: the interviews, most with other names, and invented sentences."""
    made: list[Piece] = []
    for text, spans, language in real:
        swapped = inventor.swap(text, spans, language) if draw.random() < 0.85 else (text, spans)
        made.append((*swapped, language))
    for language in ("en", "nl"):
        made += [(*inventor.sentence(language), language) for _ in range(n_sentences)]
    if not cased:
        made = [small(piece, draw) for piece in made]
    draw.shuffle(made)
    return made


def scores(nlp: spacy.Language, held_out: list[Example]) -> dict[str, tuple[int, int, int]]:
    """By label: gold spans whose every word is found, gold spans, and proposals that touch none."""
    docs = list(nlp.get_pipe("ner").pipe([e.x.copy() for e in held_out], batch_size=64))
    tally = {label: [0, 0, 0] for label in _network.LABELS}
    for done, gold in zip(docs, held_out, strict=True):
        marked = [bool(token.ent_type_) for token in done]
        true = [bool(token.ent_type_) for token in gold.y]
        for span in gold.y.ents:
            tally[span.label_][0] += all(marked[span.start : span.end])
            tally[span.label_][1] += 1
        for span in done.ents:
            tally[span.label_][2] += not any(true[span.start : span.end])
    return {label: tuple(counts) for label, counts in tally.items()}


def train(name: str, out: Path) -> None:
    cased = name == _network.CASED
    fix_random_seed(SEED)
    draw, inventor = random.Random(SEED), Inventor(SEED)
    nlp = _network.blank(CONFIG)
    recognizer = nlp.get_pipe("ner")
    for label in _network.LABELS:
        recognizer.add_label(label)
    real = list(pieces("train"))
    dev = [p if cased else small(p, random.Random(7)) for p in pieces("dev")]
    held_out = [example(nlp, piece, None) for piece in dev]
    optimizer = nlp.initialize(lambda: [example(nlp, piece, None) for piece in real[:200]])
    if not cased:  # what stands around names is the same without capitals
        recognizer.from_bytes(
            (out / _network.CASED / "network.bin").read_bytes(), exclude=["vocab"]
        )
        optimizer = nlp.resume_training()
    best = -1.0
    began = time.monotonic()
    for number in range(N_PASSES[name]):
        losses: dict[str, float] = {}
        optimizer.learn_rate = 0.001 * (1 - 0.9 * number / N_PASSES[name])
        rows = one_pass(inventor, draw, real, N_SENTENCES[name], cased=cased)
        for batch in minibatch([example(nlp, piece, draw) for piece in rows], 48):
            nlp.update(batch, sgd=optimizer, drop=0.25, losses=losses)
        with nlp.use_params(optimizer.averages):
            tally = scores(nlp, held_out)
            found, gold, vain = (sum(tally[label][n] for label in tally) for n in range(3))
            value = (
                found / gold - 0.15 * vain / gold
            )  # a missed name costs more than a needless mark
            print(
                f"{name} pass {number + 1}: recall {found / gold:.3f}, in vain {vain}, "
                f"people {tally['PERSON'][0]}/{tally['PERSON'][1]} in vain {tally['PERSON'][2]}, "
                f"loss {losses['ner']:.0f}, {time.monotonic() - began:.0f} s",
                flush=True,
            )
            if value > best:
                best = value
                data = recognizer.to_bytes(exclude=["vocab"])
                write(name, out / name, data, number + 1, tally, len(real))


def write(name: str, out: Path, data: bytes, passes: int, tally: dict, n_pieces: int) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / "network.bin").write_bytes(data)
    card = {
        "name": name,
        "labels": list(_network.LABELS),
        "config": CONFIG,
        "spacy": spacy.__version__,
        "seed": SEED,
        "passes": passes,
        "files": {"network.bin": hashlib.sha256(data).hexdigest()},
    }
    (out / "network.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    begun = "" if name == _network.CASED else f" It went on from {_network.CASED}."
    kind = "with capitals" if name == _network.CASED else "without capitals (captions, dictation)"
    rows = "\n".join(
        f"| {label} | {found} of {gold} | {vain} |" for label, (found, gold, vain) in tally.items()
    )
    (out / "CARD.md").write_text(
        f"""# Model card: {name}

Made by `python scripts/train_ner.py`; every figure below is written by it.

- **What**: a recognizer of names and numbers in English and Dutch speech {kind}: spaCy's transition-based recognizer on hashed word forms, the lists a word stands on, and four convolutions; {len(data) / 1e6:.1f} MB, no vectors, no vocabulary.
- **Learned from**: the training split of corpora/help-seeking-en and -nl ({n_pieces} paragraphs, synthetic, CC BY 4.0), with other names in each of {passes} passes, and {N_SENTENCES[name]} invented sentences a pass and language (corpora/templates, filled with names from Faker, MIT). A third of the names was shown as if no list held it.{begun}
- **For**: one of several recognizers of `themes anonymize`; it proposes, people decide. **Not for**: use on its own, other languages, or text that is not speech.
- **Licence**: CC BY 4.0.

Alone, on the development split, by which the pass was chosen: no figure for other text. `themes evaluate anonymization` measures all recognizers together.

| label | found (every word) | proposals that touch no mark |
|---|---|---|
{rows}
""",
        encoding="utf-8",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "models")
    parser.add_argument("--only", choices=(_network.CASED, _network.SMALL))
    chosen = parser.parse_args()
    np.random.seed(SEED)
    for name in [chosen.only] if chosen.only else (_network.CASED, _network.SMALL):
        train(name, chosen.out)


if __name__ == "__main__":
    main()
