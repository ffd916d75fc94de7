"""Train the default model: the encoder tuned to the codebook help-seeking, and its heads.

    python scripts/train_default.py [--tuned] [--out models/help-seeking]

Learns from the settled codings of the train and dev interviews of corpora/help-seeking-* and from
corpora/targeted; the test split is opened by scripts/evaluate_default.py alone. Every figure in the
card is out of interview: models that had not seen an interview scored it. Takes minutes; with
`--tuned`, which tunes the encoder as well, an hour on two cores. The same corpora give the same
bytes on the same machine.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from coded import CORPORA, codings, manifest, passages, targeted
from themes import codebooks, registry
from themes.cli._progress import progress
from themes.resources import folder
from themes.stages.measure import kappa
from themes.stages.open_model import DEFAULT_ENCODER
from themes.stages.save_model import codes_table, examine, figures_table, files, reliability_table
from themes.stages.train import train
from themes.stages.tune import Recipe

# An isolated segment teaches less about interviews than a turn of one.
TARGETED_WEIGHT = 0.5
LANGUAGES = ("en",)


def main(out: Path, tuned: bool) -> None:
    book = codebooks.load("help-seeking")
    code_ids = [code.id for code in book.codable]
    natural = [
        passage
        for language in LANGUAGES
        for passage in passages(f"help-seeking-{language}", ("train", "dev"), code_ids)
    ]
    isolated = [
        passage
        for language in LANGUAGES
        if (CORPORA / "targeted" / f"segments-{language}.jsonl").exists()
        for passage in targeted(language, code_ids, TARGETED_WEIGHT)
    ]
    everything = [*natural, *isolated]
    place = folder("models") / DEFAULT_ENCODER
    with progress() as bar:
        trained = train(everything, book, place, Recipe() if tuned else None, step=bar.step)
    tested = examine(trained.unseen, everything)
    encoder = registry.load("encoders", "onnx")(place, trained.state)
    card = [
        "# Model card: help-seeking",
        "",
        "Made by `python scripts/train_default.py"
        f"{' --tuned' if tuned else ''}`; every figure but those of the last section is computed by it.",
        "",
        f"- **What**: {DEFAULT_ENCODER}, "
        + ("its upper layers tuned to the codebook help-seeking" if tuned else "frozen")
        + ", which reads an answer after its question; a head on the answer and one on its pieces,"
        " weighed together with the similarity to the codebook's definitions and examples.",
        f"- **Learned from**: {len({p.group for p in natural})} synthetic interviews "
        f"({len(natural)} answers, {sum(any(p.labels) for p in natural)} with a code) and "
        f"{len(isolated)} isolated synthetic segments. Written and coded by a language model; the "
        "settled layer of two blind codings. English only.",
        "- **For**: a first look at interviews with residents about asking for help, by coders who "
        "decide on every suggestion. **Not for**: other professions or topics, or any use without "
        "a human decision.",
        f"- **Promise**: {tested.promise.in_words()} (In the mean over interviews like these.)",
        "- **Licence**: weights CC BY 4.0 on an encoder under Apache-2.0.",
        "",
        "## Figures, out of interview",
        "",
        "Five folds of whole interviews; each fold scored by a model that had seen none of it; "
        "codes with at least 5 answers; intervals by resampling interviews 1,000 times.",
        "",
        *figures_table(tested),
        "",
        "## Per code",
        "",
        "The two codings beside it come from the same language model reading the same codebook: "
        "they show how far the codebook settles the matter for one kind of reader, and are no "
        "estimate of how people would agree.",
        "",
        *codes_table(tested, book, coders_agree(code_ids)),
        "",
        "## Reliability",
        "",
        *reliability_table(tested),
        "",
        "## What was tried",
        "",
        "These figures are carried over: this command does not compute them. On the 22 English "
        "interviews of train and dev, three folds of whole interviews, 920 segments, one line "
        "for all codes:",
        "",
        "| | macro average precision | macro kappa | any code or none | recall at 3 |",
        "|---|---|---|---|---|",
        "| encoder frozen | 0.21 | 0.17 | 0.41 | 0.61 |",
        "| upper two of six layers tuned, four epochs, `--tuned` | 0.20 | 0.15 | 0.45 | 0.60 |",
        "",
        "By experiments that were not kept: tuned on the 17 train interviews and tested on the 5 dev interviews (ten codes), average "
        "precision was 0.26 after 5 interviews, 0.30 after 10 and 0.31 after 17; 0.29 without the "
        "isolated segments; 0.31 with margins for tokens in place of pieces. More interviews of "
        "the same kind help slowly; rare codes need examples.",
    ]
    made = files(
        "help-seeking",
        trained,
        tested,
        book,
        DEFAULT_ENCODER,
        encoder.identity,
        "CC BY 4.0",
        "\n".join(card) + "\n",
    )
    out.mkdir(parents=True, exist_ok=True)
    for name, data in made.items():
        (out / name).write_bytes(data)
    print("\n".join(card))


def coders_agree(code_ids: list[str]) -> dict[str, float]:
    """Kappa of the two blind codings of the same turns, per code."""
    turns: dict[tuple[str, int], dict[str, set[str]]] = {}
    for corpus in (f"help-seeking-{language}" for language in LANGUAGES):
        kept = {name for name, card in manifest(corpus).items() if card["split"] != "test"}
        for coding in codings(corpus):
            if coding.transcript_id in kept:
                turn = turns.setdefault(
                    (coding.transcript_id, coding.turn), {"a": set(), "b": set()}
                )
                if coding.layer in turn:
                    turn[coding.layer].add(coding.code_id)
    return {
        code_id: kappa(
            np.array([code_id in t["a"] for t in turns.values()]),
            np.array([code_id in t["b"] for t in turns.values()]),
        )
        for code_id in code_ids
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("models/help-seeking"))
    parser.add_argument("--tuned", action="store_true", help="tune the encoder as well")
    arguments = parser.parse_args()
    main(arguments.out, arguments.tuned)
