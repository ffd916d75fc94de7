"""Places that tell where somebody lives, works or comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from themes.recognizers import _lexicon
from themes.recognizers._names import adjacent
from themes.recognizers._speech import Stretch, Word, matches, stretches
from themes.records import Mention, Span, Transcript

_IN = frozenset(
    "in near outside around uit te nabij vanuit richting rondom bij naar omgeving regio".split()
)
_AT = _IN | frozenset(
    "from to at for via over through between of and or en of tussen called the".split()
)
_HERE = _IN | frozenset(["from"])
_ORIGIN = re.compile(
    r"(?:['’](?:s|m|re)\b|\b(?:born|raised|grew up|grown up|come|comes|came|originally|family|parents|roots|moved|back"
    r"|home|trained|studied|worked|lived?|native|is|are|was|were|am|geboren|opgegroeid|afkomstig|kom|komt|kwam|komen"
    r"|ouders|familie|gestudeerd|gewoond|woonde|opgeleid)\b)"
    r"[^.!?\n]{0,18}\b(?:in|to|of|naar|van|from|uit)(?: the)? $",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:[A-Z]\w+ )?[A-Z]\w*(?:straat|laan|weg|plein|gracht|kade|singel|dreef|steeg|hof|dijk)"
    r"(?: \d{1,4}(?: ?[a-zA-Z]\b)?)?(?!\w)"
    r"|\b\d{1,4}[a-zA-Z]? (?:[A-Z][\w']+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Close|Court"
    r"|Crescent|Terrace|Place|Way|Square|Boulevard|Blvd|Parade)\b\.?"
    r"|\b(?:[A-Z][\w']+ ){1,2}(?:Street|Road|Avenue|Lane|Crescent|Terrace)\b"
)
_LONGEST = 4


class Location:
    """Towns, provinces, districts and streets; countries only where they tell an origin.

    Source: Dutch, Flemish and other towns from Faker (MIT); large cities and countries written for
    this project. A place that is also a word, a first name or a surname ("Best", "Austin") needs a
    preposition and a capital. An unknown capitalised word after "in", "near", "uit" and their like
    counts as a place. A country alone names nobody ("I went to Spain") and stays, except after a
    word of origin: with a specialty and a year it narrows a person down. Found: "in Dordrecht",
    "from Westport", "Kerkstraat 12", "she comes from Romania". Not found: "Spain", "best", "Dutch".
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The places in speech, in reading order within each form."""
        yield from matches(transcript, _STREET, "location", "location", 0.85)
        for stretch in stretches(transcript):
            yield from _in_stretch(stretch, transcript.language)


def _in_stretch(stretch: Stretch, language: str) -> Iterator[Mention]:
    words = stretch.words()
    at = 0
    while at < len(words):
        if words[at].bracketed:
            at += 1
            continue
        end, sure = _listed(words, at, stretch, language)
        if not sure:
            end, sure = _cued(words, at, stretch, language)
        if sure:
            span = Span(words[at].start, words[end - 1].end)
            yield Mention(span, "location", "location", sure)
        at = max(end, at + 1)


def _listed(words: list[Word], at: int, stretch: Stretch, language: str) -> tuple[int, float]:
    """The index after the longest listed place that starts at `at`, and how sure it is one."""
    for long in range(min(_LONGEST, len(words) - at), 0, -1):
        end = at + long
        first, last = words[at].start - stretch.start, words[end - 1].end - stretch.start
        name = " ".join(stretch.text[first:last].split())
        places = _places()
        key = _lexicon.fold(name)
        if key not in places and key not in _countries():
            continue
        if stretch.cased and not name[0].isupper() and not name.startswith("'s"):
            continue
        before = (
            words[at - 1].key if at and adjacent(words, stretch.text, stretch.start, at) else ""
        )
        if key in _countries() and (key not in places or _lexicon.is_kept(key)):
            told = _ORIGIN.search(stretch.text[max(0, first - 70) : first])
            return (end, 0.8) if told else (at, 0.0)
        # A place that is also a word or a name needs more than its spelling.
        taken = long == 1 and _lexicon.is_word(key, language)
        named = long == 1 and (key in _lexicon.first_names() or key in _lexicon.surnames())
        if not (taken or named or (not stretch.cased and len(key) < 4)):
            return end, 0.9 if before in _AT else 0.75
        if stretch.cased and before in _HERE:
            return end, 0.9
        if stretch.cased and named and not taken and before in _AT:
            return end, 0.7
        if not stretch.cased and not taken and before in _HERE:
            return end, 0.75
    return at, 0.0


def _cued(words: list[Word], at: int, stretch: Stretch, language: str) -> tuple[int, float]:
    """An unknown capitalised word, or a run of them, after a preposition of place."""
    before = words[at - 1].key if adjacent(words, stretch.text, stretch.start, at) else ""
    word = words[at]
    if (
        not stretch.cased
        or before not in _HERE
        or not word.capital
        or _lexicon.is_word(word.key, language)
        or word.key in _lexicon.first_names()
    ):
        return at, 0.0
    end = at + 1
    while (
        end < len(words)
        and words[end].capital
        and adjacent(words, stretch.text, stretch.start, end)
        and not _lexicon.is_kept(words[end].key)
    ):
        end += 1
    return end, 0.65


@cache
def _places() -> frozenset[str]:
    return frozenset(map(_lexicon.fold, _lexicon.entries("places.txt", "cities.txt")))


@cache
def _countries() -> frozenset[str]:
    return frozenset(map(_lexicon.fold, _lexicon.entries("countries.txt")))
