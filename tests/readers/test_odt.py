"""What OpenDocument texts hold beside paragraphs."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from themes.errors import ReadError
from themes.readers.odt import Odt
from themes.records import Transcript
from word_files import odt


def read(tmp_path: Path, body: str, styles: str = "") -> Transcript:
    (transcript,) = Odt().read(odt(tmp_path / "a.odt", body, styles))
    return transcript


def said(tmp_path: Path, body: str, styles: str = "") -> list[tuple[str, str]]:
    transcript = read(tmp_path, body, styles)
    return [(turn.speaker, transcript.speech(turn)) for turn in transcript.turns]


def test_spaces_tabs_breaks_and_spans(tmp_path: Path) -> None:
    body = (
        '<text:p>I:<text:tab/>So<text:s text:c="3"/>then<text:line-break/>'
        "R: <text:span>Ye<text:span>s</text:span></text:span>,\n   indeed.</text:p>"
    )
    assert said(tmp_path, body) == [("I", "So   then"), ("R", "Yes, indeed.")]


def test_deleted_text_notes_and_comments_are_left_out(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>R: Gone.</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>I: So<office:annotation><dc:creator>Ann</dc:creator><text:p>hm</text:p>"
        "</office:annotation>?</text:p>"
        "<text:p>R: Yes<text:note><text:note-body><text:p>aside</text:p></text:note-body>"
        "</text:note>.</text:p>"
    )
    transcript = read(tmp_path, body)
    assert transcript.text == "I: So?\n\nR: Yes."
    assert transcript.source is not None
    assert transcript.source.notes[:3] == (
        "Comments left out: 1.",
        "Tracked deletions left out: 1.",
        "Footnotes and endnotes left out: 1.",
    )


def test_order_of_headings_lists_sections_and_boxes(tmp_path: Path) -> None:
    body = (
        "<text:h>Interviewer</text:h><text:section><text:p>So?</text:p></text:section>"
        "<text:h>Respondent</text:h><text:list><text:list-item><text:p>One.</text:p>"
        "</text:list-item></text:list><text:p>Two.<drawing:frame><drawing:text-box>"
        "<text:p>Interviewer: Boxed.</text:p></drawing:text-box></drawing:frame></text:p>"
    )
    assert said(tmp_path, body) == [
        ("Interviewer", "So?"),
        ("Respondent", "One.\nTwo."),
        ("Interviewer", "Boxed."),
    ]


def test_hidden_and_bold_come_from_styles(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    body = "".join(
        f'<text:p><text:span text:style-name="B">{who}</text:span> {what}'
        '<text:span text:style-name="H">secret</text:span></text:p>'
        for who, what in (("Interviewer", "So?"), ("Respondent", "Yes."))
    )
    assert said(tmp_path, body, styles) == [("Interviewer", "So?"), ("Respondent", "Yes.")]


def test_tables_are_rows(tmp_path: Path) -> None:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
        + "</table:table-row>"
        for row in (("I", "So?"), ("R", "Yes."), ("I", "And?"))
    )
    assert said(tmp_path, f"<table:table>{rows}</table:table>") == [
        ("I", "So?"),
        ("R", "Yes."),
        ("I", "And?"),
    ]


def test_a_password_is_named(tmp_path: Path) -> None:
    path = odt(tmp_path / "a.odt", "<text:p>I: So?</text:p>")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    with pytest.raises(ReadError, match="password-protected"):
        Odt().read(path)
