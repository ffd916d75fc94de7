"""The canonical text of a transcript: the only place that knows its layout."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from themes.records import Span

LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_SURROGATES = re.compile("[\ud800-\udfff]")

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


def normalize(speech: str) -> str:
    """Speech as the canonical text holds it: NFC, "\\n" breaks, no empty line, no edge spaces.

    Soft hyphens and spaces of no width are left out: nobody sees them, and they cut names in two.

    >>> normalize("So.\\r\\n\\r\\n Well ")
    'So.\\nWell'
    """
    if _SURROGATES.search(speech):  # halves of an emoji, as JSON escapes and RTF can leave them
        speech = speech.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    speech = unicodedata.normalize("NFC", LINE_ENDS.sub("\n", speech.translate(_INVISIBLE)))
    lines = (line.strip(" \t") for line in speech.split("\n"))
    return "\n".join(line for line in lines if line).strip()


def compose(parts: Iterable[tuple[str, str]]) -> tuple[str, tuple[Span, ...]]:
    """The canonical text of (speaker, speech) pairs, and where each speech stands in it.

    One turn a paragraph, "LABEL: speech", an empty line between turns; a turn without a speaker
    is its speech alone. Speech must be normalized and not empty (ValueError otherwise). Spans are
    code points in the text, in order.

    >>> compose([("I", "Hello?"), ("R", "Yes.")])
    ('I: Hello?\\n\\nR: Yes.', (Span(start=3, end=9), Span(start=14, end=18)))
    """
    pieces: list[str] = []
    spans: list[Span] = []
    position = 0
    for speaker, speech in parts:
        if not speech or speech != normalize(speech):
            raise ValueError("speech must be normalized and not empty")
        gap = "\n\n" if pieces else ""
        label = f"{speaker}: " if speaker else ""
        start = position + len(gap) + len(label)
        spans.append(Span(start, start + len(speech)))
        pieces += [gap, label, speech]
        position = start + len(speech)
    return "".join(pieces), tuple(spans)
