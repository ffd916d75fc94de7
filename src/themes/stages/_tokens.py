"""The words of any text as a search compares them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Letters of other alphabets that look like these: a name typed with one of them is still read.
_LOOKALIKES = str.maketrans("аеіорсухкмтвнαοινκρτυχøłđı", "aeiopcyxkmtbhaoivkptyxoldi")
_UNSEEN = dict.fromkeys([0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
                         *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF])  # fmt: skip
# Letters, digits, and what may stand unseen or as an apostrophe between them.
_TOKEN = re.compile(
    r"[^\W_](?:[^\W_]|[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff’'\u0300-\u036f])*"
)
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_OPENS = frozenset('.!?…:;\n\r\t"“”„«»‘([{<>*•|,=/\\')
_MOST_BEFORE = 24


class Token(NamedTuple):
    """A word or number, folded, and its place in the text.

    `capital`: a capital and then small letters. `initial`: it opens a sentence, a line or a cell,
    so that its capital says nothing.
    """

    key: str
    start: int
    end: int
    capital: bool
    initial: bool


def fold(text: str) -> str:
    """Text as it is compared: no accents, no case, nothing unseen, lookalikes as what they look like.

    >>> fold("Fe\\u0301\\u200bmke"), fold("Вакkеr")
    ('femke', 'bakker')
    """
    plain = unicodedata.normalize("NFKD", text.translate(_UNSEEN)).casefold()
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return bare.translate(_LOOKALIKES)


def tokens(text: str) -> Iterator[Token]:
    """Words and numbers in reading order; what names of files write together is taken apart.

    >>> [token.key for token in tokens("FemkeBakker2021_v1, O'Brien")]
    ['femke', 'bakker', '2021', 'v', '1', 'obrien']
    """
    for match in _TOKEN.finditer(text):
        start = match.start()
        for piece in _CAMEL.split(match[0]) if match[0].isalnum() else [match[0]]:
            cuts = _PARTS.finditer(piece) if piece.isalnum() and not piece.isalpha() else None
            spans = [(cut.start(), cut.end()) for cut in cuts] if cuts else [(0, len(piece))]
            for a, b in spans:
                key = "".join(sign for sign in fold(piece[a:b]) if sign.isalnum())
                if key:
                    yield Token(
                        key,
                        start + a,
                        start + b,
                        piece[a].isupper() and not (b - a > 1 and piece[a:b].isupper()),
                        _opens(text, start + a),
                    )
            start += len(piece)


def _opens(text: str, start: int) -> bool:
    """Whether a sentence, a cell or a line begins here, so that a capital says nothing."""
    at = start - 1
    while at >= max(0, start - _MOST_BEFORE) and text[at] in " \u00a0'*_-–—":
        at -= 1
    return at < 0 or text[at] in _OPENS
