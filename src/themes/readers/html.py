"""Web pages."""

from __future__ import annotations

from pathlib import Path

from themes.grammar.decoding import decode
from themes.readers._blocks import transcripts_of
from themes.readers._markup import blocks_of
from themes.records import Transcript


class Html:
    """Web pages and fragments: paragraphs, line breaks, tables, definition lists, `<cite>`.

    Scripts, styles, navigation and whatever is hidden are left out.
    """

    suffixes = (".html", ".htm", ".xhtml")

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The transcript in the file; ReadError if it is empty or binary."""
        data = path.read_bytes()
        decoded = decode(data, path)
        blocks = blocks_of(decoded.text)
        return transcripts_of(blocks, path, data, "html", decoded.encoding, decoded.notes)
