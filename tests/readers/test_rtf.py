"""What striprtf keeps, drops or breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from themes.errors import ReadError
from themes.readers.rtf import Rtf
from themes.records import Transcript


def read(tmp_path: Path, body: str) -> Transcript:
    path = tmp_path / "a.rtf"
    path.write_bytes(rf"{{\rtf1\ansi\ansicpg1252 {body}}}".encode("cp1252"))
    (transcript,) = Rtf().read(path)
    return transcript


def test_f4_paragraphs_with_accents_and_times(tmp_path: Path) -> None:
    transcript = read(
        tmp_path,
        r"I:\tab Hoe was \rquote t in \'e9\'e9n caf\u233 ?? #00:00:05-2#\par B:\tab Na\'efef.\par ",
    )
    assert transcript.text == "I: Hoe was ’t in één café?\n\nB: Naïef."
    assert transcript.turns[0].end_s == 5.2


def test_deleted_and_hidden_text_is_left_out(tmp_path: Path) -> None:
    body = (
        r"I: So?\par R: Yes{\deleted  no}{\v  secret \u233 ?} it {\v a\v0 b}\v c\plain  was.\par "
    )
    transcript = read(tmp_path, body)
    assert transcript.text == "I: So?\n\nR: Yes it b was."
    assert transcript.source is not None
    assert any("deleted or hidden" in note for note in transcript.source.notes)


def test_emoji_are_whole(tmp_path: Path) -> None:
    transcript = read(tmp_path, r"I: So?\par R: \u-10179 ?\u-8704 ? yes.\par ")
    assert transcript.text == "I: So?\n\nR: 😀 yes."
    transcript.text.encode("utf-8")


def test_table_rows_are_turns(tmp_path: Path) -> None:
    row = r"\trowd\cellx1000\cellx5000\intbl {}\cell {}\cell\row "
    body = row.format("I", "So?") + row.format("R", "Yes.") + row.format("I", "And?")
    transcript = read(tmp_path, body)
    assert [(t.speaker, transcript.speech(t)) for t in transcript.turns] == [
        ("I", "So?"),
        ("R", "Yes."),
        ("I", "And?"),
    ]


def test_footnotes_are_counted(tmp_path: Path) -> None:
    transcript = read(tmp_path, r"I: So?{\footnote aside}\par R: Yes.\par ")
    assert transcript.text == "I: So?\n\nR: Yes."
    assert transcript.source is not None
    assert "Footnotes left out: 1." in transcript.source.notes


def test_what_is_not_rtf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_text("I: So?")
    with pytest.raises(ReadError, match="is not Rich Text Format"):
        Rtf().read(path)
