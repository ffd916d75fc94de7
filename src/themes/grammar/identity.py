"""What a transcript is called and where it came from."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from themes.records import Source

_UNSAFE = re.compile(r"[^\w.-]+")
_MOST_BYTES = 180  # of 255 in a file name: ids get numbers, pseudonyms and suffixes
# Names that Windows keeps for devices, whatever the suffix.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\.|$)", re.IGNORECASE)


def transcript_id_from(path: str | PathLike[str]) -> str:
    """The transcript id a file suggests: its name without suffix, in safe characters.

    Letters of every alphabet, digits, dots, underscores and hyphens stay; each run of anything
    else becomes one hyphen. The result is NFC, never empty, at most 180 bytes long, and no name
    that Windows keeps for a device ("con").

    >>> transcript_id_from("data/Interview 3 (café).docx")
    'Interview-3-café'
    """
    return slug(Path(path).stem)


def slug(name: str) -> str:
    """`name` in the characters of transcript ids, as `transcript_id_from` describes them.

    >>> slug("Ward 3 / 2.1"), slug("con")
    ('Ward-3-2.1', 'transcript-con')
    """
    safe = _UNSAFE.sub("-", unicodedata.normalize("NFC", name)).strip("-._")
    safe = safe.encode()[:_MOST_BYTES].decode(errors="ignore").rstrip("-._")
    return f"transcript-{safe}".rstrip("-") if not safe or _RESERVED.match(safe) else safe


def printable(name: str) -> str:
    """`name` on one line and in Unicode: file names may hold line breaks and stray bytes.

    >>> printable("a\\nb")
    'a\ufffdb'
    """
    return "".join(char if char.isprintable() else "\ufffd" for char in name)


def source_of(
    path: str | PathLike[str],
    data: bytes,
    reader: str,
    encoding: str = "",
    notes: Iterable[str] = (),
) -> Source:
    """The Source of a transcript read from `data`, the bytes of `path`.

    `encoding` is "" for binary formats; `notes` are sentences without transcript text.

    >>> source_of("data/a.txt", b"I: Hi?", "txt", "utf-8").name
    'a.txt'
    """
    name = printable(unicodedata.normalize("NFC", Path(path).name))
    return Source(name, hashlib.sha256(data).hexdigest(), reader, encoding, tuple(notes))
