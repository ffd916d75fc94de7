"""Utterances to turns."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themes.errors import ReadError
from themes.grammar import Utterance
from themes.grammar.assemble import assemble
from themes.grammar.compose import normalize
from themes.grammar.identity import transcript_id_from
from themes.records import Source, Transcript

SOURCE = Source("a.vtt", "", "vtt")


def made(cues: list[Utterance], *, join: bool = True, one_speaker: str = "") -> Transcript:
    return assemble(
        cues, transcript_id="a", source=SOURCE, join_speaker=join, one_speaker=one_speaker
    )


def said(transcript: Transcript) -> list[tuple[str, str, float | None, float | None]]:
    return [(t.speaker, transcript.speech(t), t.start_s, t.end_s) for t in transcript.turns]


def test_cues_of_one_speaker_are_one_turn() -> None:
    cues = [
        Utterance("So how", "Ann", 0.0, 1.0),
        Utterance(" ", "Bob", 1.0, 1.5),
        Utterance("was it?", "Ann", 1.5, 2.0),
        Utterance("Good.", "Bob", 2.0, 3.0),
    ]
    assert said(made(cues)) == [("Ann", "So how was it?", 0.0, 2.0), ("Bob", "Good.", 2.0, 3.0)]
    assert len(made(cues, join=False).turns) == 3


def test_without_speakers_turns_end_with_sentences_and_pauses() -> None:
    cues = [
        Utterance("We went", "", 0.0, 1.0),
        Utterance("home.", "", 1.0, 2.0),
        Utterance("And then", "", 2.1, 3.0),
        Utterance("we slept.", "", 3.0, 4.0),
        Utterance("Later on", "", 6.0, 7.0),
        Utterance("we left", "", 12.0, 13.0),
    ]
    assert [turn[1] for turn in said(made(cues))] == [
        "We went home. And then we slept.",
        "Later on",
        "we left",
    ]
    assert "No cue names a speaker" in made(cues).source.notes[0]


def test_one_speaker_names_those_without() -> None:
    assert said(made([Utterance("So.")], one_speaker="doctor"))[0][0] == "doctor"


def test_labels_hold_no_colon_and_no_break() -> None:
    assert said(made([Utterance("So.", " Ann:\nLee ")]))[0][0] == "Ann Lee"


def test_silence_is_an_error() -> None:
    with pytest.raises(ReadError, match="holds no speech"):
        made([Utterance(" \n ")])


@given(st.lists(st.tuples(st.sampled_from(["I", "R", ""]), st.text(st.characters(codec="utf-8")))))
def test_any_text_makes_a_transcript_or_is_silent(pairs: list[tuple[str, str]]) -> None:
    cues = [Utterance(text, speaker) for speaker, text in pairs]
    try:
        transcript = made(cues, join=False)
    except ReadError:
        assert not any(text.strip() for _, text in pairs)
    else:
        assert len(transcript.turns) <= len(pairs)


def test_long_runs_of_spaces_take_no_more_than_linear_time() -> None:
    start = time.perf_counter()
    assert normalize("a" + " " * 500_000 + "b\n \t\n c").endswith("b\nc")
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/Interview 3 (café).docx", "Interview-3-café"),
        ("面接 1.txt", "面接-1"),
        ("???.txt", "transcript"),
        ("cafe\u0301.txt", "café"),
    ],
)
def test_transcript_id(path: str, expected: str) -> None:
    assert transcript_id_from(path) == expected
