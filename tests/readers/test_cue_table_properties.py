"""What is written to a caption file or a table comes back: every word, in order, by its speaker."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_data import shared
from themes import registry
from themes.errors import ReadError
from themes.grammar.compose import normalize
from themes.records import Transcript

# Lines that libraries lose. None is a number alone, which after a gap may be a cue's number.
LINES = st.lists(
    st.sampled_from(
        [
            "BP was <90 and >60 mmHg,",
            "from A --> B and on",
            "--> that way",
            "it cost $1.9 & more",
            "at 12:30 or so",
            "note this:",
            "{not a tag}",
            "5 < 6 > 4",
            "één café",
            "- no",
        ]
    ),
    min_size=1,
    max_size=3,
)
CUES = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n\n"])), min_size=1, max_size=6)
TURNS = st.lists(
    st.tuples(
        st.sampled_from(["I", "R", "Ann Smith"]),
        st.text(
            st.characters(
                codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff"
            )
            | st.sampled_from("\r\n\t\u2028\",;'")
        ).filter(normalize),
    ),
    min_size=1,
    max_size=6,
)


def read(member: str, data: bytes, folder: Path) -> tuple[Transcript, ...]:
    path = folder / f"written.{member}"
    path.write_bytes(data)
    return registry.load("readers", member)().read(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("written")


@pytest.mark.parametrize(
    ("member", "head", "opening"),
    [
        ("vtt", "WEBVTT\n\n", "00:00:{0:02}.000 --> 00:00:{1:02}.000"),
        ("vtt", "WEBVTT\n\n", "{0}.000 --> {1}.000"),
        ("srt", "", "{1}\n00:00:{0:02},000 --> 00:00:{1:02},000"),
        ("sbv", "", "0:00:{0:02}.000,0:00:{1:02}.000"),
    ],
)
@given(cues=CUES)
def test_captions_lose_no_word(
    member: str, head: str, opening: str, cues: list[tuple[list[str], str]], folder: Path
) -> None:
    # Numbered, so that no line repeats: captions that roll are another test.
    cues = [
        ([f"{line} {at}.{n}" for n, line in enumerate(lines)], gap)
        for at, (lines, gap) in enumerate(cues)
    ]
    written = head + "\n\n".join(
        opening.format(at, at + 1) + "\n" + gap.join(lines) for at, (lines, gap) in enumerate(cues)
    )
    (transcript,) = read(member, written.encode(), folder)
    spoken = [word for lines, _ in cues for line in lines for word in line.split()]
    assert [w for turn in transcript.turns for w in transcript.speech(turn).split()] == spoken
    assert transcript.turns[0].start_s == 0.0
    assert transcript.turns[-1].end_s == len(cues)


@pytest.mark.parametrize(("member", "delimiter"), [("csv", ","), ("csv", ";"), ("tsv", "\t")])
@given(turns=TURNS)
def test_tables_give_back_what_was_written(
    member: str, delimiter: str, turns: list[tuple[str, str]], folder: Path
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("speaker", "text"), *turns])
    (transcript,) = read(member, written.getvalue().encode(), folder)
    found = [(turn.speaker, transcript.speech(turn)) for turn in transcript.turns]
    assert found == [(speaker, normalize(text)) for speaker, text in turns]


def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(20 << 20))
    with pytest.raises(ReadError, match="far more than a transcript"):
        registry.load("readers", "xlsx")().read(path)


def test_a_protected_workbook_says_so(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(ReadError, match="password-protected"):
        registry.load("readers", "xlsx")().read(path)


@pytest.mark.parametrize("kind", ["vtt", "srt", "sbv"])
def test_every_arrow_of_the_real_files_is_accounted_for(kind: str) -> None:
    """A cue, a cue without text, a repeat of rolling captions, or a line of speech."""
    for path in sorted(shared(f"data/transcripts/{kind}").iterdir()):
        try:
            (transcript,) = registry.load("readers", kind)().read(path)
        except ReadError:
            continue
        words = set(transcript.text.split())
        for line in path.read_bytes().decode("utf-8", "replace").splitlines():
            if line.startswith("Caption text"):
                assert set(line.split()) <= words, path.name


@pytest.mark.parametrize("declared", ["A1", "A1:XFD1048576"])
def test_a_sheet_is_read_whole_whatever_size_it_declares(tmp_path: Path, declared: str) -> None:
    book = openpyxl.Workbook()
    for row in (("speaker", "text"), ("I", "So?"), ("R", "Well, yes.")):
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    path = tmp_path / "sheet.xlsx"
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(
                b'<dimension ref="A1:B3"', f'<dimension ref="{declared}"'.encode()
            )
            new.writestr(name, data)
    (transcript,) = registry.load("readers", "xlsx")().read(path)
    assert transcript.text == "I: So?\n\nR: Well, yes."


def test_groups_whose_names_differ_in_signs_only_are_all_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("interview,speaker,text\nA/1,I,So?\nA/1,R,Yes.\nA:1,I,And?\nA:1,R,No.\n")
    found = registry.load("readers", "csv")().read(path)
    assert [transcript.text for transcript in found] == ["I: So?\n\nR: Yes.", "I: And?\n\nR: No."]
