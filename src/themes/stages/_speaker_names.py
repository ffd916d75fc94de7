"""Speaker labels that are names, and which part of them is the name."""

from __future__ import annotations

import re

from themes.grammar.roles import is_role_label
from themes.recognizers import _lexicon
from themes.recognizers._speech import Stretch
from themes.records import Span


def is_name(label: str) -> bool:
    return bool(label) and not is_role_label(label)


def named(label: str) -> Span:
    """The part of a label that is a name: "Anna" in "Interviewer Anna" and "Anna (interviewer)"."""
    words = [word for word in Stretch(label, 0, True).words() if not is_role_label(word.text)]
    if not words:
        return Span(0, len(label))
    start, end = words[0].start, words[-1].end
    while label[end : end + 1] in (".", ")") and label.count("(", start, end) > label.count(
        ")", start, end
    ):
        end += 1
    return Span(start, end)


def name_in(label: str) -> str:
    """The name in a label, without what brackets add: "Jan Bos" of "Jan Bos (Minister of Health)".

    What they add is replaced with the name, but "Health" is looked for nowhere else. Where words
    stand before the bracket, the name may be in it: "The Acting Chair (Bruce Stanton)".
    """
    inner = named(label).of(label)
    parts = [part.strip() for part in re.split(r"[()]", inner) if part.strip()] or [inner]
    return next((part for part in parts if not all(map(_is_ordinary, part.split()))), parts[0])


def _is_ordinary(word: str) -> bool:
    return _lexicon.is_word(word.strip(".,"), "und")
