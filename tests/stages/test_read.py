"""Files and folders to transcripts: nothing stops a batch, nothing passes unseen."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from themes import registry
from themes.errors import ReadError
from themes.readers._sniff import sniff
from themes.stages.read import Failure, read

GOOD = "I: So, how was it?\n\nR: It was good, thank you.\n"


def write(path: Path, content: str | bytes = GOOD) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_folders_are_read_in_order_and_the_rest_is_named(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/c.md",
        ".hidden.txt",
        "~$b.docx",
        "notes.xyz",
        ".git/d.txt",
        "a/e.txt",
    ):
        write(tmp_path / name)
    write(tmp_path / "f.txt", b"")
    write(tmp_path / "g.png", b"\x89PNG\r\n\x1a\n" + bytes(30))
    result = read([tmp_path])
    assert [transcript.id for transcript in result.transcripts] == ["c", "e", "b"]
    found = {failure.name: failure.skipped for failure in result.failures}
    assert found == {
        ".hidden.txt": True,
        ".git": True,
        "~$b.docx": True,
        "notes.xyz": True,
        "g.png": True,
        "f.txt": False,
    }


def test_a_file_named_by_the_user_is_never_skipped(tmp_path: Path) -> None:
    result = read(
        [write(tmp_path / "notes.xyz"), tmp_path / "none.txt", write(tmp_path / ".x.txt")]
    )
    assert [(f.name, f.skipped) for f in result.failures] == [
        ("notes.xyz", False),
        ("none.txt", False),
    ]
    assert len(result.transcripts) == 1
    assert "rename it to .txt" in result.failures[0].message
    assert "does not exist" in result.failures[1].message


def test_a_file_that_is_something_else_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    other = write(tmp_path / "attributes.csv", "transcript,age\na,34\n")
    steps: list[tuple[int, int]] = []
    result = read(
        [tmp_path], exclude=[tmp_path / "." / other.name], step=lambda *at: steps.append(at)
    )
    assert steps == [(1, 1)]
    assert [transcript.id for transcript in result.transcripts] == ["a"]
    assert result.failures == ()


def test_ids_are_unique(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("p1.txt", "p1.md", "x/p1.md", "y/p1.txt", "p2.txt")]
    ids = [t.id for t in read(map(write, paths)).transcripts]
    assert ids == ["p1", "p1-md", "p1-md-2", "p1-txt", "p2"]


def test_the_interviewer_and_language_can_be_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Ann: So?\n\nBob: Yes.\n\nAnn: And?\n\nBob: No.\n")
    (transcript,) = read([path], interviewer="Bob", language="nl").transcripts
    assert [turn.role for turn in transcript.turns] == ["respondent", "interviewer"] * 2
    assert transcript.language == "nl"
    result = read([path], interviewer="Zed")
    assert result.transcripts == ()
    assert "'Ann', 'Bob'" in result.failures[0].message


def test_what_a_library_throws_is_a_failure_without_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        suffixes = (".txt",)

        def read(self, path: Path) -> None:
            raise KeyError("what somebody said")

    monkeypatch.setattr(registry, "load", lambda family, name: Broken)
    (failure,) = read([write(tmp_path / "a.txt")]).failures
    assert failure == Failure(
        "a.txt",
        "a.txt: is damaged or unusual: the txt reader met KeyError; "
        "export it again, or save it as .txt",
        "file 1 (.txt)",
        "is damaged or unusual: the txt reader met KeyError",
    )


@pytest.mark.parametrize(
    ("name", "content", "reader"),
    [
        ("a.txt", "WEBVTT\n\n00:01.000 --> 00:02.000\nSo it is.\n", "vtt"),
        ("a.docx", GOOD, "txt"),
        ("a.txt", "{\\rtf1 I: So?\\par R: Yes.\\par }", "rtf"),
        ("a.json.xz", json.dumps([{"speaker": "I", "text": "So?"}]), "json"),
        ("a.txt", json.dumps([{"speaker": "I", "text": "So?"}]), "json"),
        ("a.txt", "<!DOCTYPE html><p>I: So?</p><p>R: Yes.</p>", "html"),
        ("a.txt", "\ufeff<html><p>I: So?</p><p>R: Yes.</p></html>", "html"),
        ("a.txt", '<?xml version="1.0"?><TEI><u who="A">So.</u></TEI>', "xml"),
        ("a.txt", "@UTF8\n@Begin\n*PAR:\tso .\n@End\n", "cha"),
        ("a.htm", "<p>I: So?</p><p>R: Yes.</p>", "html"),
    ],
)
def test_content_goes_before_the_suffix(
    tmp_path: Path, name: str, content: str, reader: str
) -> None:
    (transcript,) = read([write(tmp_path / name, content)]).transcripts
    assert transcript.source is not None
    assert transcript.source.reader == reader
    lies = "The suffix does not fit the content; the file was read as " + reader + "."
    assert (lies in transcript.source.notes) == (name != "a.htm")


def test_text_that_looks_a_little_like_another_format_is_text(tmp_path: Path) -> None:
    assert sniff(write(tmp_path / "a.txt", "[doctor] so\n[patient] yes")) == "txt"
    assert sniff(write(tmp_path / "b.txt", "{pause} I: So?")) == "txt"
    assert sniff(write(tmp_path / "c.txt", "<Ann> so\n<Bob> yes")) == "txt"


def ole(stream: str) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + stream.encode("utf-16-le") + bytes(500)
    )


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.docx", ole("EncryptedPackage"), "is password-protected; remove the password"),
        ("a.doc", ole("WordDocument"), "save it as .docx"),
        ("a.docx", b"PK\x03\x04 cut off", "damaged"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(30), "is an image"),
        ("a.txt", b"ID3\x04" + bytes(30), "is audio"),
        ("a.m4a", bytes(4) + b"ftypM4A " + bytes(30), "audio or video"),
        ("a.txt", b"\x1f\x8b\x08" + bytes(30), "unpack it first"),
        ("a.txt", bytes(range(256)) * 9, "binary"),
        ("~$a.docx", b"Ann" + bytes(50), "lock file"),
        ("a.docx", b"", "is empty"),
        ("a.txt", b"version https://git-lfs.github.com/spec/v1\n", "Git LFS pointer"),
    ],
)
def test_what_nobody_can_read_says_what_to_do(
    tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    path = write(tmp_path / name, content)
    with pytest.raises(ReadError, match=what):
        sniff(path)
    assert what in read([path]).failures[0].message


def test_other_zip_files_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("photo.jpg", "x")
    with pytest.raises(ReadError, match="zip file without a known document"):
        sniff(tmp_path / "a.docx")
