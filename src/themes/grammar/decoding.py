"""Bytes to text, with the choice on record."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from themes.errors import ReadError

# UTF-32 first: its little-endian mark begins with the one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
# NAK (0x15) delimits times in CHAT files; tab, line feed, form feed and Ctrl-Z are ordinary.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x14\x16-\x19\x1b-\x1f]")
_DOUBLY_ENCODED = re.compile("â€[™œ\x9d˜“”¦]|Ã[©¨«¯¶¼¤¡±§³]")
_EXPECTED = frozenset("éèëêïöüäáàâóôñçßåæøûÉÖÜÄ’‘“”„–—…€«»°")
_ENOUGH = 1 << 16  # bytes that tell one encoding from another


@dataclass(frozen=True, slots=True, repr=False)
class Decoded:
    """The text of a file, the encoding it was read as, and what a person should know of that."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Decoded({len(self.text)} code points, {self.encoding})"


def decode(data: bytes, path: str | PathLike[str]) -> Decoded:
    """The text in `data`, the bytes of `path`, without a byte order mark.

    Tried in this order: byte order mark, UTF-8, UTF-16 without a mark, Chinese GB 18030 where
    bytes above 127 come in pairs, then Windows-1252 or Mac Roman, whichever reads more like
    writing. Every choice but UTF-8 is in `notes`. Line ends are left as they are.

    Raises ReadError for an empty file, a Git LFS pointer, and for binary data.

    >>> decode("café".encode("cp1252"), "a.txt").notes
    ('The file is not UTF-8; it was read as cp1252.',)
    """
    name = Path(path).name
    if not data.strip():
        raise ReadError(name, "is empty", "export it again")
    if data.startswith(b"version https://git-lfs"):
        raise ReadError(name, "is a Git LFS pointer, not the file itself", "run `git lfs pull`")
    text, encoding = _decode(data, name)
    if len(_CONTROL.findall(text)) > 0.01 * len(text) or "\x00" in text:
        raise ReadError(name, "holds binary data, not text", "export it as text again")
    notes = []
    if encoding != "utf-8":
        notes.append(f"The file is not UTF-8; it was read as {encoding}.")
    if lost := text.count("\ufffd"):
        notes.append(f"Characters that could not be decoded and stand as U+FFFD: {lost}.")
    if broken := len(_DOUBLY_ENCODED.findall(text)):
        notes.append(
            "Places that look decoded wrongly before, such as “â€™” for an apostrophe, kept as "
            f"they are: {broken}."
        )
    return Decoded(text, encoding, tuple(notes))


def _decode(data: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    sample = data[:_ENOUGH]
    if b"\x00" in sample:
        return _decode_utf16(data, name)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if _is_paired(sample):
        try:
            return data.decode("gb18030"), "gb18030"
        except UnicodeDecodeError:
            pass
    windows, mac = (
        sample.decode(encoding, errors="replace") for encoding in ("cp1252", "mac-roman")
    )
    encoding = "mac-roman" if _fit(mac) > _fit(windows) else "cp1252"
    return data.decode(encoding, errors="replace"), encoding


def _decode_utf16(data: bytes, name: str) -> tuple[str, str]:
    """UTF-16 without a mark has its NULs nearly all on one side of the pairs."""
    sample = data[:_ENOUGH]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) > 0.2 * len(sample) / 2 and min(even, odd) < 0.02 * len(sample) / 2:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            pass
    raise ReadError(name, "holds binary data, not text", "export it as text again")


def _is_paired(sample: bytes) -> bool:
    """Whether bytes above 127 stand in runs of pairs, as in Chinese and never in Western text."""
    runs = _HIGH_RUN.findall(sample)
    n_high = sum(map(len, runs))
    n_paired = sum(len(run) for run in runs if len(run) >= 4 and len(run) % 2 == 0)
    return n_high >= 8 and n_paired > 0.6 * n_high


def _fit(text: str) -> int:
    """How much the characters above ASCII look like Western European writing."""
    score = 0
    for before, char in zip(" " + text, text, strict=False):
        if char in _EXPECTED:
            score += 2
        elif char == "\ufffd" or (char > "\x7f" and before.islower() and not char.islower()):
            score -= 2
    return score
