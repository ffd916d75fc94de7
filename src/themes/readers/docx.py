"""Word documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from themes.readers._archive import Archive, attribute, local
from themes.readers._blocks import Block, Table, transcripts_of
from themes.records import Transcript

_HEX = re.compile(r"[0-9A-Fa-f]{4}")
_OFF = frozenset({"0", "false", "off", "none"})
# Deleted and moved-away text, field codes, and properties: none of it is on the page.
_NOT_SHOWN = frozenset(
    "del moveFrom delText instrText pPr rPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr sectPr "
    "rt softHyphen Fallback proofErr".split()
)
_COUNTED = {
    "footnoteReference": "footnotes",
    "endnoteReference": "endnotes",
    "commentReference": "comments",
    "txbxContent": "text boxes",
    "ins": "tracked insertions",
    "del": "tracked deletions",
}
_NOTES = {
    "footnotes": "Footnotes left out: {n}.",
    "endnotes": "Endnotes left out: {n}.",
    "comments": "Comments left out: {n}.",
    "text boxes": "Text boxes, read where they are anchored: {n}.",
    "tracked insertions": "Tracked insertions taken as accepted: {n}.",
    "tracked deletions": "Tracked deletions left out: {n}.",
    "hidden": "Runs of hidden text left out: {n}.",
}


class Docx:
    """Word documents: paragraphs, soft breaks, tables, text boxes; tracked changes accepted.

    Tracked insertions are read and deletions are not; hidden text, comments and notes are left
    out and counted. Format: ECMA-376, part 1, WordprocessingML.
    """

    suffixes = (".docx", ".docm")

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The transcript in the file; ReadError if it is damaged or password-protected."""
        with Archive(path) as archive:
            document = archive.xml(_main_part(archive))
            styles = _styles(archive) if "word/styles.xml" in archive else {}
        walk = _Walk(styles)
        blocks = list(walk.blocks(document))
        notes = [_NOTES[kind].format(n=n) for kind, n in sorted(walk.counts.items())]
        return transcripts_of(blocks, path, path.read_bytes(), "docx", notes=notes)


@dataclass(frozen=True, slots=True)
class _Style:
    is_bold: bool = False
    is_hidden: bool = False
    is_heading: bool = False


_PLAIN = _Style()


@dataclass(slots=True)
class _Paragraph:
    """What has been read of a paragraph: runs of (text, is bold), and the text boxes in it."""

    runs: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[Block | Table] = field(default_factory=list)


