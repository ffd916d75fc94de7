"""The label grammar: every layout it knows, and what must not be taken for a speaker."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themes.grammar import Utterance, compose
from themes.grammar.compose import normalize
from themes.grammar.labels import label_cues, split_paragraphs
from themes.readers.txt import paragraphs_of

Said = list[tuple[str, str]]


def split(text: str) -> Said:
    return [(u.speaker, u.text) for u in split_paragraphs(paragraphs_of(text))[0]]


def times(text: str) -> list[tuple[str, float | None, float | None]]:
    return [(u.speaker, u.start_s, u.end_s) for u in split_paragraphs(paragraphs_of(text))[0]]


def notes(text: str) -> str:
    return " ".join(split_paragraphs(paragraphs_of(text))[1])


LAYOUTS: dict[str, tuple[str, Said]] = {
    "short codes on lines": (
        "I: So?\nB1: Ja.\nI: Hm.",
        [("I", "So?"), ("B1", "Ja."), ("I", "Hm.")],
    ),
    "no space after the colon": ("I:So?\nR:Yes.", [("I", "So?"), ("R", "Yes.")]),
    "tab after the colon": ("I:\tSo?\nR:\tYes.", [("I", "So?"), ("R", "Yes.")]),
    "no-break space after the colon": (
        "I:\u00a0So?\n\nR:\u00a0Yes.",
        [("I", "So?"), ("R", "Yes.")],
    ),
    "full-width colon": ("I：So?\nR：Yes.", [("I", "So?"), ("R", "Yes.")]),
    "role words": (
        "Interviewer: So?\n\nGeïnterviewde: Ja.\n\nRespondent 2: Nee.",
        [("Interviewer", "So?"), ("Geïnterviewde", "Ja."), ("Respondent 2", "Nee.")],
    ),
    "names seen once in a labelled text": (
        "Anna: Hoe gaat het?\nJan van Dijk: Goed.",
        [("Anna", "Hoe gaat het?"), ("Jan van Dijk", "Goed.")],
    ),
    "name and alias": (
        "Ann Lee (AL): So?\n\nBob: Yes.\n\nAL: And?\n\nBob: No.",
        [("Ann Lee (AL)", "So?"), ("Bob", "Yes."), ("Ann Lee (AL)", "And?"), ("Bob", "No.")],
    ),
    "honorific and party": (
        "De heer Laçin (SP): Ja.\n\nThe Chair: No.\n\nDe heer Laçin (SP): Dan niet.\n\nThe Chair: So.",
        [
            ("De heer Laçin (SP)", "Ja."),
            ("The Chair", "No."),
            ("De heer Laçin (SP)", "Dan niet."),
            ("The Chair", "So."),
        ],
    ),
    "label alone on its line": (
        "Ann Lee:\n\nOne.\nTwo.\n\nBob Ray:\n\nThree.\n\nAnn Lee:\n\nFour.",
        [("Ann Lee", "One.\nTwo."), ("Bob Ray", "Three."), ("Ann Lee", "Four.")],
    ),
    "brackets": (
        "[doctor] hi [laughs] there\n[patient] hello\n[doctor] so",
        [("doctor", "hi [laughs] there"), ("patient", "hello"), ("doctor", "so")],
    ),
    "Dutch brackets": (
        "[i] hoe dan\n[r1] zo\n[i] ja",
        [("i", "hoe dan"), ("r1", "zo"), ("i", "ja")],
    ),
    "our own placeholders": (
        "[PERSON-1]: So?\n\nP12: [LOCATION-2] it is.\n\n[PERSON-1]: Yes.",
        [("[PERSON-1]", "So?"), ("P12", "[LOCATION-2] it is."), ("[PERSON-1]", "Yes.")],
    ),
    "numbered questions": (
        "Question 1. How?\n\nP1: So.\n\nQuestion 2. Why?\n\nP2: Thus.",
        [("Question 1", "How?"), ("P1", "So."), ("Question 2", "Why?"), ("P2", "Thus.")],
    ),
    "tabs without colons": (
        "I\tSo?\nR\tYes.\nI\tAnd?",
        [("I", "So?"), ("R", "Yes."), ("I", "And?")],
    ),
    "role words alone on a line, without a colon": (
        "INTERVIEWER\nSo?\n\nRESPONDENT\nYes.\n\nINTERVIEWER\nAnd?\n\nRESPONDENT\nNo.",
        [
            ("INTERVIEWER", "So?"),
            ("RESPONDENT", "Yes."),
            ("INTERVIEWER", "And?"),
            ("RESPONDENT", "No."),
        ],
    ),
    "dashes": ("Interviewer - So?\nR1 – Ja - nee.", [("Interviewer", "So?"), ("R1", "Ja - nee.")]),
    "dots": ("INT. So?\nR1. Yes. No.", [("INT", "So?"), ("R1", "Yes. No.")]),
    "round and angle brackets": (
        "(I) So?\n(R) Ja.\n<I> En?",
        [("I", "So?"), ("R", "Ja."), ("I", "En?")],
    ),
    "a space before the colon": ("I : So?\nR : Ja.", [("I", "So?"), ("R", "Ja.")]),
    "questions and answers": (
        "Vraag: Hoe?\n\nAntwoord: Zo.\n\nVraag: En?\n\nAntwoord: Ja.",
        [("Vraag", "Hoe?"), ("Antwoord", "Zo."), ("Vraag", "En?"), ("Antwoord", "Ja.")],
    ),
    "turns over several paragraphs": (
        "I: So?\n\nR: One.\n\nTwo.\n\nI: And?",
        [("I", "So?"), ("R", "One.\nTwo."), ("I", "And?")],
    ),
    "several turns of one speaker": (
        "I: So?\n\nI: Well?\n\nR: Yes.",
        [("I", "So?"), ("I", "Well?"), ("R", "Yes.")],
    ),
    "right-to-left names": (
        "سارة: نعم\n\nعلي: لا\n\nسارة: طيب",
        [("سارة", "نعم"), ("علي", "لا"), ("سارة", "طيب")],
    ),
    "zero-width marks before the label": (
        "\u200bI: So?\n\n\u200fR: Yes.",
        [("I", "So?"), ("R", "Yes.")],
    ),
    "second colon in the text": (
        "I: One: two.\nR: So: yes.",
        [("I", "One: two."), ("R", "So: yes.")],
    ),
    "line numbers": (
        "1 I: So?\n2 R: Yes,\n3 it was.\n4 I: And?",
        [("I", "So?"), ("R", "Yes,\nit was."), ("I", "And?")],
    ),
    "utterance ids": (
        "A: (1A) So?\nB: (1B) Yes.\nA: (2A) And?\nB: (2B) No.",
        [("A", "So?"), ("B", "Yes."), ("A", "And?"), ("B", "No.")],
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout(layout: str) -> None:
    text, expected = LAYOUTS[layout]
    assert split(text) == expected


TIMED: dict[str, tuple[str, list[tuple[str, float | None, float | None]]]] = {
    "time, label": (
        "[00:12:33] P1: a\n00:13:40.5Zack: b\n(00:20:12) P1: c\n#00:21:00-5# Zack: d",
        [("P1", 753.0, None), ("Zack", 820.5, None), ("P1", 1212.0, None), ("Zack", 1260.5, None)],
    ),
    "label: time, text below": (
        "NVK: 00:01:25\n\nSo.\n\nJim O'Hara: 00:01:32\n\nYes.\n\nNVK: 00:01:43\n\nAnd.",
        [("NVK", 85.0, None), ("Jim O'Hara", 92.0, None), ("NVK", 103.0, None)],
    ),
    "label, spaces, time": (
        "Ann Lee  0:01\nSo.\n\nZoë   75:09\nYes.",
        [("Ann Lee", 1.0, None), ("Zoë", 4509.0, None)],
    ),
    "label, time in brackets, colon": (
        "Speaker 1 (00:05):\nSo.\n\nSpeaker 2 [00:09]: Yes.",
        [("Speaker 1", 5.0, None), ("Speaker 2", 9.0, None)],
    ),
    "label: bracketed time": (
        "Ann Lee: [01:46] So.\n\nBob: Yes.\n\nAnn Lee: And.\n\nBob: No.",
        [
            ("Ann Lee", 106.0, None),
            ("Bob", None, None),
            ("Ann Lee", None, None),
            ("Bob", None, None),
        ],
    ),
    "f4: tenths at the end": (
        "I: So? #00:00:05-2#\nB: Ja. #00:00:07-3#",
        [("I", None, 5.2), ("B", None, 7.3)],
    ),
    "span before the label": (
        "[00:01 - 00:04] I: So?\n[00:04 - 00:05] R: Ja.",
        [("I", 1, 4), ("R", 4, 5)],
    ),
    "caption times": (
        "00:00:01.000 --> 00:00:02.500\nI: So?\n\n00:00:03.000 --> 00:00:04.000\nR: Yes.",
        [("I", 1.0, 2.5), ("R", 3.0, 4.0)],
    ),
    "time on a line of its own": (
        "I:\n00:07\nSo?\n\nR:\n00:09\nYes.",
        [("I", 7.0, None), ("R", 9.0, None)],
    ),
    "chat: time, tab, label, tab": (
        "00:05:28\tGabe:\tSo.\n00:05:40\tAnn:\tYes.",
        [("Gabe", 328.0, None), ("Ann", 340.0, None)],
    ),
    "time, label, text below": (
        "[00:00:12.5] - Speaker 1\nSo.\n\n[00:00:15] - Ann Lee\nYes.\n\n[00:00:18] - Ann Lee\nNo.",
        [("Speaker 1", 12.5, None), ("Ann Lee", 15.0, None), ("Ann Lee", 18.0, None)],
    ),
    "times without labels": ("[00:01] One.\n\n[00:03] Two.", [("", 1.0, None), ("", 3.0, None)]),
}


@pytest.mark.parametrize("layout", TIMED)
def test_times(layout: str) -> None:
    text, expected = TIMED[layout]
    assert times(text) == expected


def test_times_in_the_middle_stay_in_the_text() -> None:
    text = (
        "I: So?\n\nR: We left [inaudible 00:15:05] around 12:30 and [00:16:00] came back.\n\nI: Oh."
    )
    assert split(text)[1] == (
        "R",
        "We left [inaudible 00:15:05] around 12:30 and [00:16:00] came back.",
    )
    assert times(text)[1] == ("R", None, None)


def test_a_clock_time_that_opens_a_paragraph_is_speech() -> None:
    text = "I: When?\n\nR: Let me think.\n\n12:30 it was, I think.\n\nI: Oh."
    assert split(text)[1] == ("R", "Let me think.\n12:30 it was, I think.")


FALSE_LABELS = (
    "Great. So here's the thing: it rained.",
    "So here's the thing: it rained.",
    "Part 2: <https://example.org>",
    "Texto original: so.",
    "That was [crosstalk 00:12:58] good.",
    "Note: the tape was changed.",
    "NOTE: the tape was changed.",
    "Break: then we went on.",
    "http://example.org is the address.",
    "12:30 was late.",
    "o:::h no",
    "My mother said: come home.",
    "He said: never.",
    "Mijn moeder zei: kom.",
    "What I mean is this: no.",
    "The question: who pays?",
    "[laughs] yes",
    "[NAME] said so",
    "Honestly: no idea.",
)
ONCE = ("TV: we had none.", "PTSD: that is what they call it.", "Maria: that was her name.")


@pytest.mark.parametrize("line", FALSE_LABELS)
def test_false_label_is_speech(line: str) -> None:
    """Also when it comes back, and when it stands alone on its line."""
    text = f"I: So?\n\nR: Well.\n\n{line}\n\nI: And?\n\nR: Then.\n{line}\n\nI: Right."
    assert split(text) == [
        ("I", "So?"),
        ("R", f"Well.\n{line}"),
        ("I", "And?"),
        ("R", f"Then.\n{line}"),
        ("I", "Right."),
    ]


@pytest.mark.parametrize("line", ONCE)
def test_what_looks_like_a_name_once_is_speech(line: str) -> None:
    """In a text whose turns go over several paragraphs; elsewhere it may be a speaker."""
    text = f"I: So?\n\nR: Well.\n\n{line}\n\nAnd so on.\n\nFor long.\n\nI: And?\n\nR: Yes."
    assert split(text)[1] == ("R", f"Well.\n{line}\nAnd so on.\nFor long.")


def test_headings_that_come_back_are_no_speakers() -> None:
    paragraphs = ["Work", "I: So?", "R: Yes.", "Home", "I: And?", "Work", "R: No."]
    turns, found = split_paragraphs(paragraphs, headings={0, 3, 5})
    assert [turn.speaker for turn in turns] == ["I", "R", "I", "R"]
    assert any("eadings" in note for note in found)


def test_listener_signals_and_overlap_stay_in_their_turn() -> None:
    text = "I: So?\n\nR: We went (I: mhm) and //I: oh// then home. ... Ok. ....\n\nI: Yes."
    assert [speaker for speaker, _ in split(text)] == ["I", "R", "I"]
    assert split(text)[1][1] == "We went (I: mhm) and //I: oh// then home. ... Ok. ...."


def test_text_without_labels_is_one_respondent() -> None:
    assert split("One thing.\nAnd so on.\n\nAnother: thing.") == [
        ("", "One thing.\nAnd so on."),
        ("", "Another: thing."),
    ]
    assert split("One line.\nTwo lines.") == [("", "One line."), ("", "Two lines.")]
    assert "No speaker labels were found" in notes("One thing.\n\nAnother.")


def test_ids_before_every_line_are_left_out() -> None:
    assert split("a.u1\tSo it is.\na.u2\tYes.") == [("", "So it is."), ("", "Yes.")]


def test_front_and_back_matter_are_left_out_with_a_note() -> None:
    text = (
        "Interview about waiting\nDate: 3 May\nInterviewer: Ann Lee\nRespondent: P3\n"
        "(I = Interviewer; R = Respondent)\n\nI: So?\n\nR: Yes.\n\nI: And?\n\nR: No.\n\n"
        "[End of recording]\nTranscribed by https://otter.ai"
    )
    assert split(text) == [("I", "So?"), ("R", "Yes."), ("I", "And?"), ("R", "No.")]
    assert "Lines of front matter left out: 4." in notes(text)
    assert "Lines of back matter left out: 2." in notes(text)
    assert "Ann" not in notes(text)


def test_a_header_that_names_the_interviewer() -> None:
    text = (
        "Datum: 3 mei\nInterviewer: Ann Lee\n\nInterviewer: Hoe dan?\n\nRespondent: Zo.\n\n"
        "Interviewer: Ja?\n\nRespondent: Nee."
    )
    assert split(text)[0] == ("Interviewer", "Hoe dan?")
    assert split(text.replace("Ann Lee", "Hallo Ann"))[0] == ("Interviewer", "Hallo Ann")


def test_yaml_front_matter_names_speakers() -> None:
    text = "---\ntitle: So: it\nspeakers:\n  - Ann\n---\nAnn: One.\n\nJust text.\n\nMore text.\n\nAnd more.\n\nAnd."
    assert split(text)[0] == ("Ann", "One.\nJust text.\nMore text.\nAnd more.\nAnd.")


def test_a_first_turn_is_no_header() -> None:
    assert split("Moeder: Ja hoor\n\nVader: Nee\n\nKind: Wel\n\nVader: Nee.\n\nKind: Wel.")[0] == (
        "Moeder",
        "Ja hoor",
    )
    assert len(split("Interviewer: Shall we start\n\nRespondent: Yes please.")) == 2


def test_long_text_before_the_first_label_is_kept() -> None:
    long = "It was a long story. " * 100
    assert split(f"{long}\n\nI: So?\n\nR: Yes.")[0] == ("", long.strip())
    assert split("A title\n\nI: So?\n\nR: Yes.")[0] == ("I", "So?")


def test_bold_prefixes_and_headings_are_labels_without_a_colon() -> None:
    paragraphs = [
        "Interviewer So?",
        "Ann Lee Yes.",
        "No wonder she left.",
        "Interviewer And?",
        "Ann Lee No.",
    ]
    bold = ["Interviewer", "Ann Lee", "No wonder", "Interviewer", "Ann Lee"]
    turns, _ = split_paragraphs(paragraphs, bold_prefixes=bold)
    assert [(t.speaker, t.text) for t in turns] == [
        ("Interviewer", "So?"),
        ("Ann Lee", "Yes.\nNo wonder she left."),
        ("Interviewer", "And?"),
        ("Ann Lee", "No."),
    ]
    turns, found = split_paragraphs(
        ["Interviewer", "So?", "Respondent", "Yes.", "About work", "Interviewer", "And?"],
        headings={0, 2, 4, 5},
    )
    assert [(t.speaker, t.text) for t in turns] == [
        ("Interviewer", "So?"),
        ("Respondent", "Yes."),
        ("Interviewer", "And?"),
    ]
    assert "Headings between turns left out: 1." in found


def test_notes_count_labels_and_never_show_them() -> None:
    text = "Ann: So?\n\nBob: Yes.\n\nAnn: And?\n\nBob: No.\n\nZelda: Hm."
    assert "Speaker labels that occur only once (check that they are speakers): 1." in notes(text)
    assert "Zelda" not in notes(text)


def test_cues_take_their_labels_from_the_text() -> None:
    cues = [
        Utterance("Ann: One", "", 0.0, 1.0),
        Utterance("and two.", "", 1.0, 2.0),
        Utterance("Bob: Three: four.", "", 2.0, 3.0),
        Utterance("Note: this.", "", 3.0, 4.0),
        Utterance("Ann: Five.", "", 4.0, 5.0),
        Utterance("Bob: Six.", "", 5.0, 6.0),
    ]
    labelled, _ = label_cues(cues)
    assert [(c.speaker, c.text, c.start_s) for c in labelled[:4]] == [
        ("Ann", "One", 0.0),
        ("Ann", "and two.", 1.0),
        ("Bob", "Three: four.", 2.0),
        ("Bob", "Note: this.", 3.0),
    ]
    assert label_cues([Utterance("so it goes: up"), Utterance("and on")])[0][0].speaker == ""


def test_marks_of_transcribers_stay_as_they_are() -> None:
    said = "(...) and (…) // so // [naam] XXXX (unv.) wo<=>wo °quiet° (3s) [word?] *** &=laughs -"
    assert split(f"I: So?\n\nR: {said}\n\nI: Yes.")[1] == ("R", said)


def test_labels_that_look_alike_are_not_merged() -> None:
    text = "Participant: One.\n\n Patient: Two.\n\nParticpant: Three.\n\nParticipant: Four."
    assert [s for s, _ in split(text)] == ["Participant", "Patient", "Particpant", "Participant"]


def test_a_hundred_pages_in_one_paragraph() -> None:
    long = "so it went on: and then, " * 20_000
    start = time.perf_counter()
    assert split(f"I: {long}") == [("I", long.strip())]
    assert time.perf_counter() - start < 5


_LETTERS = st.text(st.sampled_from("aB1:.-[]()# \t\n"), max_size=80)


@given(_LETTERS)
def test_no_letter_is_lost_without_a_note(text: str) -> None:
    turns, found = split_paragraphs(paragraphs_of(text))
    kept = "".join(turn.speaker + turn.text for turn in turns)
    if not any("left out" in note or "alias" in note or "own" in note for note in found):
        assert sorted(filter(str.isalpha, kept)) == sorted(filter(str.isalpha, text))


def test_long_texts_take_no_more_than_linear_time() -> None:
    """A megabyte of the worst lines: long, with colons, spaces and brackets that lead nowhere."""
    lines = [
        "I: " + "so " * 400,
        "a " * 600 + ":",
        "[" * 800,
        "A" * 900,
        " " * 900 + "x",
        "0:" * 400,
    ]
    text = "\n".join(lines * 200)
    start = time.perf_counter()
    split(text)
    assert time.perf_counter() - start < 5


SPEAKERS = (
    "I R Q P12 Interviewer Respondent Anna MF doctor SPEAKER_01 spk_0 Zoë O'Brien Moderator INT Dan"
).split()
SPEAKERS += [
    "[PERSON-1]",
    "[PERSON-12]",
    "Speaker 1",
    "Jan van Dijk",
    "Dr. Smith",
    "De heer Laçin (SP)",
    "Unknown Speaker",
    "Smith, John",
    "Participant 3",
    "The Chair",
]
# Speech without what the grammar reads at the edges of lines: labels, times, numbers.
_WORDS = st.text(
    st.characters(exclude_characters=":：[](){}<>#\t-/.", exclude_categories=["Cs", "Cc", "N"])
)


def _is_speech(line: str) -> bool:
    return any(map(str.isalpha, line)) and not line.startswith("Ende")


speech = st.lists(_WORDS.map(normalize).filter(_is_speech), min_size=1, max_size=3).map(
    lambda lines: normalize("well " + "\n".join(lines))
)


@given(st.lists(st.tuples(st.sampled_from(SPEAKERS), speech), min_size=2, max_size=12))
def test_what_we_write_reads_back(said: Sequence[tuple[str, str]]) -> None:
    text, _ = compose(said)
    read_back = split(text)
    assert [(speaker, normalize(words)) for speaker, words in read_back] == list(said)
    assert compose(read_back)[0] == text
