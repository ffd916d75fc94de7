"""Codebooks as TOML files: one file is all a new codebook needs."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any

from themes.errors import CodebookError
from themes.records import Code, Codebook
from themes.resources import folder, shipped

_TOP = {"id", "version", "name", "description", "code"}
_CODE = {field.name for field in fields(Code)}


def find(name_or_path: str | Path) -> Path:
    """The file of a shipped codebook's name, or the path itself.

    Raises CodebookError when there is neither.

    >>> find("help-seeking").name
    'help-seeking.toml'
    """
    if str(name_or_path) in shipped("codebooks"):
        return folder("codebooks") / f"{name_or_path}.toml"
    path = Path(name_or_path)
    if not path.is_file():
        raise CodebookError(
            path,
            "",
            "is no codebook",
            "give a TOML file, or one of " + ", ".join(shipped("codebooks")),
        )
    return path


def load(name_or_path: str | Path) -> Codebook:
    """Read a codebook from its TOML file, or by the name of a shipped one.

    Raises CodebookError, naming the code and the field, for whatever is missing, unknown, of the
    wrong type, doubled or circular.

    >>> load("help-seeking")["barrier.cost"].name
    'Perceived high costs of seeking support'
    """
    path = find(name_or_path)
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except OSError as error:
        raise CodebookError(path, "", f"cannot be opened ({error.strerror})") from None
    except UnicodeDecodeError:
        raise CodebookError(path, "", "is not UTF-8", "save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(path, "", f"is not TOML: {error}", "mend that line") from None
    _refuse_unknown(path, "", table, _TOP)
    entries = table.get("code")
    if not isinstance(entries, list) or not entries:
        raise CodebookError(path, "", "has no codes", "add at least one [[code]] with id and name")
    codes = tuple(_code(path, number, entry) for number, entry in enumerate(entries, 1))
    try:
        book = Codebook(
            _text(path, "id", table.get("id", path.stem)),
            _text(path, "version", table.get("version", "1")),
            codes,
            _text(path, "name", table.get("name", path.stem)),
            _text(path, "description", table.get("description", "")),
        )
    except ValueError as error:
        raise CodebookError(path, "", str(error), "mend it and try again") from None
    if not book.codable:
        raise CodebookError(path, "", "has no codable code", "remove codable = false somewhere")
    return book


def to_toml(book: Codebook) -> str:
    """The inverse of `load`: what a codebook file says.

    >>> print(to_toml(Codebook("b", "1", (Code("a", "A"),), name="B")))
    id = "b"
    version = "1"
    name = "B"
    <BLANKLINE>
    [[code]]
    id = "a"
    name = "A"
    <BLANKLINE>
    """
    heads = [(key, getattr(book, key)) for key in ("id", "version", "name", "description")]
    blocks = [[_line(key, value) for key, value in heads if value]]
    for code in book.codes:
        written = [(field.name, getattr(code, field.name), field.default) for field in fields(Code)]
        lines = [_line(key, value) for key, value, default in written if value != default]
        blocks.append(["", "[[code]]", *lines])
    return "\n".join(line for block in blocks for line in block) + "\n"


def _line(key: str, value: object) -> str:
    # A JSON text, list of texts or truth value is one in TOML too, once a lone DEL is escaped.
    written = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
    return f"{key} = " + written.replace("\x7f", "\\u007f")


def fingerprint(book: Codebook) -> str:
    """sha256 (hex) of all that a classifier or a coder reads in `book`; names the version."""
    return sha256(repr(book).encode()).hexdigest()


def _code(path: Path, number: int, entry: Any) -> Code:
    if not isinstance(entry, dict):
        raise CodebookError(path, f"code {number}", "is not a table", "write it as [[code]]")
    where = str(entry.get("id", f"code {number}"))
    _refuse_unknown(path, where, entry, _CODE)
    for needed in ("id", "name"):
        if needed not in entry:
            raise CodebookError(path, where, f"has no {needed}", f'add {needed} = "..."')
    values: dict[str, Any] = {}
    for key, value in entry.items():
        if key == "examples":
            if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
                raise CodebookError(path, where, "examples is not a list of texts")
            values[key] = tuple(value)
        elif key == "codable":
            if not isinstance(value, bool):
                raise CodebookError(path, where, "codable is neither true nor false")
            values[key] = value
        else:
            values[key] = _text(path, f"{where}, {key}", value)
    try:
        return Code(**values)
    except ValueError as error:
        raise CodebookError(path, where, str(error), "mend it and try again") from None


def _text(path: Path, key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise CodebookError(path, key, "is not a text", "put it in quotes")
    return value.strip()


def _refuse_unknown(path: Path, where: str, table: dict[str, Any], known: set[str]) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise CodebookError(
            path, where, f"has the unknown key {unknown[0]!r}", "known: " + ", ".join(sorted(known))
        )
