"""The pages that people read, cut into what can be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
HAND_WRITTEN = ("README.md", "docs/tutorial.md", "docs/how-to.md", "docs/figures.md")
PAGES = (*HAND_WRITTEN, "docs/reference.md")
_FENCE = re.compile(r"^```(?P<language>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(language: str, pages: tuple[str, ...] = PAGES) -> list[tuple[str, str]]:
    """(page, body) of every fenced block in `language`, in reading order."""
    return [
        (page, match["body"])
        for page in pages
        for match in _FENCE.finditer(text(page))
        if match["language"] == language
    ]


def languages() -> set[str]:
    """What stands behind the opening fence of any block."""
    return {match["language"] for page in PAGES for match in _FENCE.finditer(text(page))}


def prose(page: str) -> str:
    """The page without its fenced blocks."""
    return _FENCE.sub("", text(page))


def inline(page: str) -> list[str]:
    """What stands in backquotes in the prose."""
    return _INLINE.findall(prose(page))


def shell_commands() -> Iterator[tuple[str, str]]:
    """(page, command) of every simple command in a shell block, quotes as they are."""
    for language in ("sh", "bat"):
        for page, body in blocks(language):
            for line in body.splitlines():
                for part in re.split(r"&&|\|\||;", line):
                    command = re.sub(r"^\s*do\b", "", part).strip()
                    if command:
                        yield page, command


def anchors(page: str) -> set[str]:
    """The anchors that a heading gets where the page is shown."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
