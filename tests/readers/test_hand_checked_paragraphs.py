"""Turns and speakers of real files, counted by reading them and by searching their source."""

from __future__ import annotations

from collections import Counter

import pytest

from shared_data import shared
from themes.stages.read import read

# File, the interviewer ("" for none), turns of each speaker, and the opening of the last turn.
CHECKED: dict[str, tuple[str, dict[str, int], str]] = {
    "docx/haski_student_interview1_de.docx": (
        "I",
        {"I": 4, "S1": 4, "S2": 5},
        "Ich fand auch, dass so",
    ),
    "docx/haski_student_interview2_de.docx": (
        "I",
        {"I": 4, "S3": 8, "S4": 7},
        "Ich will da jetzt nicht",
    ),
    "docx/qux360_interview_A.docx": (
        "Jordan Lee",
        {"Jordan Lee": 16, "Alex Morgan": 16},
        "Just that remote",
    ),
    "docx/qux360_interview_B.docx": (
        "Jordan Lee",
        {"Jordan Lee": 16, "Priya Sharma": 16},
        "Just that design",
    ),
    "docx/aws_example-call.docx": ("Agent", {"Agent": 19, "Customer": 18}, "Bye."),
    "docx/llmcode_word_comments.docx": ("", {"": 201}, "It’s a story-based iOS game"),
    "docx/qualianon_interview.docx": ("", {"": 2}, "New paragraph"),
    "pdf/kazi_D0420-S1-T01.pdf": (
        "Clinician",
        {"Clinician": 72, "Patient": 72},
        "- I want to talk",
    ),
    "pdf/kazi_D0420-S1-T02.pdf": ("Clinician", {"Clinician": 11, "Patient": 11}, "Yeah."),
    "pdf/kazi_D0420-S1-T03.pdf": (
        "Clinician",
        {"Clinician": 19, "Patient": 19},
        "Sure. Let’s go Doc.",
    ),
    "pdf/pdpilot_P1.pdf": ("Dan", {"Dan": 47, "Participant": 47}, "Thank you."),
    "pdf/pdpilot_P2.pdf": ("Dan", {"Dan": 81, "Participant": 84}, "Yes, let me remember"),
    # P3 and P4 print lines that a page cuts in half twice: three turns fewer than labels.
    "pdf/pdpilot_P3.pdf": ("Dan", {"Dan": 61, "Participant": 60}, "Bye."),
    "pdf/pdpilot_P4.pdf": ("Dan", {"Dan": 54, "Participant": 55}, "Bye."),
    "md/bitcointranscr__2020-01-28-pieter-wuille-part1.md": (
        "John",
        {"Jonas": 9, "John": 53, "Pieter": 56},
        "I think Taproot, Schnorr",
    ),
    # "nothingmuch", in lower case and only once, is taken as speech.
    "md/bitcointranscr__2020-06-16-socratic-seminar-bip-schnorr.md": (
        "Michael Folkson (MF)",
        {
            "Michael Folkson (MF)": 57,
            "Pieter Wuille (PW)": 61,
            "Tim Ruffing (TR)": 48,
            "Adam Gibson (AG)": 25,
            "Elichai Turkel (ET)": 24,
            "Nadav Kohen (NK)": 9,
            "Volker Herminghaus (VH)": 4,
            "stefanwouldgo": 5,
            "Jonas Nick (JN)": 1,
        },
        "Let’s wrap up there.",
    ),
    # "NVK 0: 01:08:56" is a slip of the transcriber's.
    "md/bitcointranscr__op_vault-round-2-op_ctv.md": (
        "NVK",
        {
            "NVK": 97,
            "NVK 0": 1,
            "James O'Beirne": 71,
            "Rijndael": 62,
            "Ben Carman": 10,
            "Greg Sanders": 4,
        },
        "Fantastic.\nOkay, guys.",
    ),
    "md/bitcointranscr__what-is-miniscript.md": (
        "Aaron van Wirdum",
        {"Aaron van Wirdum": 76, "Sjors Provoost": 81},
        "He's still on stage out there",
    ),
    "md/transcripts__away-from-keyboard-1.md": (
        "Tim Smith",
        {"Tim Smith": 11, "Jason Snell": 11},
        "For me, what I try to remember",
    ),
    "md/transcripts__practical-ai-125.md": (
        "Daniel Whitenack",
        {"Daniel Whitenack": 36, "Chris Benson": 40, "Abe Heifets": 50},
        "I had a lot of fun.",
    ),
    "txt/turnchunk_otter.txt": ("", {"Alice Chen": 1, "Bob Ferreira": 1}, "Twelve?"),
    "txt/ParlaMint-NL_2019-05-16-tweedekamer-11.txt": ("", {"": 4}, "De moties komen"),
    "xml/ParlaMint-NL_2019-05-16-tweedekamer-11.xml": (
        "",
        {"KhadijaArib": 3, "CemLaçin": 1},
        "De moties komen",
    ),
    "xml/gum_interview_licen.xml": ("Wikinews", {"Wikinews": 2, "Simon": 2}, "The impact depends"),
    "html/podcastindex_example.html": (
        "Travis",
        {"Travis": 5, "Sarah": 2, "Gilon": 3},
        "Batch production",
    ),
    "cha/batchalign_test.cha": ("", {"PAR0": 1}, "Hello. this is a test of wake-up."),
}


@pytest.mark.parametrize("name", CHECKED)
def test_turns_and_speakers(name: str) -> None:
    interviewer, turns, last = CHECKED[name]
    (transcript,) = read([shared(f"data/transcripts/{name}")]).transcripts
    assert Counter(turn.speaker for turn in transcript.turns) == turns
    asking = {turn.speaker for turn in transcript.turns if turn.role == "interviewer"}
    assert asking == ({interviewer} if interviewer else set())
    assert transcript.speech(transcript.turns[-1]).startswith(last)


def test_times_of_the_podcast_and_the_call() -> None:
    paths = [shared("data/transcripts/docx/aws_example-call.docx")]
    paths += [shared("data/transcripts/html/podcastindex_example.html")]
    call, podcast = read(paths).transcripts
    assert [turn.start_s for turn in call.turns[:3]] == [0.4, 6.31, 7.94]
    assert [turn.start_s for turn in podcast.turns[:3]] == [0.0, 53.0, 102.0]


def test_page_furniture_of_a_pdf_is_gone() -> None:
    (transcript,) = read([shared("data/transcripts/pdf/pdpilot_P2.pdf")]).transcripts
    assert "2/8" not in transcript.text
    assert "163 164" not in transcript.text
    assert (
        "nutritionist"
        in read([shared("data/transcripts/pdf/kazi_D0420-S1-T02.pdf")]).transcripts[0].text
    )
