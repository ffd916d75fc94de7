"""Who is the interviewer, and which labels name nobody."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from themes.errors import ReadError
from themes.grammar.compose import compose
from themes.grammar.roles import assign_roles, is_role_label
from themes.records import Source, Transcript, Turn


def transcript(said: Sequence[tuple[str, str]]) -> Transcript:
    text, spans = compose(said)
    turns = tuple(
        Turn(span, speaker, "other") for span, (speaker, _) in zip(spans, said, strict=True)
    )
    return Transcript("t", text, turns, source=Source("t.txt", "", "txt"))


def roles(said: Sequence[tuple[str, str]], interviewer: str | None = None) -> dict[str, str]:
    return {t.speaker: t.role for t in assign_roles(transcript(said), interviewer).turns}


def notes(said: Sequence[tuple[str, str]]) -> str:
    source = assign_roles(transcript(said)).source
    assert source is not None
    return " ".join(source.notes)


def dialogue(asking: str, *answering: str) -> list[tuple[str, str]]:
    return [
        turn
        for who in (*answering, *answering)
        for turn in ((asking, "And how was that for you?"), (who, "It was what it was."))
    ]


@pytest.mark.parametrize(
    ("asking", "answering"),
    [
        ("I", "R"),
        ("I", "B1"),
        ("I", "S2"),
        ("INT", "P03"),
        ("Interviewer", "Geïnterviewde"),
        ("Interviewer 2", "Respondent 2"),
        ("Moderator", "P1"),
        ("Facilitator", "Ann Lee"),
        ("Onderzoeker", "AIOS"),
        ("Onderzoeker", "Arts"),
        ("Researcher", "Doctor"),
        ("Q", "A"),
        ("i", "r1"),
        ("[Interviewer]", "[PERSON-1]"),
        ("Doctor", "Patient"),
        ("Clinician", "Patient"),
        ("huisarts", "patiënt"),
        ("AGENT", "CUSTOMER"),
        ("INV", "PAR"),
        ("Question 3", "P1"),
        ("Dan", "Participant"),
        ("A", "B"),
        ("SPEAKER_00", "SPEAKER_01"),
        ("Ann Lee", "Bob Ray"),
    ],
)
def test_asks_and_answers(asking: str, answering: str) -> None:
    assert roles(dialogue(asking, answering)) == {asking: "interviewer", answering: "respondent"}


def test_focus_group() -> None:
    found = roles(dialogue("Moderator", "P1", "P2", "Notetaker"))
    assert found == {
        "Moderator": "interviewer",
        "P1": "respondent",
        "P2": "respondent",
        "Notetaker": "other",
    }


def test_a_guess_is_noted_and_a_label_is_not() -> None:
    assert "asks most questions" in notes(dialogue("Ann", "Bob"))
    assert "Ann" not in notes(dialogue("Ann", "Bob"))
    assert notes(dialogue("I", "R")) == ""


def test_nobody_asks() -> None:
    said = [("Ann", "So it is."), ("Bob", "Yes.")] * 3
    assert set(roles(said).values()) == {"respondent"}
    assert "--interviewer" in notes(said)


def test_a_monologue_has_no_interviewer() -> None:
    assert roles([("Ann", "Why? I asked myself."), ("Ann", "And why not?")]) == {
        "Ann": "respondent"
    }
    assert roles([("", "Why? Who knows?")]) == {"": "respondent"}
    assert notes([("", "Why? Who knows?")]) == ""


def test_the_interviewer_can_be_named() -> None:
    said = dialogue("Ann", "Bob", "Unknown Speaker")
    assert roles(said, "Bob") == {
        "Ann": "respondent",
        "Bob": "interviewer",
        "Unknown Speaker": "other",
    }
    with pytest.raises(ReadError, match="no speaker of that label; the labels are 'Ann', 'Bob'"):
        roles(said, "Zed")


def test_naming_the_interviewer_takes_the_guess_back() -> None:
    guessed = assign_roles(transcript(dialogue("Ann", "Bob")))
    named = assign_roles(guessed, "Bob")
    assert named.source is not None
    assert named.source.notes == ()


ROLES = (
    "I R Q A P12 B1 S2 INT Interviewer Interviewer_1 interviewer: Geïnterviewde Deelnemer|Spreker 1|"
    "Speaker 1|SPEAKER_01|spk_0|Unknown Speaker|[PERSON-1]|[PERSON-1] (P3)|Guest_family|Question 3|"
    "Interviewer 1 (male)|Moderator & P2|ch_0|Speaker A|Resident 2|Participant|D1|R1a"
)
NAMES = (
    "MF|AB|Anna|Dr. Smith|Dr. B.|Interviewer Anna|Michael Jones (MJ)|NVK|Jan van Dijk|Zoë|سارة|Will|"
    "Participant Ann|[Ann]|Mevrouw Bos|P. Jansen|Host Kelly"
)


@pytest.mark.parametrize("label", [*ROLES.split("|")[0].split(), *ROLES.split("|")[1:], ""])
def test_role_label(label: str) -> None:
    assert is_role_label(label)


@pytest.mark.parametrize("label", NAMES.split("|"))
def test_may_be_a_name(label: str) -> None:
    assert not is_role_label(label)
