"""Numbers as people say them, in English and Dutch, and what they come to."""

from __future__ import annotations

import re
from functools import cache

_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NL = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien "
    "zestien zeventien achttien negentien"
).split()
_NL_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_EN_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_NL_ORDINALS = (
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende "
    "veertiende vijftiende zestiende zeventiende achttiende negentiende"
).split()
_DIGITS = re.compile(r"(\d+)(?:st|nd|rd|th|ste|de|e)?")


def number_of(words: str) -> int | None:
    """The number from 0 to 2099 that digits or words stand for; None where they stand for none.

    Cardinals, ordinals, and years in two halves; hyphens or spaces between English words.

    >>> [number_of(w) for w in ("34", "thirty-four", "vierendertig", "21st", "third", "eenentwintigste")]
    [34, 34, 34, 21, 3, 21]
    >>> [number_of(w) for w in ("twenty nineteen", "two thousand and four", "tweeduizend vier", "a few")]
    [2019, 2004, 2004, None]
    """
    said = re.sub(r"[\s-]+", " ", words.strip().casefold())
    if match := _DIGITS.fullmatch(said):
        return int(match[1]) if len(match[1]) <= 4 else None
    known = _spoken().get(said)
    return _in_parts(said.split()) if known is None else known


@cache
def _spoken() -> dict[str, int]:
    """Everything under a hundred that is one word or one pair of words."""
    found = {word: n for words in (_EN, _NL) for n, word in enumerate(words)}
    found |= {word: n for words in (_EN_ORDINALS, _NL_ORDINALS) for n, word in enumerate(words, 1)}
    found["één"], found["oh"] = 1, 0
    for at, (ten, tien) in enumerate(zip(_EN_TENS, _NL_TENS, strict=True), 2):
        found[ten] = found[f"{ten[:-1]}ieth"] = found[tien] = found[f"{tien}ste"] = at * 10
        for unit in range(1, 10):
            found[f"{ten} {_EN[unit]}"] = found[f"{ten} {_EN_ORDINALS[unit - 1]}"] = at * 10 + unit
            for link in ("en", "ën"):
                compound = f"{_NL[unit]}{link}{tien}"
                found[compound] = found[f"{compound}ste"] = at * 10 + unit
    return found


def _in_parts(words: list[str]) -> int | None:
    """Hundreds, thousands and years said in halves."""
    plain = [word for word in words if word not in ("and", "a", "en")]
    if plain[:2] == ["one", "hundred"]:
        plain = plain[1:]
    text = " ".join(plain)
    for thousand, base in (("two thousand", 2000), ("tweeduizend", 2000), ("negentienhonderd", 1900),
                           ("nineteen hundred", 1900), ("hundred", 100), ("honderd", 100)):  # fmt: skip
        if text == thousand:
            return base
        if text.startswith(thousand):
            rest = text[len(thousand) :].strip().removeprefix("en").strip()
            value = _spoken().get(rest)
            return None if value is None else base + value
    if len(plain) >= 2 and plain[0] in ("twenty", "nineteen"):
        rest = plain[2:] if plain[1] in ("oh", "o") and len(plain) > 2 else plain[1:]
        value = _spoken().get(" ".join(rest))
        if value is not None and (value >= 10 or plain[1] in ("oh", "o")):
            return (2000 if plain[0] == "twenty" else 1900) + value
    return None
