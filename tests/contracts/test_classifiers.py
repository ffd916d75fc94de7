"""What every classifier promises: columns in order, bounded scores, the same seed the same scores."""

from typing import NamedTuple

import numpy as np
import pytest

from themes import registry
from themes.classifiers.linear import Linear, fit_heads, fit_mix
from themes.records import Code, Codebook

BOOK = Codebook(
    "b",
    "1",
    (
        Code("top", "Top", codable=False),
        Code("a", "A", "first", examples=("one",), parent="top"),
        Code("b", "B", "second"),
        Code("never", "Never seen", "third"),
    ),
)
DIM = 12


def encode(texts):
    """A fake encoder: a unit vector that depends on the text alone."""
    rows = [np.random.default_rng(sum(map(ord, text)) + 1).normal(size=DIM) for text in texts]
    vectors = np.asarray(rows, np.float32).reshape(len(texts), DIM)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


class Examples(NamedTuple):
    """Segments with two pieces each, and what was marked in them."""

    whole: np.ndarray
    parts: np.ndarray
    owner: np.ndarray
    labels: np.ndarray
    marked: np.ndarray


def examples(seed=0, n=60):
    """Segments whose first axis tells code a, and second code b."""
    rng = np.random.default_rng(seed)
    parts = rng.normal(size=(2 * n, DIM)).astype(np.float32)
    owner = np.repeat(np.arange(n), 2)
    parts /= np.linalg.norm(parts, axis=1, keepdims=True)
    marked = np.zeros((2 * n, 3), np.int8)
    marked[:, 0], marked[:, 1] = parts[:, 0] > 0.35, parts[:, 1] > 0.35
    labels = np.maximum(marked[::2], marked[1::2])
    whole = parts[::2] + parts[1::2]
    whole /= np.linalg.norm(whole, axis=1, keepdims=True)
    return Examples(whole, parts, owner, labels, marked)


def definition():
    return registry.load("classifiers", "definition")(BOOK, encode)


def heads(learnt):
    n, m = len(learnt.whole), len(learnt.parts)
    return fit_heads(
        learnt.whole, learnt.labels, np.ones(n), learnt.parts, learnt.marked, np.ones(m)
    )


def linear(learnt=None):
    learnt, other = learnt or examples(), examples(seed=1)
    blank = Linear.of(definition(), heads(learnt))
    return blank.with_mix(
        fit_mix(blank.witnesses(other.whole, other.parts, other.owner), other.labels)
    )


MAKERS = {"definition": definition, "linear": linear}


def test_every_member_is_tested():
    assert set(MAKERS) == set(registry.names("classifiers"))


@pytest.fixture(params=sorted(MAKERS), scope="module")
def classifier(request):
    return MAKERS[request.param]()


def test_columns_are_the_codable_codes_in_order(classifier):
    assert classifier.code_ids == ("a", "b", "never")


def test_scores_are_bounded_and_do_not_depend_on_the_batch(classifier):
    some = examples(seed=7, n=9)
    scores = classifier.score(some.whole, some.parts, some.owner)
    assert scores.shape == (9, 3)
    assert scores.dtype == np.float64
    assert ((scores >= 0) & (scores <= 1)).all()
    for row in range(9):
        own = some.owner == row
        alone = classifier.score(
            some.whole[row : row + 1], some.parts[own], np.zeros(own.sum(), int)
        )
        np.testing.assert_allclose(alone[0], scores[row], atol=1e-6)


def test_no_segments_give_no_rows(classifier):
    none = np.zeros((0, DIM), np.float32)
    assert classifier.score(none, none, np.zeros(0, int)).shape == (0, 3)


def test_a_code_without_examples_has_scores(classifier):
    some = examples(seed=3, n=9)
    assert np.isfinite(classifier.score(some.whole, some.parts, some.owner)[:, 2]).all()


def test_a_definition_is_most_like_itself():
    found = definition()
    words = encode(["one"])
    assert found.score(words, words, np.zeros(1, int)).argmax() == 0


def test_trained_heads_find_what_they_were_shown():
    unseen = examples(seed=11, n=80)
    scores = linear().score(unseen.whole, unseen.parts, unseen.owner)
    for column in (0, 1):
        carries = unseen.labels[:, column] == 1
        assert scores[carries, column].mean() > scores[~carries, column].mean() + 0.15


def test_evidence_is_the_sentence_that_was_marked():
    unseen = examples(seed=11, n=80)
    strength = linear().locate(unseen.parts)[:, 0]
    one_marked = [row for row in range(80) if unseen.marked[2 * row : 2 * row + 2, 0].sum() == 1]
    right = [
        strength[2 * row : 2 * row + 2].argmax() == unseen.marked[2 * row : 2 * row + 2, 0].argmax()
        for row in one_marked
    ]
    assert np.mean(right) > 0.9


def test_the_same_examples_give_the_same_bytes():
    assert linear().to_bytes() == linear().to_bytes()


def test_heads_survive_their_file():
    fitted = linear()
    some = examples(seed=5, n=6)
    again = Linear.from_bytes(fitted.to_bytes(), fitted.code_ids)
    np.testing.assert_array_equal(
        again.score(some.whole, some.parts, some.owner),
        fitted.score(some.whole, some.parts, some.owner),
    )


def test_unseen_labels_are_ignored():
    known = examples()
    hidden, marks = known.labels.copy(), known.marked.copy()
    hidden[:20], marks[:40] = -1, -1
    seen = Examples(
        known.whole[20:],
        known.parts[40:],
        known.owner[40:] - 20,
        known.labels[20:],
        known.marked[40:],
    )
    masked = heads(known._replace(labels=hidden, marked=marks))
    np.testing.assert_allclose(masked.whole_weights, heads(seen).whole_weights, atol=1e-6)
    np.testing.assert_allclose(masked.part_weights, heads(seen).part_weights, atol=1e-6)


def test_a_mix_of_one_class_is_its_share():
    some = examples()
    blank = Linear.of(definition(), heads(some))
    witnesses = blank.witnesses(some.whole, some.parts, some.owner)
    mix = fit_mix(witnesses, np.zeros_like(some.labels))
    scores = blank.with_mix(mix).score(some.whole, some.parts, some.owner)
    assert scores.max() < 0.01
