"""What the trained recognizer of names sees of a text, and how it is opened.

Shared by the member `ner` and by scripts/train_ner.py, so that both cut and describe words alike.
The two networks (one for text with capitals, one for text without) are pipelines of spaCy with a
single component, kept without its vocabulary: words enter by their hash only, so that no name of
the training text lies in the file. It is loaded from bytes whose hash the card names; no pickle.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from themes import resources
from themes.recognizers import _lexicon
from themes.recognizers._names import PARTICLES

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LABELS = ("PERSON", "LOCATION", "ORGANIZATION", "DATE", "AGE", "PHONE", "EMAIL", "URL", "ID")
CASED, SMALL = "ner-cased", "ner-small"
"""The names of the two networks' folders in models/."""

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")


def tokens(text: str) -> list[tuple[int, int]]:
    """Where the words and signs of a text stand: runs of letters and digits, and single signs.

    >>> [text[start:end] for text in ["Bart-Jan's"] for start, end in tokens(text)]
    ['Bart', '-', 'Jan', "'", 's']
    """
    return [match.span() for match in _TOKEN.finditer(text)]


@lru_cache(maxsize=200_000)
def lists_of(word: str, language: str) -> str:
    """On which lists a folded word stands, one letter each; "" for a word that none holds."""
    found = "F" if word in _lexicon.first_names() else ""
    found += "P" if word in PARTICLES else ""
    found += "S" if word in _lexicon.surnames() else ""
    found += "T" if word in _lexicon.towns() else ""
    found += "W" if word in _lexicon.words(language) else ""
    return found + ("K" if _lexicon.is_kept(word) else "")


def described(
    words: Sequence[str], language: str, unlisted: frozenset[int] = frozenset()
) -> list[str]:
    """The lists on which each word stands; those at `unlisted` as if no list of names held them."""
    found = [lists_of(_lexicon.fold(word), language) for word in words]
    return [
        "".join(letter for letter in lists if letter in "WKP") if at in unlisted else lists
        for at, lists in enumerate(found)
    ]


def document(
    nlp: Language,
    text: str,
    places: Sequence[tuple[int, int]],
    language: str,
    unlisted: frozenset[int] = frozenset(),
) -> Doc:
    """The words of `text` at `places` as spaCy's record, with their lists in place of a tag."""
    from spacy.tokens import Doc

    words = [text[start:end] for start, end in places]
    tags = [lists or "-" for lists in described(words, language, unlisted)]
    return Doc(nlp.vocab, words=words, tags=tags)


@cache
def network(name: str) -> Language:
    """The trained network of that name, ready to use. Raises MissingModelError when it is damaged."""
    from thinc.api import use_ops

    card, data = resources.open_checked(
        resources.folder("models") / name, "network.json", "install themes again"
    )
    # The plain product of matrices is half as fast again here as spaCy's own, and no less exact.
    with use_ops("numpy", use_blis=False):
        nlp = blank(card["config"])
    nlp.get_pipe("ner").from_bytes(data["network.bin"], exclude=["vocab"])
    return nlp


def blank(config: dict[str, Any]) -> Language:
    """An untrained pipeline with the recognizer alone."""
    import spacy

    nlp = spacy.blank("xx")
    nlp.add_pipe("ner", config=config)
    return nlp
