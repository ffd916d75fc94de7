"""Page furniture, line wraps and files without text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from themes.errors import ReadError
from themes.readers.pdf import Pdf
from themes.records import Transcript


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with the given lines on its pages, in Helvetica."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"({line}) Tj T*\n" for line in lines)
        stream = f"BT /F1 11 Tf 60 780 Td 16 TL\n{shown}ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    body, offsets = "%PDF-1.4\n", []
    for number, inner in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{inner}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}"
    return body.encode("cp1252")


def read(tmp_path: Path, *pages: Sequence[str]) -> Transcript:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(pages))
    (transcript,) = Pdf().read(path)
    return transcript


def test_page_numbers_and_running_headers_are_left_out(tmp_path: Path) -> None:
    transcript = read(
        tmp_path,
        ["Study 7, interview 3", "I: So?", "R: Yes,", "Page 1 of 3"],
        ["Study 7, interview 3", "it was 12", "I: And?", "Page 2 of 3"],
        ["Study 7, interview 3", "R: No.", "Page 3 of 3"],
    )
    assert transcript.text == "I: So?\n\nR: Yes, it was 12\n\nI: And?\n\nR: No."


def test_short_turns_that_come_back_at_page_edges_are_speech(tmp_path: Path) -> None:
    pages = [["I: And?", f"R: {word}.", "I: Right."] for word in ("One", "Two", "Three", "Four")]
    assert len(read(tmp_path, *pages).turns) == 12


def test_wrapped_and_hyphenated_lines_are_joined(tmp_path: Path) -> None:
    transcript = read(
        tmp_path, ["I: So?", "R: It was an inter-", "view about", "health care.", "I: Yes."]
    )
    assert transcript.speech(transcript.turns[1]) == "It was an interview about health care."


def test_a_line_cut_by_a_page_is_read_once(tmp_path: Path) -> None:
    cut = "R: It took a very long time before anybody came,"
    transcript = read(tmp_path, ["I: So?", cut, "1/2"], [cut, "and then they left.", "2/2"])
    assert transcript.text == f"I: So?\n\n{cut} and then they left."


def test_numbers_fused_to_labels(tmp_path: Path) -> None:
    transcript = read(tmp_path, ["1 Dan: So?", "2 Ann: Yes.", "3 Dan: And?", "4 Ann: No."])
    assert transcript.speakers == ("Dan", "Ann")


def test_without_labels_paragraphs_end_with_a_short_line(tmp_path: Path) -> None:
    long = "It took a very long time before anybody came to see us"
    transcript = read(tmp_path, [long, "and then they left.", long, long, "and that was it."])
    assert [transcript.speech(turn) for turn in transcript.turns] == [
        f"{long} and then they left.",
        f"{long} {long} and that was it.",
    ]


def test_a_scan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"has no text layer; run OCR first"):
        read(tmp_path, [])


def test_damage_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"x" * 300)
    with pytest.raises(ReadError, match="damaged PDF"):
        Pdf().read(path)
