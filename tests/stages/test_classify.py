"""Embedding and scoring with a fake encoder and classifier: rows, lines, evidence, languages."""

from types import MappingProxyType

import numpy as np
import pytest

from themes.grammar import compose
from themes.records import Segment, Transcript, Turn
from themes.segmenters.turn import Turn as TurnSegmenter
from themes.stages.classify import answers, score
from themes.stages.embed import contexts, embed
from themes.stages.open_model import Model
from themes.vectors import Vectors

WORDS = ("care", "alone", "delay")


class Counting:
    """An encoder whose vectors say how often each of three words is in a text."""

    name, dim, identity, languages = "counting", 3, "counting:1", ("en",)

    def __init__(self):
        self.seen = []

    def encode(self, texts):
        self.seen += texts
        return np.asarray([[text.count(word) for word in WORDS] for text in texts], np.float32)

    def read(self, contexts, texts, pieces):
        """Twice the counts where there is a context, so that tests see that it was there."""
        alone = [span.of(text) for text, spans in zip(texts, pieces, strict=True) for span in spans]
        twice = np.asarray([2.0 if context else 1.0 for context in contexts], np.float32)
        return self.encode(texts) * twice[:, None], self.encode(alone)


class Reading:
    """A classifier whose scores are a tenth of the counts in the whole segment."""

    code_ids = WORDS

    def score(self, whole, parts, owner):
        return whole.astype(np.float64) / 10

    def locate(self, parts):
        return parts.astype(np.float64)


def model(encoder=None):
    lines = MappingProxyType(dict.fromkeys(WORDS, (0.2, 0.4)))
    return Model("fake", encoder or Counting(), Reading(), lines, "7", "fake:1", "", False, "")


def segments(*speeches, name="t1"):
    parts = [("I", "care care care care care?"), *(("R", speech) for speech in speeches)]
    text, spans = compose(parts)
    turns = tuple(
        Turn(span, who, "interviewer" if who == "I" else "respondent")
        for span, (who, _) in zip(spans, parts, strict=True)
    )
    return TurnSegmenter().segment(Transcript(name, text, turns))


def scored(*speeches, foreign=()):
    answered = answers(segments(*speeches))
    return score(answered, embed(answered, Counting()), model(), foreign)


def test_only_respondents_are_scored():
    assert [s.turn for s in scored("No.", "Yes.").segments] == [2, 3]


def test_rows_belong_to_their_segments_whatever_their_length():
    speeches = ("care", "No, not alone at all, alone I would never.", "delay", "care")
    found = scored(*speeches)
    np.testing.assert_allclose(
        found.scores, [[0.1, 0, 0], [0, 0.2, 0], [0, 0, 0.1], [0.1, 0, 0]], atol=1e-6
    )


@pytest.mark.parametrize(
    ("n", "outcomes"), [(1, []), (2, ["ask"]), (3, ["ask"]), (4, ["suggest"]), (9, ["suggest"])]
)
def test_the_two_lines(n, outcomes):
    assert [s.outcome for s in scored(("care " * n).strip()).suggestions] == outcomes


def test_evidence_is_the_sentence_that_carries_the_code_most():
    speech = "The care was fine. Then care, care and more care. Nothing else."
    (found,) = scored(speech).suggestions
    (segment,) = answers(segments(speech))
    assert segment.span.contains(found.evidence)
    assert found.evidence.shift(-segment.span.start).of(segment.text) == (
        "Then care, care and more care."
    )


def test_the_strongest_code_of_a_segment_comes_first():
    found = scored("care care care, alone alone alone alone").suggestions
    assert [s.code_id for s in found] == ["alone", "care"]


def test_in_a_foreign_language_nothing_is_suggested():
    (found,) = scored(("care " * 9).strip(), foreign={"t1"}).suggestions
    assert (found.outcome, found.score) == ("ask", pytest.approx(0.9))


def test_every_text_is_encoded_once():
    encoder = Counting()
    answered = answers(segments("Same. Other.", "Same.", "Same. Other."))
    embedded = embed(answered, encoder)
    assert sorted(encoder.seen) == ["Other.", "Same.", "Same. Other."]
    assert embedded.owner.tolist() == [0, 0, 1, 2, 2]
    assert [span.of("x" * 200) != "" for span in embedded.spans] == [True] * 5


def test_in_context_rows_belong_to_their_segments_too():
    answered = answers(segments("care", "No, not alone at all. Alone I would never.", "delay"))
    found = embed(answered, Counting(), ["Why?", "", ""])
    assert found.whole.tolist() == [[2, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert found.parts.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 0], [0, 0, 1]]
    assert found.owner.tolist() == [0, 1, 1, 2]


def test_what_is_known_is_not_read_again(tmp_path):
    answered = answers(segments("care", "delay", "care"))
    first, second = Counting(), Counting()
    questions = ["Why?"] * 3
    made = embed(answered, first, questions, Vectors(tmp_path, "counting:1"))
    again = embed(answered, second, questions, Vectors(tmp_path, "counting:1"))
    np.testing.assert_array_equal(made.whole, again.whole)
    np.testing.assert_array_equal(made.parts, again.parts)
    assert (sorted(first.seen), second.seen) == (["care", "care", "delay", "delay"], [])


def test_the_context_is_what_somebody_else_said_last():
    parts = [("I", "Who?"), ("R", "Nobody."), ("R", "Well."), ("S", "I did."), ("R", "Oh.")]
    text, spans = compose(parts)
    roles = {"I": "interviewer"}
    turns = tuple(
        Turn(span, who, roles.get(who, "respondent"))
        for span, (who, _) in zip(spans, parts, strict=True)
    )
    transcript = Transcript("t", text, turns)
    found = contexts(TurnSegmenter().segment(transcript), [transcript])
    assert found == ["", "Who?", "Who?", "Well.", "I did."]


def test_no_segments_are_no_trouble():
    none: tuple[Segment, ...] = ()
    found = score(none, embed(none, Counting()), model())
    assert found.suggestions == ()
    assert found.scores.shape == (0, 3)
