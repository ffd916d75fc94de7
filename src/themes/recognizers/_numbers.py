"""Numbers as people say them, in English and Dutch, as pieces of regular expressions."""

from __future__ import annotations

_UNITS_EN = "one two three four five six seven eight nine".split()
_TEENS_EN = (
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
)
_TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_UNITS_NL = "een twee drie vier vijf zes zeven acht negen".split()
_TEENS_NL = "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()
_TENS_NL = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_ORDINAL_UNITS_EN = "first second third fourth fifth sixth seventh eighth ninth".split()
_ORDINAL_REST_EN = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth "
    "nineteenth twentieth thirtieth".split()
)
_ORDINALS_NL = (
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde "
    "dertiende veertiende vijftiende zestiende zeventiende achttiende negentiende".split()
)


def _either(words: list[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"


def _dutch_compounds() -> list[str]:
    links = {unit: "ën" if unit in ("twee", "drie") else "en" for unit in _UNITS_NL}
    words = [unit + link + ten for unit, link in links.items() for ten in _TENS_NL]
    # Transcribers write the plain "en" as often as the dotted one.
    return words + [word.replace("ën", "en") for word in words if "ën" in word]


_COMPOUNDS_NL = _dutch_compounds()

DIGIT = _either([*_UNITS_EN, *_UNITS_NL[1:], "zero", "oh", "nul", "één"])
"""A spoken digit. Dutch "een" is left out: it is the article."""

TENS = rf"(?:{_either(_TENS_EN)}|{_either(_TENS_NL)})"
TEEN = rf"(?:{_either(_TEENS_EN)}|{_either(_TEENS_NL)})"
TWO_DIGITS = (
    rf"(?:{_either(_COMPOUNDS_NL)}|{_either(_TENS_EN)}(?:[- ]{_either(_UNITS_EN)})?"
    rf"|{_either(_TENS_NL)}|{TEEN})"
)
"""10 to 99 in words: "seventy-eight", "zesentwintig"."""

UNIT = rf"(?:{_either(_UNITS_EN)}|{_either(_UNITS_NL[1:])}|één)"

ORDINAL = (
    rf"(?:{_either(_TENS_EN)}[- ]{_either(_ORDINAL_UNITS_EN)}"
    rf"|{_either([*_ORDINAL_UNITS_EN, *_ORDINAL_REST_EN])}"
    rf"|{_either([*_ORDINALS_NL, *(word + 'ste' for word in [*_COMPOUNDS_NL, 'twintig', 'dertig'])])})"
)
"""A day of the month in words: "third", "twenty-first", "eenentwintigste"."""

YEAR = (
    r"(?:(?:19[3-9]|20[0-4])\d)"
    rf"|(?:twenty|nineteen)[- ](?:{_either(_TENS_EN)}(?:[- ]{_either(_UNITS_EN)})?"
    rf"|{_either(_TEENS_EN)}|oh[- ]{_either(_UNITS_EN)})"
    rf"|two thousand(?: and)? (?:{TWO_DIGITS}|{_either(_UNITS_EN)})"
    rf"|(?:tweeduizend|negentienhonderd)[- ]?(?:en)?(?:{_either(_COMPOUNDS_NL)}"
    rf"|{_either(_TENS_NL)}|{_either(_TEENS_NL)}|{_either(_UNITS_NL)})"
)
"""A year from 1930 to 2049 in digits, or in words: "twenty nineteen", "tweeduizend negentien"."""
