"""Real files that a person has read: who speaks, how many turns, where they begin and end.

What the files are and their licences: ../shared/data/transcripts/SOURCES.csv. The numbers were
counted in the files themselves, not taken from the readers.
"""

from __future__ import annotations

import pytest

from shared_data import shared
from themes import registry
from themes.errors import ReadError
from themes.records import Transcript


def read(path: str) -> tuple[Transcript, ...]:
    member = path.rpartition(".")[2].lower()
    return registry.load("readers", member)().read(shared(f"data/transcripts/{path}"))


HAND_CHECKED = {
    # path: (turns, distinct speakers, first speakers, end of the first turn, start of the last)
    "vtt/podcastindex_example.vtt": (2, 2, ["Sarah", "Gillian"], "comes from Gillian.", 19.08),
    "vtt/turnchunk_teams.vtt": (2, 2, ["Alice Chen", "Bob Ferreira"], "percent increase.", 9.2),
    "vtt/turnchunk_zoom.vtt": (3, 2, ["Priya Raman", "Tom Ableton"], "hear me okay?", 7.9),
    "srt/podcastindex_example.srt": (10, 3, ["Travis", "Sarah", "Gilon"], "that much faster", 691.49),
    "json/kazi_D0420-S1-T01.json": (144, 2, ["Speaker 1", "Speaker 2"], "this department.", None),
    "json/kazi_D0420-S1-T02.json": (22, 2, ["Speaker 1", "Speaker 2"], "some vitals?", None),
    "json/kazi_D0420-S1-T03.json": (36, 2, ["Speaker 1", "Speaker 2"], "suicidal today?", None),
    "json/qmsum_education_4.json": (229, 11, ["Lynne Neagle AM", "Nick Williams"], "school.", None),
    "json/aws_call_analytics.json": (37, 2, ["AGENT", "CUSTOMER"], "can I help you?", None),
    "json/awstranscribe_03-speaker-identification.json": (
        7, 3, ["spk_0", "spk_1", "spk_2"], "till after a time. Her groans attracted the attention "
        "of a passer by.", 116.74,
    ),
    "json/awstranscribe_02-channel-identification.json": (7, 2, ["ch_1", "ch_0"], "by,", 116.74),
    "json/dg_speakers.json": (10, 3, ["Speaker 0", "Speaker 1", "Speaker 2"], "EVA.", 156.39),
    "json/podcastindex_example.json": (2, 2, ["Darth Vader", "Luke"], "I am your father.", 2.75),
    "json/whisperx_schoolboard_a95KMDHf4vQ.json": (
        6, 4, ["SPEAKER_11", "SPEAKER_02", "SPEAKER_18", "SPEAKER_22"], "Director", 472.802,
    ),
    "csv/qux360_interview_A.csv": (32, 2, ["Jordan Lee", "Alex Morgan"], "at FuturaSoft?", 181.0),
    "xlsx/qux360_interview_B.xlsx": (32, 2, ["Jordan Lee", "Priya Sharma"], "Technologies?", 181.0),
    "eaf/pygamma_MaureenMarvinRobin.eaf": (4, 3, ["Maureen", "Marvin", "Robin"], "S", 5.294),
    "textgrid/batchalign_word.TextGrid": (7, 2, ["PAR0", "PAR1"], "hello", 24.38),
    "textgrid/primock_day1_consultation02_doctor.TextGrid": (
        77, 1, ["doctor"], "Hello?", 552.663444203497,
    ),
    "textgrid/primock_day1_consultation04_patient.TextGrid": (
        60, 1, ["patient"], "<INAUDIBLE_SPEECH/>", 610.743191113946,
    ),
}  # fmt: skip


@pytest.mark.parametrize("path", HAND_CHECKED)
def test_hand_checked(path: str) -> None:
    (transcript,) = read(path)
    n_turns, n_speakers, first, end, last_start_s = HAND_CHECKED[path]
    assert len(transcript.turns) == n_turns
    assert len(transcript.speakers) == n_speakers
    assert list(transcript.speakers[: len(first)]) == first
    assert transcript.speech(transcript.turns[0]).endswith(end)
    if last_start_s is not None:
        assert transcript.turns[-1].start_s == pytest.approx(last_start_s)


def test_rolling_captions_say_each_line_once() -> None:
    (transcript,) = read("vtt/turnchunk_youtube_auto_real_shape.vtt")
    assert transcript.text == (
        "[Music] the first thing to understand is that the index is stale and nobody rebuilt it"
    )
    (transcript,) = read("vtt/webvttpy_youtube_dl.vtt")
    assert transcript.text == "yeah what this will happen is I'm telling"


def test_chinese_subtitles_are_not_read_as_western() -> None:
    (transcript,) = read("srt/srt_gb2312.srt")
    assert transcript.text.startswith("宇宙守护神")
    assert transcript.source.encoding == "gb18030"


def test_deepgram_reads_alike_with_and_without_utterances() -> None:
    """Its own utterances give a sentence to the speaker of most words; the words know better."""
    with_utterances, without = (
        read("json/dg_speakers.json"),
        read("json/dg_speakers_no_utterances.json"),
    )
    turns = [
        [(turn.speaker, t.speech(turn)) for turn in t.turns] for (t,) in (with_utterances, without)
    ]
    assert [speaker for speaker, _ in turns[0]] == [speaker for speaker, _ in turns[1]]
    assert [text.split() for _, text in turns[0]] == [text.split() for _, text in turns[1]]


def test_same_interview_in_csv_and_xlsx() -> None:
    (from_csv,), (from_xlsx,) = (
        read("csv/qux360_interview_A.csv"),
        read("xlsx/qux360_interview_A.xlsx"),
    )
    assert from_csv.text == from_xlsx.text
    assert from_csv.turns == from_xlsx.turns


@pytest.mark.parametrize(
    ("path", "n_transcripts", "n_turns", "speakers"),
    [
        # 814 lines, every one with a label.
        (
            "csv/MTS-Dialog-ValidationSet.csv",
            100,
            814,
            {"Doctor", "Patient", "Guest_family", "Guest_clinician"},
        ),
        # 1,051 lines with a label, one of them without speech.
        ("csv/acibench_valid.csv", 20, 1050, {"doctor", "patient", "patient_guest"}),
        # Eight visits as one long line each, with a label at its start only.
        ("csv/acibench_virtscribe_asr.csv", 8, 8, {"doctor", "patient", "patient_guest"}),
    ],
)
def test_a_dialogue_in_each_cell(
    path: str, n_transcripts: int, n_turns: int, speakers: set[str]
) -> None:
    transcripts = read(path)
    assert len(transcripts) == n_transcripts
    assert sum(len(transcript.turns) for transcript in transcripts) == n_turns
    assert {speaker for transcript in transcripts for speaker in transcript.speakers} == speakers


def test_no_speech_in_a_file_of_codes() -> None:
    with pytest.raises(ReadError, match="holds no speech in its 13 tiers"):
        read("eaf/childproject_any_tier.eaf")


def test_no_speech_in_sentence_numbers() -> None:
    with pytest.raises(ReadError, match="at the top it has version, language, sentenceMetadata"):
        read("json/sps_diarized_a95KMDHf4vQ.json")
