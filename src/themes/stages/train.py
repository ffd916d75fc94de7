"""Heads, and where wanted a tuned encoder, from coded passages; and how good they are unseen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from themes import registry
from themes.classifiers.linear import Heads, Linear, fit_heads, fit_mix, weigh
from themes.grammar.sentences import pieces
from themes.records import Codebook, Passage
from themes.stages.tune import Recipe, marked_pieces, tune

Step = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, repr=False)
class Trained:
    """A classifier, the tuned weights of its encoder (none where it is frozen), and a test.

    `unseen` is float64 (n_passages, n_codes): what models said of each passage that had seen
    nothing of its group; NaN for passages without a group.
    """

    classifier: Linear
    state: dict[str, np.ndarray]
    unseen: np.ndarray


def train(
    passages: Sequence[Passage],
    codebook: Codebook,
    folder: Path,
    recipe: Recipe | None,
    n_folds: int = 5,
    step: Step | None = None,
) -> Trained:
    """Learn the codes of `codebook` from passages, with the encoder in `folder`.

    With a `recipe` the encoder is tuned, without one it stays as it is. Whole groups are held out,
    in `n_folds` folds (one a group where there are fewer): each fold's passages are weighed by a
    model that saw none of its groups, and the mix of what those models say is fitted on them; so
    are the figures. Deterministic. `step(what, done, total)` is called as work goes on.
    """
    made_folds = folds([p.group for p in passages], n_folds)
    labels = np.asarray([p.labels for p in passages], np.int8)
    learner = _Frozen(codebook, folder) if recipe is None else _Tuned(codebook, folder, recipe)
    witnesses = np.full((*labels.shape, Linear.N_WITNESSES), np.nan)
    for number, held_out in enumerate(made_folds):
        told = _within(step, number, len(made_folds) + 1)
        classifier = learner.learn(_kept(passages, ~held_out), told)
        witnesses[held_out] = classifier.witnesses(*learner.read(_kept(passages, held_out)))
    unseen = np.full(labels.shape, np.nan)
    for held_out in made_folds:
        mix = fit_mix(witnesses[~held_out], labels[~held_out])
        unseen[held_out] = weigh(witnesses[held_out], mix)
    told = _within(step, len(made_folds), len(made_folds) + 1)
    classifier = learner.learn(passages, told)
    if made_folds:
        classifier = classifier.with_mix(fit_mix(witnesses, labels))
    return Trained(classifier, learner.state, unseen)


def folds(groups: Sequence[str], n_folds: int) -> list[np.ndarray]:
    """Masks bool (n,) of held-out passages: whole groups, spread so that folds are about equal.

    Passages without a group are in none. Fewer than two groups give no folds.

    >>> [fold.tolist() for fold in folds(["a", "b", "a", ""], 5)]
    [[True, False, True, False], [False, True, False, False]]
    """
    names, sizes = np.unique([g for g in groups if g], return_counts=True)
    if len(names) < 2:
        return []
    totals = np.zeros(min(n_folds, len(names)), int)
    fold_of: dict[str, int] = {}
    for place in np.lexsort((names, -sizes)):
        smallest = int(totals.argmin())
        fold_of[str(names[place])] = smallest
        totals[smallest] += sizes[place]
    given = np.asarray([fold_of.get(group, -1) for group in groups])
    return [given == fold for fold in range(len(totals))]


def read(
    passages: Sequence[Passage], encoder: registry.Any
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Vectors of passages and of their pieces, and the row of each piece's passage."""
    cut = [pieces(p.text) for p in passages]
    whole, parts = encoder.read([p.context for p in passages], [p.text for p in passages], cut)
    return whole, parts, np.repeat(np.arange(len(cut)), [len(c) for c in cut])


class _Frozen:
    """Learns heads alone; what the encoder says of a passage is computed once for all folds."""

    def __init__(self, codebook: Codebook, folder: Path) -> None:
        self.state: dict[str, np.ndarray] = {}
        self._encoder = registry.load("encoders", "onnx")(folder)
        self._definition = registry.load("classifiers", "definition")(
            codebook, self._encoder.encode
        )
        self._known: dict[int, tuple[np.ndarray, np.ndarray]] = {}

    def learn(self, passages: Sequence[Passage], step: Callable[[int, int], None] | None) -> Linear:
        whole, parts, owner = self.read(passages)
        labels = np.asarray([p.labels for p in passages], np.int8)
        marked = np.concatenate([marked_pieces(p, pieces(p.text)) for p in passages])
        weights = np.asarray([p.weight for p in passages])
        if step:
            step(1, 1)
        heads = fit_heads(whole, labels, weights, parts, marked, weights[owner])
        return Linear.of(self._definition, heads)

    def read(self, passages: Sequence[Passage]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        new = [p for p in passages if id(p) not in self._known]
        if new:
            whole, parts, owner = read(new, self._encoder)
            for row, passage in enumerate(new):
                self._known[id(passage)] = whole[row], parts[owner == row]
        found = [self._known[id(p)] for p in passages]
        owner = np.repeat(np.arange(len(found)), [len(parts) for _, parts in found])
        return np.stack([w for w, _ in found]), np.concatenate([p for _, p in found]), owner


class _Tuned:
    """Learns heads and the encoder's upper layers; every lesson starts from the same encoder."""

    def __init__(self, codebook: Codebook, folder: Path, recipe: Recipe) -> None:
        self.state: dict[str, np.ndarray] = {}
        self._codebook, self._folder, self._recipe = codebook, folder, recipe

    def learn(self, passages: Sequence[Passage], step: Callable[[int, int], None] | None) -> Linear:
        tuned = tune(self._folder, passages, self._recipe, step)
        self.state = tuned.state
        self._encoder = registry.load("encoders", "onnx")(self._folder, tuned.state)
        definition = registry.load("classifiers", "definition")
        heads = Heads(tuned.whole_weights, tuned.whole_bias, tuned.part_weights, tuned.part_bias)
        return Linear.of(definition(self._codebook, self._encoder.encode), heads)

    def read(self, passages: Sequence[Passage]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return read(passages, self._encoder)


def _kept(passages: Sequence[Passage], mask: np.ndarray) -> list[Passage]:
    return [passage for passage, keep in zip(passages, mask, strict=True) if keep]


def _within(step: Step | None, number: int, total: int) -> Callable[[int, int], None] | None:
    if step is None:
        return None
    return lambda done, of: step("training", number * of + done, total * of)
