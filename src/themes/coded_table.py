"""A table of coded text, one row a segment (and coder), as passages to learn from."""

from __future__ import annotations

import csv
import io
import re
import sys
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from themes.errors import InputError, ReadError
from themes.records import Code, Codebook, Passage

_SEPARATOR = ";"


@dataclass(frozen=True, slots=True, repr=False)
class CodedTable:
    """What a table holds.

    `passages` in the order of their first row; with several coders a passage carries the codes
    that at least half of those who saw it gave. `by_coder` maps each coder to int8
    (n, n_codes) in {0, 1, -1 = did not see it}; empty without a column of coders. `single` is
    whether every row has exactly one code.
    """

    passages: tuple[Passage, ...]
    codebook: Codebook
    by_coder: dict[str, np.ndarray]
    single: bool

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Coders that saw at least one passage both."""
        seen = {name: (labels >= 0).any(1) for name, labels in self.by_coder.items()}
        return [
            pair for pair in combinations(sorted(seen), 2) if (seen[pair[0]] & seen[pair[1]]).any()
        ]


def load(
    path: Path,
    text: str,
    codes: str,
    group: str,
    context: str | None = None,
    coder: str | None = None,
    codebook: Codebook | None = None,
) -> CodedTable:
    """Read a csv file (comma, semicolon or tab; UTF-8) with the columns that are named.

    `codes` holds the codes of a row, apart by ";", nothing where no code applies. Without a
    `codebook` the codes are those in the table, by name. Rows of several coders belong together
    where group, context and text are the same; the second "Yes." of a transcript is matched with
    the second of another coder. Raises ReadError with the line, and InputError where a column is
    missing or there is nothing to learn.
    """
    rows = _rows(path, [name for name in (text, codes, group, context, coder) if name])
    book, column = _codes(rows, codes, path, codebook)
    order: dict[tuple[str, str, str, int], int] = {}
    given: dict[tuple[int, str], set[int]] = {}
    times: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for row in rows:
        who = row[coder] if coder else ""
        what = (row[group], row[context] if context else "", row[text])
        times[who, *what] += 1
        place = order.setdefault((*what, times[who, *what]), len(order))
        given[place, who] = {column[name] for name in _split(row[codes])}
    coders = sorted({who for _, who in given})
    by_coder = {who: np.full((len(order), len(book.codable)), -1, np.int8) for who in coders}
    for (place, who), numbers in given.items():
        by_coder[who][place] = 0
        by_coder[who][place, sorted(numbers)] = 1
    layers = np.stack(list(by_coder.values()))
    saw = (layers >= 0).sum(0)
    labels = (2 * (layers == 1).sum(0) >= np.maximum(saw, 1)) & (saw > 0)
    passages = tuple(
        Passage(what[1], what[2], tuple(int(v) for v in labels[place]), (), what[0])
        for what, place in order.items()
    )
    if len({p.group for p in passages}) < 2:
        raise InputError(
            f"{path}: {group} names {len({p.group for p in passages})} transcript; what is learned "
            "from one cannot be tested on another, so give at least two"
        )
    single = all(len(numbers) == 1 for numbers in given.values())
    return CodedTable(passages, book, by_coder if coder else {}, single)


def _rows(path: Path, wanted: list[str]) -> list[dict[str, str]]:
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ReadError(path, f"cannot be opened ({error.strerror})", "check the path") from None
    except UnicodeDecodeError:
        raise ReadError(path, "is not UTF-8", "save the table as CSV UTF-8") from None
    head = content.partition("\n")[0]
    csv.field_size_limit(sys.maxsize)
    reader = csv.DictReader(
        io.StringIO(content, newline=""), delimiter=max(",;\t", key=head.count), strict=True
    )
    names = [name.strip() for name in reader.fieldnames or []]
    missing = [name for name in wanted if name not in names]
    if missing:
        raise InputError(
            f"{path}: has no column {', '.join(missing)}; its columns are {', '.join(names)}"
        )
    reader.fieldnames = names
    found: list[dict[str, str]] = []
    try:
        for row in reader:
            if None in row or None in row.values():
                raise ReadError(
                    path, "has another number of cells than the head", line=reader.line_num
                )
            cells = {name: unicodedata.normalize("NFC", row[name]) for name in wanted}
            if any(cell.strip() for cell in cells.values()):
                if not cells[wanted[2]].strip():
                    raise ReadError(path, f"has no {wanted[2]}", line=reader.line_num)
                found.append(cells)
    except csv.Error as error:
        raise ReadError(path, f"is no csv file ({error})", line=reader.line_num) from None
    if not found:
        raise InputError(f"{path}: has no rows; add one for each segment")
    return found


def _codes(
    rows: list[dict[str, str]], codes: str, path: Path, codebook: Codebook | None
) -> tuple[Codebook, dict[str, int]]:
    used = sorted({name for row in rows for name in _split(row[codes])})
    if not used:
        raise InputError(f"{path}: no row has a code in {codes}; nothing can be learned")
    if codebook is None:
        ids: dict[str, str] = {}
        for name in used:
            slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "code"
            while slug in ids.values():
                slug += "-2"
            ids[name] = slug
        made = tuple(Code(ids[name], name) for name in used)
        return Codebook(
            re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "codes", "1", made
        ), {name: number for number, name in enumerate(used)}
    column = {code.id: number for number, code in enumerate(codebook.codable)}
    by_name = {code.name: number for number, code in enumerate(codebook.codable)}
    unknown = [name for name in used if name not in column and name not in by_name]
    if unknown:
        raise InputError(
            f"{path}: {len(unknown)} codes are not in the codebook {codebook.id} "
            f"{codebook.version}, such as {unknown[0]!r}; correct them, or leave --codebook away"
        )
    return codebook, by_name | column


def _split(cell: str) -> list[str]:
    return [name for part in cell.split(_SEPARATOR) if (name := part.strip())]
