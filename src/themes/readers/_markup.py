"""HTML to paragraphs."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from themes.readers._blocks import Block, Table

_WHITE = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = frozenset(
    "address article aside blockquote body br center cite dd details div dl dt figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section table tbody td tfoot th "
    "thead time tr ul".split()
)
_INLINE_IN_SPEECH = frozenset({"cite", "time"})  # blocks only outside a paragraph
_NOT_SHOWN = frozenset("script style head title nav template noscript svg iframe select".split())
_BOLD = frozenset({"b", "strong", "dt"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def blocks_of(html: str) -> list[Block | Table]:
    """The paragraphs, headings and tables of a page or fragment, in order.

    >>> [block.text for block in blocks_of("<p><b>I:</b> So?<br>R: Yes &amp; no.</p>")]
    ['I: So?\\nR: Yes & no.']
    """
    parser = _Parser()
    parser.feed(html)
    parser.close()
    parser.end_block()
    return parser.blocks


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block | Table] = []
        self._runs: list[tuple[str, bool]] = []
        self._n_bold = self._n_hidden = self._n_paragraphs = 0
        self._is_heading = False
        self._hidden_in = ""
        self._tables: list[list[list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._hidden_in and tag in _NOT_SHOWN:
            self._hidden_in = tag
        if self._hidden_in:
            self._n_hidden += tag == self._hidden_in
            return
        if tag == "br":
            self._runs.append(("\n", bool(self._n_bold)))
        elif tag in _BLOCKS and not (self._n_paragraphs and tag in _INLINE_IN_SPEECH):
            self.end_block()
        self._n_paragraphs += tag == "p" and not self._n_paragraphs
        self._n_bold += tag in _BOLD
        self._is_heading = self._is_heading or tag in _HEADINGS
        if tag == "table":
            self._tables.append([])
        elif tag == "tr" and self._tables:
            self._tables[-1].append([])
        elif tag in ("td", "th") and self._tables:
            if not self._tables[-1]:
                self._tables[-1].append([])
            self._tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden_in:
            self._n_hidden -= tag == self._hidden_in
            if not self._n_hidden:
                self._hidden_in = ""
            return
        if tag in _BLOCKS and not (self._n_paragraphs and tag in _INLINE_IN_SPEECH):
            self.end_block()
        if tag == "p":
            self._n_paragraphs = 0
        self._n_bold -= tag in _BOLD and self._n_bold > 0
        if tag in _HEADINGS:
            self._is_heading = False
        if tag == "table" and self._tables:
            rows = tuple(tuple(row) for row in self._tables.pop() if row)
            if self._tables:
                self._cell("\n".join("\t".join(row) for row in rows))
            else:
                self.blocks.append(Table(rows))

    def handle_data(self, data: str) -> None:
        if not self._hidden_in:
            self._runs.append((_WHITE.sub(" ", data), bool(self._n_bold)))

    def end_block(self) -> None:
        """Close the paragraph that is open, if it holds anything."""
        block = Block.of(self._runs, is_heading=self._is_heading)
        text = re.sub(r" *\n *", "\n", block.text).strip()
        self._runs = []
        if not text:
            return
        if self._tables and self._tables[-1] and self._tables[-1][-1]:
            self._cell(text)
        else:
            self.blocks.append(replace(block, text=text))

    def _cell(self, text: str) -> None:
        row = self._tables[-1][-1]
        row[-1] = f"{row[-1]}\n{text}".strip()
