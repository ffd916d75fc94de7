"""Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from themes.grammar.decoding import decode
from themes.readers._blocks import Block, transcripts_of
from themes.readers.txt import paragraphs_of
from themes.records import Transcript

_HEADING = re.compile(r"\s{0,3}#{1,6}[ \t]+(?P<text>.*?)[ \t#]*")
_UNDERLINED = re.compile(r"\s{0,3}(?:=+|-{2,})\s*")
_RULE = re.compile(r"\s{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(
    r"</?(?:u|b|i|em|strong|span|p|div|font|small|mark|sub|sup)(?:\s[^<>]{0,200})?>", re.I
)
_BREAK = re.compile(r"<br\s*/?>|\\$", re.I | re.M)
_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{0,1000}\)")
_LINK = re.compile(
    r"(?<!\\)\[(?P<text>[^\[\]]{1,300})\]\((?:[^()\s]{1,1000})(?:\s+\"[^\"]{0,200}\")?\)"
)
_STRONG = re.compile(r"(?<!\\)(?P<mark>\*\*|__)(?=\S)(?P<text>.{1,2000}?)(?<=\S)(?P=mark)")
_EMPHASIS_FIRST = re.compile(
    r"(?P<mark>[*_])(?=\S)(?P<text>[^*_\n]{1,80})(?P=mark)(?=\s*:|:)|"
    r"(?P<mark2>[*_])(?=\S)(?P<text2>[^*_\n]{1,80}:)(?P=mark2)"
)
_OPENING = re.compile(r"\s{0,3}(?:>[ \t]?)*(?:[-*+][ \t]+(?=\*\*|__))?")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_LEADING_STRONG = re.compile(r"(?:\*\*|__)(?=\S)(?P<text>[^*\n]{1,80}?)(?:\*\*|__)")


class Md:
    """Markdown: labels in bold or as headings, escaped brackets, YAML front matter.

    Headings that are no speaker are left out; a link keeps its text and loses its address.
    """

    suffixes = (".md", ".markdown")

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The one transcript in the file; ReadError if it is empty or binary."""
        data = path.read_bytes()
        decoded = decode(data, path)
        blocks = [
            block
            for paragraph in paragraphs_of(_COMMENT.sub("", decoded.text))
            for block in _blocks(paragraph)
        ]
        return transcripts_of(blocks, path, data, "md", decoded.encoding, decoded.notes)


def _blocks(paragraph: str) -> list[Block]:
    """The paragraph, with every heading in it a block of its own."""
    blocks: list[Block] = []
    lines: list[str] = []

    def close() -> None:
        if lines:
            blocks.append(_block("\n".join(lines)))
            lines.clear()

    for line in paragraph.split("\n"):
        heading = _HEADING.fullmatch(line)
        if heading:
            close()
            blocks.append(Block(_plain(heading["text"]), is_heading=True))
        elif line.strip() == "---":
            # The fence of YAML front matter; `themes.grammar.matter` knows what it means.
            close()
            blocks.append(Block("---"))
        elif _RULE.fullmatch(line):
            close()
        elif line.strip():
            lines.append(line)
    close()
    return blocks


def _block(text: str) -> Block:
    lines = [line[_OPENING.match(line).end() :] for line in text.split("\n")]
    first = _LEADING_STRONG.match(lines[0])
    return Block(_plain("\n".join(lines)), _plain(first["text"]) if first else "")


def _plain(text: str) -> str:
    text = _IMAGE.sub("", _TAG.sub("", _BREAK.sub("\n", text)))
    text = _STRONG.sub(lambda match: match["text"], _LINK.sub(lambda match: match["text"], text))
    text = "\n".join(_unemphasized(line) for line in text.split("\n"))
    return _ESCAPED.sub(r"\1", text)


def _unemphasized(line: str) -> str:
    """The line with a label in italics bare; other single stars may mark *laughs* and stay."""
    match = _EMPHASIS_FIRST.match(line)
    if not match:
        return line
    return (match["text"] or match["text2"]) + line[match.end() :]
