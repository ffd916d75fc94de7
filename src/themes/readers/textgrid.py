"""Praat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from themes.errors import ReadError
from themes.grammar import Utterance
from themes.grammar.decoding import decode
from themes.readers._tiers import Tier, transcript_of
from themes.records import Transcript

# Praat itself reads only these and takes all else ("xmin =", "intervals [1]:") for comment, which
# is why its long and its short form are one grammar.
_VALUE = re.compile(
    r'"(?P<text>(?:[^"]|"")*)"|(?<!\S)(?P<number>-?\d{1,15}(?:\.\d+)?(?:[eE][-+]?\d{1,2})?)(?!\S)|(?P<open>")'
)


class Textgrid:
    """Praat TextGrids, long and short form, one tier a speaker.

    The intervals of all tiers in order of time; empty ones and point tiers are left out. Raises
    ReadError with the line for a file that ends in the middle, and for binary TextGrids.
    Format: the Praat manual, "TextGrid file formats".
    """

    suffixes = (".textgrid",)

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The one transcript in the file at `path`."""
        data = path.read_bytes()
        if data.startswith(b"ooBinaryFile"):
            raise ReadError(path.name, "is a binary TextGrid", "in Praat: Save as text file")
        decoded = decode(data, path)
        values = _Values(decoded.text, path)
        if values.text() != "ooTextFile" or values.text() != "TextGrid":
            raise ReadError(path.name, "is not a TextGrid", "in Praat: Save as text file", line=1)
        values.number()
        values.number()
        tiers: list[Tier] = []
        n_points = 0
        for _ in range(int(values.number()) if values.has_more() else 0):
            kind, name = values.text(), values.text()
            values.number()
            values.number()
            n_items = int(values.number())
            if kind == "IntervalTier":
                tiers.append(Tier(name, "", tuple(_intervals(values, n_items))))
            else:
                n_points += 1
                for _ in range(n_items):
                    values.number()
                    values.text()
        notes = list(decoded.notes)
        if n_points:
            notes.append(f"Point tiers, left out: {n_points}.")
        return (transcript_of(tiers, path, data, "textgrid", decoded.encoding, notes),)


def _intervals(values: _Values, n_items: int) -> Iterator[Utterance]:
    for _ in range(n_items):
        start_s, end_s = values.number(), values.number()
        yield Utterance(values.text(), "", start_s, end_s)


class _Values:
    """The values of a text file in order; the structure says which kind comes next."""

    def __init__(self, text: str, path: Path) -> None:
        self._text, self._path = text, path
        self._matches = _VALUE.finditer(text)
        self._next = next(self._matches, None)

    def has_more(self) -> bool:
        return self._next is not None

    def text(self) -> str:
        return self._take("text").replace('""', '"')

    def number(self) -> float:
        return float(self._take("number"))

    def _take(self, kind: str) -> str:
        match = self._next
        if match is None or match.lastgroup != kind:
            at = len(self._text) if match is None else match.start()
            what = "ends in the middle" if match is None else f"has no {kind} where one belongs"
            line = self._text.count("\n", 0, at) + 1
            raise ReadError(self._path.name, what, "save it in Praat again", line=line)
        self._next = next(self._matches, None)
        return match[kind]
