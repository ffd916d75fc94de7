"""The same passages, the same folds, several ways to score: what training is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from themes import registry
from themes.records import Codebook, Passage
from themes.stages.measure import enough, kappa
from themes.stages.train import folds, read, train
from themes.stages.tune import Recipe

Step = Callable[[str, int, int], None]


def compare(
    passages: Sequence[Passage],
    codebook: Codebook,
    folder: Path,
    recipe: Recipe,
    step: Step | None = None,
) -> Iterator[tuple[str, np.ndarray]]:
    """Names of methods and their scores of passages whose groups they had not seen.

    In order: words alone (TF-IDF of words and of letters, logistic regression), the codebook's
    definitions without training (only where it has any), the encoder frozen, the encoder tuned.
    Scores are float64 (n_passages, n_codes).
    """
    yield "TF-IDF and logistic regression", _words(passages)
    if any(code.definition or code.examples for code in codebook.codable):
        encoder = registry.load("encoders", "onnx")(folder)
        definition = registry.load("classifiers", "definition")(codebook, encoder.encode)
        yield "similarity to the codebook", definition.score(*read(passages, encoder))
    yield "encoder frozen", train(passages, codebook, folder, None, step=step).unseen
    yield "encoder tuned", train(passages, codebook, folder, recipe, step=step).unseen


def people(by_coder: dict[str, np.ndarray], chosen: np.ndarray) -> dict[str, float]:
    """How far coders agree with each other, and the model with each of them: mean macro kappa.

    `by_coder` int8 (n, n_codes) in {0, 1, -1 = did not see it}, `chosen` bool (n, n_codes).
    """
    pairs = [_macro(by_coder[a], by_coder[b]) for a, b in combinations(sorted(by_coder), 2)]
    model = [_macro(labels, chosen.astype(np.int8)) for labels in by_coder.values()]
    known = [value for value in pairs if np.isfinite(value)]
    return {
        "coders with each other": float(np.mean(known)) if known else float("nan"),
        "the model with each coder": float(np.nanmean(model)),
    }


def one_of_many(labels: np.ndarray, chosen: np.ndarray) -> float:
    """Cohen's kappa over categories, where every passage has exactly one code."""
    truth, found = labels.argmax(1), chosen.argmax(1)
    n = labels.shape[1]
    expected = sum((truth == c).mean() * (found == c).mean() for c in range(n))
    return float(((truth == found).mean() - expected) / (1 - expected)) if expected < 1 else np.nan


def _macro(one: np.ndarray, other: np.ndarray) -> float:
    both = (one >= 0).all(1) & (other >= 0).all(1)
    values = [kappa(one[both, c] == 1, other[both, c] == 1) for c in enough(one[both])]
    return float(np.nanmean(values)) if values else float("nan")


def _words(passages: Sequence[Passage]) -> np.ndarray:
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    labels = np.asarray([p.labels for p in passages], np.int8)
    scores = np.full(labels.shape, np.nan)
    for held_out in folds([p.group for p in passages], 5):
        learned = [p.text for p, out in zip(passages, held_out, strict=True) if not out]
        tested = [p.text for p, out in zip(passages, held_out, strict=True) if out]
        sides = [
            TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2),
            TfidfVectorizer(sublinear_tf=True, analyzer="char_wb", ngram_range=(3, 5), min_df=2),
        ]
        rows = hstack([side.fit_transform(learned) for side in sides]).tocsr()
        unseen = hstack([side.transform(tested) for side in sides]).tocsr()
        for column in range(labels.shape[1]):
            known = labels[~held_out, column] >= 0
            present = labels[~held_out, column][known]
            if len(set(present.tolist())) < 2:
                scores[held_out, column] = float(present.mean()) if len(present) else 0.0
                continue
            head = LogisticRegression(C=10.0, solver="liblinear").fit(rows[known], present)
            scores[held_out, column] = head.predict_proba(unseen)[:, 1]
    return scores
