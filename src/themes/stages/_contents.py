"""All the text that is in a file, whatever kind of file it is, for a search that must miss nothing.

Not a reader: nothing is understood, several views of one text may overlap, and what cannot be
opened is searched as bytes.
"""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import zlib
from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

_DEEPEST = 4  # archives in archives
_MOST_BYTES = 2**30
_TAG = re.compile(r"<[^<>]*>")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
# Ends of what stands on a line of its own; all other tags may stand inside a word.
_BLOCK = re.compile(
    r"</(?:\w+:)?(?:p|tr|td|th|li|div|h\d|dt|dd|title|si|c|row|cell|comment|PlainTextContent"
    r"|Description|Name)>|<(?:\w+:)?(?:br|tab|cr)\b[^>]*>",
    re.IGNORECASE,
)
# Namespaces are names of formats.
_ATTRIBUTE = re.compile(
    r"(?<!xmlns)(?<!xmlns:\w)(?<!xmlns:\w{2})(?<!xmlns:\w{3})=\s*(?:\"([^\"]*)\"|'([^']*)')"
)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\([nrtbf\"/\\])")
_DATA = re.compile(r"base64,([A-Za-z0-9+/=\s]{16,})")
_WIDE = re.compile(rb"(?:[\x20-\xff]\x00){4,}")
_MARKUP = re.compile(r"\s*<(?:[?!]|[A-Za-z])")


def contents(name: str, data: bytes, depth: int = 0) -> Iterator[tuple[str, str]]:
    """(place, text) of everything readable in a file: its name, its parts, and views of them.

    Archives are opened, also inside one another; in XML and HTML the text is given with its tags
    closed up (so that a word split over runs is whole) and with a space for each, besides the
    values of attributes and comments; tables and databases are given cell by cell.

    >>> list(contents("a.txt", b"hello"))
    [('a.txt (name)', 'a.txt'), ('a.txt', 'hello')]
    """
    yield f"{name} (name)", name
    if data.startswith(b"PK\x03\x04") and depth < _DEEPEST:
        try:
            with ZipFile(BytesIO(data)) as archive:
                yield f"{name} (comment)", archive.comment.decode("utf-8", "replace")
                for info in archive.infolist():
                    if info.file_size < _MOST_BYTES:
                        inner = archive.read(info)
                        yield from contents(f"{name}/{info.filename}", inner, depth + 1)
            return
        except (BadZipFile, zlib.error, RuntimeError, NotImplementedError):
            pass
    if data.startswith(b"\x1f\x8b") and depth < _DEEPEST:
        try:
            yield from contents(f"{name}/content", gzip.decompress(data), depth + 1)
            return
        except (OSError, EOFError, zlib.error):
            pass
    if data.startswith(b"PAR1"):
        yield from ((name, text) for text in _parquet(data))
        return
    if data.startswith(b"SQLite format 3\0"):
        yield from ((name, text) for text in _database(data))
        return
    for text in _texts(data):
        for view in _views(text):
            yield name, view
        for found in _DATA.finditer(text):
            try:
                inner = b64decode(re.sub(r"\s", "", found[1]), validate=True)
            except BadBase64:
                continue
            if depth < _DEEPEST:
                yield from contents(f"{name}/data", inner, depth + 1)


def _texts(data: bytes) -> Iterator[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield data.decode("utf-16", "replace")
        return
    try:
        yield data.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield data.decode("cp1252", "replace")
        yield data.decode("utf-8", "ignore")
    if b"\0" in data:
        yield "\n".join(run.decode("utf-16-le", "replace") for run in _WIDE.findall(data))
        yield "\n".join(run.decode("utf-16-le", "replace") for run in _WIDE.findall(data[1:]))


def _views(text: str) -> Iterator[str]:
    if _MARKUP.match(text):
        shown = _COMMENT.sub("", text)
        yield unescape(_TAG.sub("", _BLOCK.sub("\n", shown)))
        yield unescape(_TAG.sub(" ", shown))
        beside = [a or b for a, b in _ATTRIBUTE.findall(text)] + _COMMENT.findall(text)
        yield unquote(unescape("\n".join(beside)))
        return
    yield text
    if "\\" in text:
        yield _ESCAPE.sub(_unescaped, text)
    if re.search(r"%[0-9A-Fa-f]{2}", text):
        yield unquote(text)
    if "&" in text and (plain := unescape(text)) != text:
        yield plain
    if "<" in text and _TAG.search(text):
        yield unescape(_TAG.sub("", text))


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    return {"n": "\n", "r": "\r", "t": "\t"}.get(match[2], match[2])


def _parquet(data: bytes) -> Iterator[str]:
    from pyarrow import parquet  # here: only a table needs it, and the rest of the search does not

    file = parquet.ParquetFile(BytesIO(data))
    schema = file.schema_arrow
    yield "\n".join(schema.names)
    for metadata in (schema.metadata or {}, file.metadata.metadata or {}):
        for key, value in metadata.items():
            yield f"{key.decode('utf-8', 'replace')}\n{value.decode('utf-8', 'replace')}"
    for column in file.read().columns:
        yield "\n".join(
            value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
            for value in column.to_pylist()
            if value is not None and not isinstance(value, float)
        )


def _database(data: bytes) -> Iterator[str]:
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(data)
        tables = connection.execute("SELECT name, sql FROM sqlite_master").fetchall()
        yield "\n".join(str(cell) for row in tables for cell in row if cell)
        for table, sql in tables:
            if sql and sql.upper().startswith("CREATE TABLE"):
                quoted = '"' + table.replace('"', '""') + '"'
                for row in connection.execute(f"SELECT * FROM {quoted}"):
                    yield "\n".join(str(cell) for cell in row if cell is not None)
    except sqlite3.DatabaseError:
        yield from _texts(data)
    finally:
        connection.close()