@dataclass(slots=True)
class _Walk:
    styles: Mapping[str, _Style]
    counts: Counter[str] = field(default_factory=Counter)
    _carried: _Paragraph | None = None  # a paragraph whose end is a tracked deletion

    def blocks(self, parent: Element) -> Iterator[Block | Table]:
        for child in parent:
            name = local(child)
            self._count(name)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield Table(tuple(self._row(row) for row in _descend(child, "tr")))
            elif name not in _NOT_SHOWN:
                yield from self.blocks(child)

    def _count(self, name: str) -> None:
        if name in _COUNTED:
            self.counts[_COUNTED[name]] += 1

    def _row(self, row: Element) -> tuple[str, ...]:
        cells = []
        for cell in _descend(row, "tc"):
            merge = cell.find("./{*}tcPr/{*}vMerge")
            goes_on = merge is not None and attribute(merge, "val") in (None, "continue")
            texts = [] if goes_on else [_text(block) for block in self.blocks(cell)]
            cells.append("\n".join(text for text in texts if text.strip()))
        return tuple(cells)

    def _paragraph(self, element: Element) -> Iterator[Block | Table]:
        style = self._style(element.find("./{*}pPr/{*}pStyle"))
        paragraph = self._carried or _Paragraph()
        self._carried = None
        self._inline(element, paragraph, style)
        if element.find("./{*}pPr/{*}rPr/{*}del") is not None:
            self._carried = paragraph
            return
        yield Block.of(paragraph.runs, is_heading=style.is_heading)
        yield from paragraph.boxes

    def _inline(self, parent: Element, paragraph: _Paragraph, style: _Style) -> None:
        for child in parent:
            name = local(child)
            self._count(name)
            if name == "r":
                self._run(child, paragraph, style)
            elif name == "txbxContent":
                paragraph.boxes.extend(self.blocks(child))
            elif name not in _NOT_SHOWN:
                self._inline(child, paragraph, style)

    def _run(self, run: Element, paragraph: _Paragraph, style: _Style) -> None:
        own = self._style(run.find("./{*}rPr/{*}rStyle"))
        is_bold = _flag(run, "b", style.is_bold or own.is_bold)
        if _flag(run, "vanish", style.is_hidden or own.is_hidden):
            self.counts["hidden"] += 1
            return
        for child in run:
            name = local(child)
            self._count(name)
            if name == "t":
                paragraph.runs.append((child.text or "", is_bold))
            elif name in ("tab", "ptab"):
                paragraph.runs.append(("\t", is_bold))
            elif name in ("br", "cr"):
                paragraph.runs.append(("\n", is_bold))
            elif name == "noBreakHyphen":
                paragraph.runs.append(("-", is_bold))
            elif name == "sym":
                paragraph.runs.append((_symbol(attribute(child, "char")), is_bold))
            elif name == "txbxContent":
                paragraph.boxes.extend(self.blocks(child))
            elif name not in _NOT_SHOWN:
                self._inline(child, paragraph, style)

    def _style(self, reference: Element | None) -> _Style:
        if reference is None:
            return _PLAIN
        return self.styles.get(attribute(reference, "val") or "", _PLAIN)


def _text(block: Block | Table) -> str:
    """A block inside a cell; a table in a table is read row by row."""
    if isinstance(block, Block):
        return block.text
    return "\n".join("\t".join(row) for row in block.rows)


def _descend(parent: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also inside content controls."""
    for child in parent:
        name = local(child)
        if name == wanted:
            yield child
        elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from _descend(child, wanted)


def _flag(run: Element, name: str, inherited: bool) -> bool:
    element = run.find(f"./{{*}}rPr/{{*}}{name}")
    if element is None:
        return inherited
    return attribute(element, "val") not in _OFF


def _symbol(code: str | None) -> str:
    """The character of a symbol, U+FFFD where its code is none."""
    if code is None or not _HEX.fullmatch(code) or code[0] in "dD":
        return "\ufffd"
    return chr(int(code, 16))


def _main_part(archive: Archive) -> str:
    """The part the package names as its document; Office 365 calls it document2.xml at times."""
    if "_rels/.rels" in archive:
        for relation in archive.xml("_rels/.rels"):
            if (attribute(relation, "Type") or "").endswith("/officeDocument"):
                target = (attribute(relation, "Target") or "").lstrip("/")
                if target in archive:
                    return target
    return "word/document.xml"


def _styles(archive: Archive) -> dict[str, _Style]:
    elements = {
        attribute(style, "styleId") or "": style
        for style in archive.xml("word/styles.xml")
        if local(style) == "style"
    }
    found: dict[str, _Style] = {}

    def resolve(style_id: str, depth: int = 0) -> _Style:
        if style_id not in elements or depth > len(elements):
            return _PLAIN
        if style_id not in found:
            style = elements[style_id]
            parent = style.find("./{*}basedOn")
            above = _PLAIN if parent is None else resolve(attribute(parent, "val") or "", depth + 1)
            name_element = style.find("./{*}name")
            name = "" if name_element is None else (attribute(name_element, "val") or "").lower()
            is_heading = name.startswith(("heading", "title", "kop")) or name == "subtitle"
            found[style_id] = _Style(
                _flag(style, "b", above.is_bold),
                _flag(style, "vanish", above.is_hidden),
                is_heading or above.is_heading,
            )
        return found[style_id]

    return {style_id: resolve(style_id) for style_id in elements}
