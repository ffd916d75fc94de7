"""PDF files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2

from themes.errors import ReadError
from themes.grammar import Utterance
from themes.grammar.assemble import assemble
from themes.grammar.identity import source_of, transcript_id_from
from themes.grammar.labels import split_paragraphs
from themes.records import Transcript

_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|pagina|seite|p\.?)\s*)?\d{1,4}(?:\s*(?:/|of|van|von)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_EDGE_LINES = 2  # at the top and bottom of a page, where headers and footers stand
_REPEATS = 0.5  # share of pages on which an edge line stands to be a running header
_CUT_CHARS = 40  # of a line that nobody says twice in a row
# What pdfium gives for a hyphen at a line end, and hyphens as such.
_SOFT_HYPHEN = re.compile("[\u00ad\ufffe\x02]\\s*")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010]\n(?=[a-zß-öø-ÿ])")
_ENDS = re.compile(r"[.?!…:][\"'”’)\]]*\s*")
_SHORT = 0.8  # of the usual line length: a line that ends a paragraph


class Pdf:
    """PDF files with a text layer; page numbers, running headers and line wraps are undone.

    A scan has no text layer and is refused.
    """

    suffixes = (".pdf",)

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The transcript in the file; ReadError for scans, passwords and damage."""
        data = path.read_bytes()
        pages = _pages(data, path)
        if not any(line.strip() for page in pages for line in page):
            raise ReadError(path.name, "has no text layer", "run OCR first")
        lines, n_furniture = _without_furniture(pages)
        utterances, notes = split_paragraphs(lines)
        if not any(utterance.speaker for utterance in utterances):
            utterances, notes = split_paragraphs(_paragraphs(lines))
        if n_furniture:
            notes = (f"Page and line numbers and running headers left out: {n_furniture}.", *notes)
        source = source_of(path, data, "pdf", notes=notes)
        return (
            assemble(
                map(_unwrapped, utterances), transcript_id=transcript_id_from(path), source=source
            ),
        )


def _pages(data: bytes, path: Path) -> list[list[str]]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(path.name, "is password-protected", "remove the password") from None
        raise ReadError(path.name, "is a damaged PDF", "print it to PDF again") from None
    pages = []
    try:
        for number in range(len(document)):
            page = document[number]
            text_page = page.get_textpage()
            text = text_page.get_text_range()
            text_page.close()
            page.close()
            pages.append(_SOFT_HYPHEN.sub("", text.replace("\r\n", "\n")).split("\n"))
    except pypdfium2.PdfiumError:
        raise ReadError(path.name, "is a damaged PDF", "print it to PDF again") from None
    finally:
        document.close()
    return pages


def _without_furniture(pages: Sequence[Sequence[str]]) -> tuple[list[str], int]:
    """The lines of all pages without page numbers, running headers and lines shown twice.

    A header is what stands at the edge of most pages, whatever the numbers in it. Also returns
    how many lines were left out.
    """
    pages = [[line for line in page if line.strip()] for page in pages]
    n_lines = sum(map(len, pages))
    pages = [_without_numbers(page) for page in pages]
    for page, following in pairwise(pages):
        # Browsers print a line that a page cuts in half on both pages.
        if page and following and page[-1] == following[0] and len(page[-1]) >= _CUT_CHARS:
            page.pop()
    shapes = Counter(
        shape
        for page in pages
        for shape in {_DIGITS.sub("0", line.strip()) for line in _edges(page)}
    )
    kept = []
    for page in pages:
        for number, line in enumerate(page):
            at_edge = number < _EDGE_LINES or number >= len(page) - _EDGE_LINES
            shape = _DIGITS.sub("0", line.strip())
            repeats = len(pages) > 2 and shapes[shape] > _REPEATS * len(pages)
            repeats = repeats and ":" not in line
            if not (at_edge and repeats):
                kept.append(line)
    return kept, n_lines - len(kept)


def _without_numbers(page: list[str]) -> list[str]:
    """The page without page numbers, and without the column of line numbers that pdfium puts last."""
    start, end = 0, len(page)
    while start < end and _PAGE_NUMBER.fullmatch(page[start]):
        start += 1
    while end > start and _PAGE_NUMBER.fullmatch(page[end - 1]):
        end -= 1
    return page[start:end]


def _edges(page: Sequence[str]) -> list[str]:
    return [*page[:_EDGE_LINES], *page[max(_EDGE_LINES, len(page) - _EDGE_LINES) :]]


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Lines joined up to one that is short and ends a sentence, for texts without labels."""
    lengths = sorted(map(len, lines))
    usual = lengths[int(0.9 * (len(lengths) - 1))]
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        paragraphs[-1].append(line)
        if len(line) < _SHORT * usual and _ENDS.search(line[-4:]):
            paragraphs.append([])
    return ["\n".join(paragraph) for paragraph in paragraphs if paragraph]


def _unwrapped(utterance: Utterance) -> Utterance:
    text = _HYPHEN.sub("", utterance.text)
    return replace(utterance, text=" ".join(line.strip() for line in text.split("\n")))
