"""The word lists beside this file, each read once and only when a recognizer needs it.

Shared by the recognizers of names and by `themes.stages.anonymize`, which must not carry a name
that is also a word ("Will", "Roos") from one place to all others.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

# Sounds have no spelling: "ohh", "hmmm", "uhuh".
_SOUND = re.compile(r"o+h+|a+h+|a+w+|e+h+m*|h+m+|m+h*m+|u+h+m*|u+m+|u+h-?(?:u+h+|hu+h+)|hey+")

_ENDINGS = tuple("s es ed d ing er e en n't je tje y ish ly ness".split())
_FOLDER = Path(__file__).parent / "lists"


# First names that in Dutch open sentences as words far more often than as names.
_DUTCH_WORDS = frozenset("ben dan frans ken kim mark may wil".split())


def fold(name: str) -> str:
    """A name as lists hold it: casefolded, with a straight apostrophe."""
    return name.casefold().replace("’", "'")


def plain(name: str) -> str:
    """A name without case, accents and curly apostrophes.

    >>> plain("Gráinne’s")
    "grainne's"
    """
    apart = unicodedata.normalize("NFKD", fold(name))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@cache
def words(language: str) -> frozenset[str]:
    """The ordinary words of a language: English for "en", both for "nl" and everything else.

    English interviews seldom hold Dutch words, and a Dutch lexicon would hide names such as "Kam"
    in them; Dutch interviews are full of English words.

    >>> "roos" in words("nl"), "roos" in words("en"), "will" in words("en")
    (True, False, True)
    """
    found = _spoken().union(_lines("words_en.txt"))
    return frozenset(found if language == "en" else found.union(_lines("words_nl.txt")))


@cache
def first_names() -> frozenset[str]:
    """First names of many cultures, folded."""
    more = (fold(name) for line in _lines("more_first_names.txt") for name in line.split())
    return frozenset(_lines("first_names.txt")).union(more)


@cache
def plain_first_names() -> frozenset[str]:
    """First names that dictionaries hold as words too, but that a capital makes names, folded."""
    return frozenset(
        fold(name) for line in _lines("plain_first_names.txt") for name in line.split()
    )


@cache
def surnames() -> frozenset[str]:
    """Surnames of many cultures, folded, without particles such as "van der"."""
    return frozenset(_lines("surnames.txt"))


@cache
def towns() -> frozenset[str]:
    """Single words that are towns, provinces or large cities, folded."""
    return frozenset(fold(name) for name in entries("places.txt", "cities.txt") if " " not in name)


@cache
def attested(language: str) -> frozenset[str]:
    """Ordinary words that people were heard to use, in English or Dutch interviews, folded."""
    return frozenset(_lines(f"attested_{language}.txt"))


@cache
def keep() -> frozenset[str]:
    """Capitalised words that stay without a cue (eponyms, peoples, makes), folded; see keep.txt."""
    return frozenset(fold(line) for line in _lines("keep.txt"))


@cache
def entries(*files: str) -> frozenset[str]:
    """The entries of lists with several on a line, parted by "; ", as written."""
    lines = (line for file in files for line in _lines(file))
    return frozenset(entry for line in lines for entry in line.split("; "))


def is_word(name: str, language: str) -> bool:
    """Whether a single name is also an ordinary word, or one that is kept.

    >>> [is_word(name, "en") for name in ("Rich", "Parkinson", "Femke", "Martin", "Dan")]
    [True, True, False, False, False]
    >>> is_word("Dan", "nl")
    True
    """
    key = fold(name)
    plain = key in plain_first_names() and not (language[:2] == "nl" and key in _DUTCH_WORDS)
    return not plain and (is_known(key, language) or is_kept(key))


def is_known(key: str, language: str) -> bool:
    """Whether a folded word, or each part of one with hyphens, is an ordinary word."""
    known = words(language)
    return key in known or ("-" in key and all(part in known for part in key.split("-")))


def is_seldom_a_word(key: str) -> bool:
    """Whether a folded first name is a word of dictionaries that nobody was heard to use: "wim"."""
    return key in first_names() and not any(key in attested(language) for language in ("en", "nl"))


@lru_cache(maxsize=200_000)
def is_explained(key: str, language: str) -> bool:
    """Whether a folded word is ordinary or kept, or a regular form of such a word."""
    return is_word(key, language) or any(
        key.endswith(ending) and is_word(key[: -len(ending)], language) for ending in _ENDINGS
    )


def is_kept(key: str) -> bool:
    """Whether a folded word, or its singular, is on the keep list, or is one of mere speech."""
    return key in keep() or (key.endswith("s") and key[:-1] in keep()) or is_spoken(key)


def is_spoken(key: str) -> bool:
    """Whether a folded word is one of mere speech or grammar, which no cue makes a name."""
    return key in _spoken() or _SOUND.fullmatch(key) is not None


@cache
def _spoken() -> frozenset[str]:
    return frozenset(fold(word) for line in _lines("spoken_words.txt") for word in line.split())


def _lines(file: str) -> list[str]:
    text = (_FOLDER / file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
