"""Groups of segments that are alike: found where they are, and nowhere else."""

import numpy as np

from themes.records import Segment, Span
from themes.stages.discover import discover

TOPICS = ("parking the bicycle", "weekend roster swap", "canteen soup again")


def segments(n_each=12):
    texts = [f"We talked about the {topic} number {n}." for topic in TOPICS for n in range(n_each)]
    return [
        Segment(f"t{n % 4}", n + 1, Span(0, len(text)), "R", "respondent", text)
        for n, text in enumerate(texts)
    ]


def vectors(n_each=12, noise=0.05):
    rng = np.random.default_rng(1)
    axes = np.repeat(np.eye(3, 20), n_each, axis=0) + noise * rng.normal(size=(3 * n_each, 20))
    return (axes / np.linalg.norm(axes, axis=1, keepdims=True)).astype(np.float32)


def test_the_groups_that_are_there_are_found_and_named():
    found = discover(segments(), vectors())
    assert [len(group.segments) for group in found] == [12, 12, 12]
    words = {word for topic in TOPICS for word in topic.split()}
    assert all(set(phrase.split()) <= words for group in found for phrase in group.phrases)
    assert all(group.n_transcripts == 4 for group in found)


def test_the_most_typical_comes_first():
    rows = vectors()
    for group in discover(segments(), rows):
        near = [
            rows[s.turn - 1] @ rows[[o.turn - 1 for o in group.segments]].mean(0)
            for s in group.segments
        ]
        assert near == sorted(near, reverse=True)


def test_too_little_text_gives_nothing():
    assert discover(segments(5), vectors(5)) == ()


def test_the_same_input_gives_the_same_groups():
    assert discover(segments(), vectors()) == discover(segments(), vectors())
