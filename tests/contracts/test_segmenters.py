"""What every segmenter promises: exact slices, no speech lost, never across speakers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themes import registry
from themes.grammar import compose
from themes.grammar.compose import normalize
from themes.records import Transcript, Turn

MEMBERS = registry.names("segmenters")

speech = (
    st.text(alphabet="abcé. !?…\n😀()[]\"'", min_size=1, max_size=60).map(normalize).filter(bool)
)


def spoken(pairs):
    text, spans = compose(pairs)
    roles = {"I": "interviewer", "R": "respondent"}
    return Transcript(
        "t", text, tuple(Turn(s, who, roles[who]) for s, (who, _) in zip(spans, pairs, strict=True))
    )


@pytest.mark.parametrize("name", MEMBERS)
@given(pairs=st.lists(st.tuples(st.sampled_from("IR"), speech), min_size=1, max_size=6))
def test_segments_are_slices_of_one_turn_and_lose_no_speech(name, pairs):
    transcript = spoken(pairs)
    segments = registry.load("segmenters", name)().segment(transcript)
    covered = set()
    for segment in segments:
        turn = transcript.turns[segment.turn - 1]
        assert segment.text == segment.span.of(transcript.text)
        assert turn.span.contains(segment.span)
        assert (segment.speaker, segment.role) == (turn.speaker, turn.role)
        covered |= set(range(segment.span.start, segment.span.end))
    for turn in transcript.turns:
        for position in range(turn.span.start, turn.span.end):
            assert position in covered or transcript.text[position].isspace()
    assert [s.turn for s in segments] == sorted(s.turn for s in segments)
    assert len({s.id for s in segments}) == len(segments)


@pytest.mark.parametrize("name", MEMBERS)
def test_context_is_the_turn_before(name):
    segments = registry.load("segmenters", name)().segment(spoken([("I", "Why?"), ("R", "So.")]))
    assert [s.context for s in segments] == ["", "Why?"]


def test_windows_overlap_and_end_together():
    pairs = [("R", "One. Two. Three. Four. Five. Six. Seven.")]
    windows = registry.load("segmenters", "window")(size=3, step=2).segment(spoken(pairs))
    assert [w.text for w in windows] == [
        "One. Two. Three.",
        "Three. Four. Five.",
        "Five. Six. Seven.",
    ]


@pytest.mark.parametrize(("size", "step"), [(0, 0), (2, 3), (3, 0)])
def test_a_window_that_skips_sentences_is_refused(size, step):
    with pytest.raises(ValueError, match="1 <= step <= size"):
        registry.load("segmenters", "window")(size=size, step=step)
