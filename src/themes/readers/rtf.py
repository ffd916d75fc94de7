"""Rich Text Format."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from striprtf.striprtf import rtf_to_text

from themes.errors import ReadError
from themes.readers._blocks import Block, transcripts_of
from themes.records import Transcript

_TOKEN = re.compile(
    r"\\(?P<word>[a-z]+)(?P<number>-?\d+)? ?|\\'[0-9a-fA-F]{2}|\\[^a-z]|[{}]|[^\\{}]+", re.DOTALL
)
_STATES = frozenset({"v", "deleted"})
# Words that make a piece of text: in hidden text they go with it.
_TEXT_WORDS = frozenset(
    "u tab emdash endash lquote rquote ldblquote rdblquote bullet emspace enspace".split()
)
_COUNTED = {"footnote": "Footnotes left out: {n}.", "annotation": "Comments left out: {n}."}


class Rtf:
    """Rich Text Format, as f4transkript, Word and TextEdit write it.

    Deleted and hidden text, notes and comments are left out and counted. Format: Microsoft,
    "Rich Text Format (RTF) Specification", version 1.9.1.
    """

    suffixes = (".rtf",)

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The transcript in the file; ReadError if it is no RTF or breaks off at once."""
        data = path.read_bytes()
        # RTF is ASCII; whatever it says in other code pages is written as \'xx or \uN.
        source = data.decode("latin-1").lstrip("ï»¿ \t\r\n")
        if not source.startswith("{\\rtf"):
            raise ReadError(path.name, "is not Rich Text Format", "save it again, as .rtf")
        shown, counts = _shown(source)
        try:
            text = rtf_to_text(shown, errors="replace")
        except (ValueError, IndexError, KeyError, LookupError, TypeError, AttributeError):
            raise ReadError(path.name, "is broken RTF", "save it again, as .docx") from None
        # \u escapes are UTF-16 units, so that an emoji arrives as two halves.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        notes = [_COUNTED[word].format(n=counts[word]) for word in sorted(_COUNTED) if counts[word]]
        if counts["hidden"]:
            notes.append(f"Pieces of deleted or hidden text left out: {counts['hidden']}.")
        blocks = [Block(line.strip("\t ")) for line in text.split("\n") if line.strip()]
        return transcripts_of(blocks, path, data, "rtf", notes=notes)


def _shown(source: str) -> tuple[str, Counter[str]]:
    """The source without hidden and deleted text, cells as tabs, and how often what was found."""
    kept: list[str] = []
    counts: Counter[str] = Counter()
    state: frozenset[str] = frozenset()
    outer: list[frozenset[str]] = []
    for match in _TOKEN.finditer(source):
        token, word = match[0], match["word"]
        if token == "{":
            outer.append(state)
        elif token == "}":
            state = outer.pop() if outer else frozenset()
        elif word in _STATES:
            state = state - {word} if match["number"] == "0" else state | {word}
            continue
        elif word == "plain":
            state = frozenset()
        elif state and (word is None or word in _TEXT_WORDS):
            counts["hidden"] += 1
            continue
        elif word in _COUNTED:
            counts[word] += 1
        elif word == "cell":
            token = "\\tab "
        kept.append(token)
    return "".join(kept), counts
