"""Paragraphs, headings and tables: what word processors, web pages and Markdown have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from themes.grammar.assemble import assemble
from themes.grammar.candidates import is_plausible
from themes.grammar.identity import source_of, transcript_id_from
from themes.grammar.labels import split_paragraphs
from themes.grammar.timestamps import parse_seconds
from themes.readers import _tables
from themes.records import Transcript

_FEWEST_ROWS = 3  # of a table that is a transcript: the header and an exchange


@dataclass(frozen=True, slots=True, repr=False)
class Block:
    """A paragraph; line breaks inside it are "\\n", `bold` is what is bold at its start."""

    text: str
    bold: str = ""
    is_heading: bool = False

    @classmethod
    def of(cls, runs: Iterable[tuple[str, bool]], *, is_heading: bool = False) -> Block:
        """The paragraph that runs of (text, is bold) make.

        >>> Block.of([("Ann", True), (" ", False), ("Hello", False)]).bold
        'Ann'
        """
        runs = list(runs)
        bold = takewhile(lambda run: run[1] or not run[0].strip(), runs)
        return cls(
            "".join(text for text, _ in runs), "".join(t for t, _ in bold).strip(), is_heading
        )


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """Rows of cells in reading order; a merged cell counts once."""

    rows: tuple[tuple[str, ...], ...]


def transcripts_of(
    blocks: Iterable[Block | Table],
    path: Path,
    data: bytes,
    reader: str,
    encoding: str = "",
    notes: Sequence[str] = (),
) -> tuple[Transcript, ...]:
    """The transcripts that `blocks`, in reading order, hold; `data` are the bytes of `path`.

    A table with a column of speech that holds most of the text is the transcript, and what
    stands around it is left out with a note. In any other table a row is a paragraph.
    """
    blocks = list(blocks)
    rows = _speech_rows(blocks)
    if rows:
        note = "A table with a column of speech is the transcript; all around it was left out."
        source = source_of(path, data, reader, encoding, (*notes, note))
        return _tables.transcripts_of(rows, path, source)
    flat = [part for block in blocks for part in _paragraphs(block)]
    utterances, found = split_paragraphs(
        [block.text for block in flat],
        bold_prefixes=[block.bold for block in flat],
        headings={number for number, block in enumerate(flat) if block.is_heading},
    )
    source = source_of(path, data, reader, encoding, (*notes, *found))
    return (assemble(utterances, transcript_id=transcript_id_from(path), source=source),)


def _speech_rows(blocks: Sequence[Block | Table]) -> list[tuple[str, ...]]:
    tables = [block for block in blocks if isinstance(block, Table)]
    speech = [
        table
        for table in tables
        if len(table.rows) >= _FEWEST_ROWS and _tables.holds_speech(table.rows)
    ]
    if not speech:
        return []
    best = max(speech, key=_n_chars)
    around = sum(_n_chars(block) for block in blocks if block is not best)
    return list(best.rows) if _n_chars(best) > around else []


def _n_chars(block: Block | Table) -> int:
    if isinstance(block, Block):
        return len(block.text)
    return sum(len(cell) for row in block.rows for cell in row)


def _paragraphs(block: Block | Table) -> list[Block]:
    if isinstance(block, Block):
        return [block]
    return [part for row in block.rows for part in _row(row)]


def _row(row: Sequence[str]) -> list[Block]:
    """A row as "[time] label: speech" where its cells are that, else each cell a paragraph."""
    cells = [cell.strip() for cell in row if cell.strip()]
    if len(cells) > 1 and cells[0].isdigit():
        cells = cells[1:]
    if len(cells) < 2:
        return [Block(cell) for cell in cells]
    *opening, speech = cells
    times = [cell for cell in opening if _is_time(cell)]
    labels = [cell for cell in opening if not _is_time(cell)]
    if len(labels) > 1 or not all(is_plausible(label.rstrip(":")) for label in labels):
        return [Block(cell) for cell in cells]
    prefix = "".join(f"[{time.strip('[]()#')}] " for time in times[:1])
    prefix += "".join(f"{label.rstrip(': ')}: " for label in labels)
    return [Block(prefix + speech)]


def _is_time(cell: str) -> bool:
    try:
        parse_seconds(cell)
    except ValueError:
        return False
    return True
