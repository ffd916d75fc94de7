"""What the default model is worth on the test split: interviews it never saw, used for no choice.

    python scripts/evaluate_default.py [--model models/help-seeking]

Prints, for each language, the figures of the card with intervals by resampling interviews, how far
the two blind codings agree on the same turns, and the figures by interview and by attribute of the
participant. To be run once a release; a figure that something was tuned on is worth nothing.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from coded import codings, manifest, passages
from themes import codebooks
from themes.records import Passage
from themes.stages.measure import Scored, enough, headline, kappa, one_code, resampled
from themes.stages.open_model import open_model
from themes.stages.threshold import give
from themes.stages.train import read

ATTRIBUTES = ("training_level", "gender", "surgical", "academic")


def main(place: Path) -> None:
    book = codebooks.load("help-seeking")
    code_ids = [code.id for code in book.codable]
    model = open_model(str(place), book)
    lines = np.asarray(json.loads((place / "model.json").read_text(encoding="utf-8"))["lines"])
    for language in ("en", "nl"):
        corpus = f"help-seeking-{language}"
        tested = passages(corpus, ("test",), code_ids)
        if tested:
            report(corpus, tested, model, lines, code_ids)


def report(
    corpus: str,
    tested: Sequence[Passage],
    model: object,
    lines: np.ndarray,
    code_ids: Sequence[str],
) -> None:
    scores = model.classifier.score(*read(tested, model.encoder))
    labels = np.asarray([p.labels for p in tested], np.int8)
    groups = np.asarray([p.group for p in tested])
    scored = Scored(labels, scores, give(scores, lines, single=False), groups)
    columns = enough(labels)
    print(f"\n## {corpus}: {len(set(groups))} interviews, {len(tested)} answers\n")
    for name, figure in resampled(scored, headline(columns)).items():
        print(f"{name:32}{figure}")
    ask, suggest = next(iter(model.thresholds.values()))
    asked, suggested = scores >= ask, scores >= suggest
    given = labels == 1
    print(f"{'codes suggested or asked':32}{given[asked].sum() / given.sum():.2f} of those given")
    print(f"{'to decide a segment':32}{asked.sum() / len(tested):.2f}")
    print(f"{'right among suggested':32}{_share(given, suggested)} of {suggested.sum()}")
    one, other = layers(corpus, set(groups), code_ids)
    print(f"\n{'code':34}{'answers':>8}{'kappa':>8}{'F1':>6}{'AP':>6}{'codings':>9}")
    for column, code_id in enumerate(code_ids):
        found = one_code(scored, column)
        figures = f"{found['kappa']:8.2f}{found['F1']:6.2f}{found['average precision']:6.2f}"
        if column not in columns:
            figures = f"{'too few':>20}"
        agreed = kappa(one[:, column], other[:, column])
        print(f"{code_id:34}{int(given[:, column].sum()):8}{figures}{agreed:9.2f}")
    cards = manifest(corpus)
    parts: dict[str, list[str]] = defaultdict(list)
    for name in sorted(set(groups)):
        parts[f"interview {name}"].append(name)
        for attribute in ATTRIBUTES:
            parts[f"{attribute} {cards[name][attribute]}"].append(name)
    print(f"\n{'part':34}{'answers':>8}{'any code':>10}{'recall at 3':>13}{'AP':>6}")
    for part, names in sorted(parts.items()):
        own = scored.rows(np.flatnonzero(np.isin(groups, names)))
        found = headline(columns)(own)
        print(
            f"{part:34}{len(own.labels):8}{found['any code or none, kappa']:10.2f}"
            f"{found['recall at 3']:13.2f}{found['macro average precision']:6.2f}"
        )


def _share(given: np.ndarray, suggested: np.ndarray) -> str:
    return f"{given[suggested].mean():.2f}" if suggested.any() else "none"


def layers(corpus: str, kept: set[str], code_ids: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """The two blind codings of the same turns: bool (n_turns, n_codes) each."""
    column = {code_id: number for number, code_id in enumerate(code_ids)}
    found: dict[str, dict[tuple[str, int], np.ndarray]] = {"a": {}, "b": {}}
    for coding in codings(corpus):
        if coding.transcript_id in kept and coding.layer in found:
            turn = found[coding.layer].setdefault(
                (coding.transcript_id, coding.turn), np.zeros(len(code_ids), bool)
            )
            if coding.code_id:
                turn[column[coding.code_id]] = True
    keys = sorted(found["a"])
    return np.stack([found["a"][k] for k in keys]), np.stack([found["b"][k] for k in keys])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=Path("models/help-seeking"))
    main(parser.parse_args().model)
