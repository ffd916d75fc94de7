"""What Word hides in its XML: each case is one in which a library loses or invents text."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from themes.errors import ReadError
from themes.readers.docx import Docx
from themes.records import Transcript
from word_files import docx, p

Said = list[tuple[str, str]]


def read(tmp_path: Path, body: str, styles: str = "") -> Transcript:
    (transcript,) = Docx().read(docx(tmp_path / "a.docx", body, styles))
    return transcript


def said(tmp_path: Path, body: str, styles: str = "") -> Said:
    transcript = read(tmp_path, body, styles)
    return [(turn.speaker, transcript.speech(turn)) for turn in transcript.turns]


def notes(tmp_path: Path, body: str) -> str:
    source = read(tmp_path, body).source
    assert source is not None
    return " ".join(source.notes)


def bold(text: str) -> str:
    return f"<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>"


def test_label_split_over_runs(tmp_path: Path) -> None:
    body = p("I", ": So?") + p(bold("S"), bold("2:"), " Yes.") + p("I: And?")
    assert said(tmp_path, body) == [("I", "So?"), ("S2", "Yes."), ("I", "And?")]


def test_soft_breaks_part_turns(tmp_path: Path) -> None:
    body = p("I: So?", "<w:r><w:br/><w:t>R: Yes,</w:t><w:cr/><w:t>it was.</w:t></w:r>")
    assert said(tmp_path, body) == [("I", "So?"), ("R", "Yes,\nit was.")]


def test_teams_paragraphs(tmp_path: Path) -> None:
    body = p("Ann Lee   0:01", "<w:r><w:br/><w:t>So?</w:t></w:r>")
    body += p("Zoë Ray   0:05", "<w:r><w:br/><w:t>Yes.</w:t></w:r>")
    assert said(tmp_path, p("Ann Lee started transcription") + body) == [
        ("Ann Lee", "So?"),
        ("Zoë Ray", "Yes."),
    ]


def test_tracked_changes_are_accepted(tmp_path: Path) -> None:
    body = p("I: So?") + p(
        "R: Yes",
        "<w:ins><w:r><w:t>, we did</w:t></w:r></w:ins>",
        "<w:del><w:r><w:delText> no</w:delText></w:r></w:del>",
        "<w:moveFrom><w:r><w:t> away</w:t></w:r></w:moveFrom>",
        "<w:moveTo><w:r><w:t> here</w:t></w:r></w:moveTo>",
        ".",
    )
    assert said(tmp_path, body)[1] == ("R", "Yes, we did here.")
    assert "Tracked deletions left out: 1." in notes(tmp_path, body)


def test_a_deleted_paragraph_mark_joins_paragraphs(tmp_path: Path) -> None:
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    body = p("I: So?") + p("R: Yes, ", properties=mark) + p("it was.")
    assert said(tmp_path, body)[1] == ("R", "Yes, it was.")


def test_hidden_text_and_field_codes_are_left_out(tmp_path: Path) -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>open</w:t></w:r>'
    field = '<w:r><w:instrText> HYPERLINK "x" </w:instrText></w:r>'
    body = p("I: So?") + p("R: ", hidden, field, shown, ".")
    assert said(tmp_path, body)[1] == ("R", "open.")
    assert "hidden text left out: 1." in notes(tmp_path, body)


def test_hidden_by_style(tmp_path: Path) -> None:
    styles = '<w:style w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    run = '<w:r><w:rPr><w:rStyle w:val="H"/></w:rPr><w:t>secret</w:t></w:r>'
    assert said(tmp_path, p("I: So?", run), styles) == [("I", "So?")]


def test_content_controls_links_and_smart_tags_are_read(tmp_path: Path) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = "<w:sdt><w:sdtPr/><w:sdtContent>" + p("I: So?") + "</w:sdtContent></w:sdt>"
    body += p(
        "R: ",
        f"<w:sdt><w:sdtContent>{run.format('One')}</w:sdtContent></w:sdt>",
        f"<w:smartTag>{run.format(', two')}</w:smartTag>",
        f"<w:hyperlink>{run.format(', three')}</w:hyperlink>",
        "<w:r><w:noBreakHyphen/><w:t>four</w:t><w:softHyphen/></w:r>",
    )
    assert said(tmp_path, body) == [("I", "So?"), ("R", "One, two, three-four")]


def test_symbols(tmp_path: Path) -> None:
    symbols = "".join(f'<w:r><w:sym w:char="{code}"/></w:r>' for code in ("2192", "D800", "zz"))
    assert said(tmp_path, p("I: So ", symbols)) == [("I", "So →\ufffd\ufffd")]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    inner = f"<w:txbxContent>{p('R: In a box.')}</w:txbxContent>"
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{inner}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><v:textbox>{inner}</v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = p("I: So?", box) + p("I: And?")
    assert said(tmp_path, body) == [("I", "So?"), ("R", "In a box."), ("I", "And?")]
    assert "Text boxes, read where they are anchored: 1." in notes(tmp_path, body)


def test_comments_and_notes_are_counted(tmp_path: Path) -> None:
    body = p(
        "I: So?",
        '<w:commentRangeStart w:id="1"/>',
        "<w:r><w:commentReference/></w:r>",
        "<w:r><w:footnoteReference/></w:r>",
    )
    assert said(tmp_path, body) == [("I", "So?")]
    assert "Comments left out: 1. Footnotes left out: 1." in notes(tmp_path, body)


def table(*rows: tuple[str, ...]) -> str:
    cells = ["".join(f"<w:tc><w:tcPr/>{p(cell)}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def test_the_transcript_in_one_of_several_tables(tmp_path: Path) -> None:
    body = p("A report") + table(("Job", "call.wav"), ("Speakers", "2"))
    body += table(
        ("Start", "Dur.", "Speaker", "", "Transcription"),
        ("0:00:01.5", "2s", "Agent", "", "How can I help you today?"),
        ("0:00:04.0", "2s", "Customer", "", "I lost my card last week."),
        ("0:00:07.0", "1s", "Agent", "", "Where did you lose it?"),
    )
    transcript = read(tmp_path, body)
    assert [(t.speaker, t.start_s) for t in transcript.turns] == [
        ("Agent", 1.5),
        ("Customer", 4.0),
        ("Agent", 7.0),
    ]
    assert "report" not in transcript.text


def test_a_table_without_column_names(tmp_path: Path) -> None:
    rows = (("1", "I", "So?"), ("2", "R", "Yes, it was."), ("3", "I", "And?"))
    assert said(tmp_path, table(*rows)) == [("I", "So?"), ("R", "Yes, it was."), ("I", "And?")]
    timed = (("00:01", "Ann:", "So?"), ("00:05", "Bob:", "Yes."), ("00:07", "Ann:", "And?"))
    assert [t.start_s for t in read(tmp_path, table(*timed)).turns] == [1.0, 5.0, 7.0]


def test_headings_part_or_name_turns(tmp_path: Path) -> None:
    styles = '<w:style w:styleId="K1"><w:name w:val="heading 1"/></w:style>'
    heading = '<w:pPr><w:pStyle w:val="K1"/></w:pPr>'
    body = p("Interviewer", properties=heading) + p("So?") + p("Respondent", properties=heading)
    body += p("Yes.") + p("Work and home", properties=heading) + p("And more.")
    assert said(tmp_path, body, styles) == [
        ("Interviewer", "So?"),
        ("Respondent", "Yes.\nAnd more."),
    ]


def test_bold_labels_without_a_colon(tmp_path: Path) -> None:
    body = (
        p(bold("Interviewer"), " So?")
        + p(bold("Ann Lee"), " Yes.")
        + p(bold("Interviewer"), " So.")
    )
    body += p(bold("Ann Lee"), " No.") + p(bold("Never"), " again.")
    assert [speaker for speaker, _ in said(tmp_path, body)] == ["Interviewer", "Ann Lee"] * 2
    assert said(tmp_path, body)[-1][1] == "No.\nNever again."


@pytest.mark.parametrize("part", ["word/document2.xml", "/word/document2.xml"])
def test_the_package_names_its_document(tmp_path: Path, part: str) -> None:
    path = docx(tmp_path / "a.docx", p("I: old"))
    new = docx(tmp_path / "b.docx", p("I: So?") + p("R: Yes."))
    with zipfile.ZipFile(new) as archive:
        body = archive.read("word/document.xml")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/document2.xml", body)
        archive.writestr(
            "_rels/.rels",
            f'<R xmlns="r"><Relationship Type="http://x/officeDocument" Target="{part}"/></R>',
        )
    (transcript,) = Docx().read(path)
    assert transcript.speakers == ("I", "R")


def test_damage_bombs_and_entities_are_refused(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", p("I: So?") + p("R: Yes."))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(ReadError, match="damaged"):
        Docx().read(path)
    with pytest.raises(ReadError, match=r"broken XML"):
        Docx().read(docx(path, "<w:p>"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (60 << 20))
    with pytest.raises(ReadError, match="would unpack to"):
        Docx().read(path)
    bomb = '<!DOCTYPE d [<!ENTITY a "so"><!ENTITY b "&a;&a;">]><d>&b;</d>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", bomb)
    with pytest.raises(ReadError, match="entities"):
        Docx().read(path)
