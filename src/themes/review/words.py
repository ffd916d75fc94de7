"""The interface's words, one TOML file a language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "nl")
_FOLDER = Path(__file__).parent / "words"


class Words:
    """`words("recorded", code="Cost")`: the sentence of that key in one language."""

    def __init__(self, language: str, table: Mapping[str, str]) -> None:
        self.language, self._table = language, table

    def __call__(self, key: str, **values: object) -> str:
        return self._table[key].format(**values)

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def some(self, prefix: str) -> dict[str, str]:
        """All sentences whose keys begin with `prefix`, for the page's script."""
        return {k[len(prefix) :]: v for k, v in self._table.items() if k.startswith(prefix)}


@cache
def words(language: str) -> Words:
    """The words of "en" or "nl"; of English for any other.

    >>> words("nl")("do_accept")
    'Toekennen'
    """
    language = language if language in LANGUAGES else "en"
    return Words(language, tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8")))


def preferred(header: str) -> str:
    """The first language of an Accept-Language header that we speak.

    >>> preferred("de-DE,nl;q=0.8,en;q=0.5")
    'nl'
    """
    for part in header.split(","):
        tag = part.split(";")[0].strip().lower().split("-")[0]
        if tag in LANGUAGES:
            return tag
    return "en"
