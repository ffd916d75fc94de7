"""Which reader a file needs: by its first bytes, and only then by its name."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

from themes import registry
from themes.errors import ReadError
from themes.grammar.decoding import decode

_HEAD = 1 << 14  # bytes that show what a file is
_BINARY = frozenset({"docx", "odt", "xlsx", "pdf", "rtf"})
_MEDIA = (
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"RIFF", "audio or video"),
    (b"ID3", "audio"),
    (b"\xff\xfb", "audio"),
    (b"OggS", "audio"),
    (b"fLaC", "audio"),
    (b"\x1aE\xdf\xa3", "video"),
)
_PACKED = ((b"\x1f\x8b", "gzip"), (b"\xfd7zXZ", "xz"), (b"BZh", "bzip2"), (b"7z\xbc\xaf", "7-Zip"))
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?(?P<name>[\w.-]+)")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sniff(path: Path) -> str:
    """The name of the reader for the file at `path`, by magic bytes, else by its suffix.

    Raises ReadError for what no reader knows: images, audio, packed files, Word 97 documents,
    password-protected Office files, lock files of an open document, unknown binary data, and
    plain text with a suffix no reader has.
    """
    if path.name.startswith("~$"):
        raise ReadError(path.name, "is the lock file of an open document", "close it in Word")
    if path.is_dir():
        raise ReadError(path.name, "is a folder, not a file")
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise ReadError(path.name, f"cannot be opened ({error.strerror})") from None
    if not head.strip():
        raise ReadError(path.name, "is empty", "export it again")
    _refuse_media(head, path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(path)
    if head.startswith(_OLE):
        raise _ole_error(path)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    named = reader_of_suffix(path)
    found = _sniff_text(decode(head, path).text.lstrip("\ufeff \t\r\n"), path, named)
    if found:
        return found
    if named is None:
        raise ReadError(
            path.name, "is of no known kind", "rename it to .txt if it is a plain-text transcript"
        )
    return "txt" if named in _BINARY else named


def reader_of_suffix(path: Path) -> str | None:
    """The reader whose suffix the file has, None if no reader has it.

    >>> reader_of_suffix(Path("interview.HTM")), reader_of_suffix(Path("run.py"))
    ('html', None)
    """
    suffix = path.suffix.lower()
    names = registry.names("readers")
    if suffix[1:] in names:
        return suffix[1:]
    return next((n for n in names if suffix in registry.load("readers", n).suffixes), None)


def _refuse_media(head: bytes, path: Path) -> None:
    for magic, what in _MEDIA:
        if head.startswith(magic):
            raise ReadError(path.name, f"is {what}, not a transcript", "transcribe it first")
    if head[4:8] == b"ftyp":
        raise ReadError(path.name, "is audio or video, not a transcript", "transcribe it first")
    for magic, what in _PACKED:
        if head.startswith(magic):
            raise ReadError(path.name, f"is packed with {what}", "unpack it first")


def _sniff_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            members = set(archive.namelist())
            if "word/document.xml" in members:
                return "docx"
            if "xl/workbook.xml" in members:
                return "xlsx"
            if "mimetype" in members and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype").strip()
                if kind.startswith(b"application/vnd.oasis.opendocument.text"):
                    return "odt"
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        raise ReadError(path.name, "is a damaged zip or Office file", "export it again") from None
    if any(re.fullmatch(r"word/document\d*\.xml", name) for name in members):
        return "docx"
    raise ReadError(path.name, "is a zip file without a known document", "unpack it first")


def _ole_error(path: Path) -> ReadError:
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ReadError(path.name, "is password-protected", "remove the password")
    if "WordDocument".encode("utf-16-le") in data:
        return ReadError(path.name, "is a Word 97-2003 document", "save it as .docx")
    return ReadError(path.name, "is an old Office file", "save it as .docx or .xlsx")


def _sniff_text(text: str, path: Path, named: str | None) -> str | None:
    if text.startswith("WEBVTT"):
        return "vtt"
    if text.startswith(("@UTF8", "@Begin", "@Font:")):
        return "cha"
    if text.startswith('File type = "ooTextFile'):
        return "textgrid"
    if text.startswith("<"):
        return _sniff_markup(text, named)
    if text[:1] in ("{", "[") and named not in ("json", "otr") and _is_json(path):
        return "json"
    return None


def _sniff_markup(text: str, named: str | None) -> str | None:
    root = _ROOT.search(text)
    name = root["name"].lower() if root else ""
    if name == "annotation_document":
        return "eaf"
    if name == "html" or "<!doctype html" in text[:200].lower():
        return "html"
    if text.startswith("<?xml") or name in ("tei", "teicorpus"):
        return named if named in ("eaf", "xml") else "xml"
    return named if named not in _BINARY | {None} else None


def _is_json(path: Path) -> bool:
    try:
        json.load(io.StringIO(decode(path.read_bytes(), path).text))
    except (ValueError, RecursionError, ReadError):
        return False
    return True
