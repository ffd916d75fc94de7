"""Plain text."""

from __future__ import annotations

import re
from pathlib import Path

from themes.grammar.assemble import assemble
from themes.grammar.compose import LINE_ENDS
from themes.grammar.decoding import decode
from themes.grammar.identity import source_of, transcript_id_from
from themes.grammar.labels import split_paragraphs
from themes.records import Transcript

_EMPTY_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)*")


class Txt:
    """Plain text: labelled turns, times where there are any, in any common encoding."""

    suffixes = (".txt", ".text")

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The one transcript in the file; ReadError if it is empty or binary."""
        data = path.read_bytes()
        decoded = decode(data, path)
        utterances, notes = split_paragraphs(paragraphs_of(decoded.text))
        source = source_of(path, data, "txt", decoded.encoding, (*decoded.notes, *notes))
        return (assemble(utterances, transcript_id=transcript_id_from(path), source=source),)


def paragraphs_of(text: str) -> list[str]:
    """The blocks of `text` between empty lines, with "\\n" line ends.

    >>> paragraphs_of("I: So?\\r\\n\\r\\nR: Yes.\\nWell.")
    ['I: So?', 'R: Yes.\\nWell.']
    """
    return _EMPTY_LINES.split(LINE_ENDS.sub("\n", text).strip("\n"))
