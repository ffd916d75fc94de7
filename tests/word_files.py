"""Word and LibreOffice files made on the spot, so that a test shows the XML it is about."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TypeVar

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"

File = TypeVar("File", Path, BytesIO)


def docx(file: File, body: str, styles: str = "", head: str = "") -> File:
    """A Word document with `body` and `styles` as the inner XML of its parts.

    `head` stands before the root of the document.
    """
    spaces = (
        f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    members = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"{head}<w:document {spaces}><w:body>{body}</w:body></w:document>",
    }
    if styles:
        members["word/styles.xml"] = f"<w:styles {spaces}>{styles}</w:styles>"
    return _zip(file, members)


def odt(file: File, body: str, styles: str = "", head: str = "") -> File:
    """An OpenDocument text with `body` and automatic `styles` as inner XML, `head` before it."""
    names = ("office", "text", "style", "table", "drawing")
    spaces = " ".join(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in names)
    spaces += (
        f' xmlns:fo="{_ODF}:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    content = (
        f"{head}<office:document-content {spaces}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return _zip(
        file, {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    )


def _zip(file: File, members: Mapping[str, str]) -> File:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return file


def p(*runs: str, properties: str = "") -> str:
    """A Word paragraph of plain runs; a run that begins with "<" is XML already."""
    inner = "".join(
        run if run.startswith("<") else f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>'
        for run in runs
    )
    return f"<w:p>{properties}{inner}</w:p>"
