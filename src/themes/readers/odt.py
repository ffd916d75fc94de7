"""OpenDocument texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from themes.errors import ReadError
from themes.readers._archive import Archive, attribute, local
from themes.readers._blocks import Block, Table, transcripts_of
from themes.records import Transcript

_WHITE = re.compile(r"[ \t\r\n]+")
_NOT_SHOWN = frozenset(
    "tracked-changes annotation annotation-end note ruby-text sequence-decls forms "
    "variable-decls user-field-decls hidden-text hidden-paragraph script title desc "
    "table-of-content alphabetical-index bibliography".split()
)
_NOTES = {
    "annotation": "Comments left out: {n}.",
    "note": "Footnotes and endnotes left out: {n}.",
    "deletion": "Tracked deletions left out: {n}.",
    "text-box": "Text boxes, read where they are anchored: {n}.",
    "hidden": "Runs of hidden text left out: {n}.",
}


class Odt:
    """OpenDocument texts (LibreOffice): paragraphs, tables, text boxes; tracked changes accepted.

    Deleted and hidden text, comments and notes are left out and counted. Format: OASIS,
    "Open Document Format for Office Applications", part 3.
    """

    suffixes = (".odt", ".ott")

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The transcript in the file; ReadError if it is damaged or password-protected."""
        with Archive(path) as archive:
            if "META-INF/manifest.xml" in archive and b":encryption-data" in archive.read(
                "META-INF/manifest.xml"
            ):
                raise ReadError(path.name, "is password-protected", "remove the password")
            content = archive.xml("content.xml")
            styles = archive.xml("styles.xml") if "styles.xml" in archive else None
        walk = _Walk()
        for part in (styles, content):
            if part is not None:
                walk.learn_styles(part)
        body = content.find(".//{*}body/{*}text")
        if body is None:
            raise ReadError(path.name, "holds no text document", "save it again, as .odt")
        walk.counts["deletion"] += len(body.findall(".//{*}tracked-changes//{*}deletion"))
        blocks = list(walk.blocks(body))
        notes = [_NOTES[kind].format(n=n) for kind, n in sorted(walk.counts.items()) if n]
        return transcripts_of(blocks, path, path.read_bytes(), "odt", notes=notes)


@dataclass(slots=True)
class _Walk:
    bold: dict[str, bool] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)

    def learn_styles(self, part: Element) -> None:
        for style in part.iter():
            properties = style.find("./{*}text-properties") if local(style) == "style" else None
            name = attribute(style, "name")
            if properties is None or not name:
                continue
            weight = attribute(properties, "font-weight")
            if weight is not None:
                self.bold[name] = weight == "bold"
            if attribute(properties, "display") == "none":
                self.hidden.add(name)

    def blocks(self, parent: Element) -> Iterator[Block | Table]:
        for child in parent:
            name = local(child)
            if name in ("p", "h"):
                yield from self._paragraph(child, is_heading=name == "h")
            elif name == "table":
                rows = (row for row in child.iter() if local(row) == "table-row")
                yield Table(tuple(tuple(self._cells(row)) for row in rows))
            elif not self._is_left_out(child):
                yield from self.blocks(child)

    def _is_left_out(self, element: Element) -> bool:
        name = local(element)
        if name in _NOT_SHOWN:
            if name in _NOTES:
                self.counts[name] += 1
            return True
        if attribute(element, "style-name") in self.hidden:
            self.counts["hidden"] += 1
            return True
        return False

    def _cells(self, row: Element) -> Iterator[str]:
        for cell in row:
            if local(cell) == "table-cell":
                texts = (block.text for block in self.blocks(cell) if isinstance(block, Block))
                yield "\n".join(text for text in texts if text.strip())

    def _paragraph(self, element: Element, *, is_heading: bool) -> Iterator[Block | Table]:
        if self._is_left_out(element):
            return
        boxes: list[Block | Table] = []
        is_bold = self.bold.get(attribute(element, "style-name") or "", False)
        yield Block.of(self._runs(element, is_bold, boxes), is_heading=is_heading)
        yield from boxes

    def _runs(
        self, element: Element, is_bold: bool, boxes: list[Block | Table]
    ) -> Iterator[tuple[str, bool]]:
        if element.text:
            yield _WHITE.sub(" ", element.text), is_bold
        for child in element:
            name = local(child)
            if name == "s":
                count = attribute(child, "c") or "1"
                yield " " * (min(int(count), 1000) if count.isdecimal() else 1), is_bold
            elif name == "tab":
                yield "\t", is_bold
            elif name == "line-break":
                yield "\n", is_bold
            elif name == "text-box":
                self.counts[name] += 1
                boxes.extend(self.blocks(child))
            elif name and not self._is_left_out(child):
                own = self.bold.get(attribute(child, "style-name") or "", is_bold)
                yield from self._runs(child, own, boxes)
            if child.tail:
                yield _WHITE.sub(" ", child.tail), is_bold
