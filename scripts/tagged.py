"""Interviews as they are drafted: text in which personal data is marked in place.

`[[PERSON:Joost]]` marks a mention; marks may hold other marks. `split` gives the clean text and
the spans, in code points of the clean text.
"""

from __future__ import annotations

import re
from pathlib import Path

CATEGORIES = frozenset("PERSON ORGANIZATION LOCATION DATE AGE PHONE EMAIL URL ID INDIRECT".split())
_OPEN = re.compile(r"\[\[([A-Z]+):")


def split(tagged: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The clean text, and (start, end, category) of every mark, by start and falling length.

    Raises ValueError for an unknown category or a mark that is not closed.

    >>> split("Ask [[PERSON:Joost]].")
    ('Ask Joost.', [(4, 9, 'PERSON')])
    """
    clean: list[str] = []
    length = position = 0
    open_marks: list[tuple[str, int]] = []
    found: list[tuple[int, int, str]] = []
    while position < len(tagged):
        opening = _OPEN.match(tagged, position)
        if opening:
            if opening[1] not in CATEGORIES:
                raise ValueError(f"unknown category {opening[1]} at {position}")
            open_marks.append((opening[1], length))
            position = opening.end()
        elif open_marks and tagged.startswith("]]", position):
            category, start = open_marks.pop()
            found.append((start, length, category))
            position += 2
        else:
            clean.append(tagged[position])
            length += 1
            position += 1
    if open_marks:
        raise ValueError(f"a mark {open_marks[-1][0]} is not closed")
    return "".join(clean), sorted(found, key=lambda span: (span[0], -span[1], span[2]))


def turns(clean: str) -> list[tuple[str, str]]:
    """(label, speech) of each paragraph "LABEL: speech"."""
    pairs = []
    for paragraph in re.split(r"\n\s*\n", clean.strip()):
        label, colon, speech = paragraph.partition(": ")
        if not colon:
            raise ValueError(f"paragraph {len(pairs) + 1} has no label")
        pairs.append((label, speech.strip()))
    return pairs


def read(path: Path) -> tuple[str, list[tuple[int, int, str]]]:
    """`split` of a file, without white space at its ends."""
    return split(path.read_text(encoding="utf-8").strip())
