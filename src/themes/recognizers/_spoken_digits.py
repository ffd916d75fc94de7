"""Numbers and codes read aloud sign by sign, and what the words around them say they are."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from themes.recognizers._numbers import DIGIT, TEEN, TWO_DIGITS, UNIT
from themes.recognizers._speech import stretches
from themes.records import Span, Transcript

_TOKEN = re.compile(
    rf"(?<![\w'’])(?:(?P<repeat>(?:double|triple|treble|dubbele?|driedubbel)[- ](?:{DIGIT}|\d|[a-z]))"
    rf"|(?P<hundred>{DIGIT}[- ]hundred)"
    rf"|(?P<two>{TWO_DIGITS})|(?P<one>{DIGIT}|een|één)"
    r"|(?P<join>dash|hyphen|slash|underscore|streepje|schuine streep|laag streepje|stroke)"
    r"|(?P<digits>\d{1,6})|(?P<acronym>(?-i:[A-Z]{2,4}))|(?P<letter>[a-z]))(?![\w'’])",
    re.IGNORECASE,
)
_GAPS = frozenset((" ", ", ", "-", " - ", "... ", ". ", ", and ", "–", "/"))
# Two numbers joined by a hyphen that make no number: "nine-fourteen", a bed on a ward.
_PAIR = re.compile(
    rf"(?<![\w'’-])(?P<a>{TEEN}|{UNIT})-(?P<b>{TEEN}|{UNIT})(?![\w'’-])", re.IGNORECASE
)
_ORDER = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_ORDER_NL = (
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien"
).split()
_PHONE_CUE = re.compile(
    r"\b(?:phone|mobile|ring|rang|call|called|dial|dialled|bleep|bleeps|bleeped|pager|page|paged"
    r"|extension|ext|sein|pieper|bel|belt|belde|bellen|gebeld|telefoon\w*|toestel|doorkies\w*|06"
    r"|whatsapp|text|landline|line|dect|switchboard)\b",
    re.IGNORECASE,
)
_ID_CUE = re.compile(
    r"\b(?:staff|employee|badge|pass|patient|registration|register|record|file|case|incident|ticket"
    r"|reference|login|pin|code|hospital number|patient number|student|pas|personeels\w*|dossier\w*"
    r"|patiënt\w*|registratie\w*|kenmerk|zaak\w*|mrn|chart|ward|locker|room|kamer|number plate|melding\w*"
    r"|form|formulier|number is|number was|nummer is|nummer was|logged|log in|inlog\w*)\b",
    re.IGNORECASE,
)
_BEFORE = 80  # code points before a number in which a cue tells what it is


class _Sign(NamedTuple):
    kind: str
    text: str
    start: int
    end: int

    @property
    def n_digits(self) -> int:
        if self.kind == "repeat":
            return 3 if self.text.startswith(("trip", "treb", "drie")) else 2
        return {"one": 1, "two": 2, "hundred": 3, "digits": len(self.text)}.get(self.kind, 0)


def spoken_numbers(transcript: Transcript) -> Iterator[tuple[Span, bool, float]]:
    """Numbers read aloud: where, whether a telephone number, how sure.

    "oh six, double one, two three", "K G twenty-two oh seven", "p r t dash h seven" and
    "nine-fourteen" are such; counting ("one two three four") is not. One that opens with a zero or
    follows a word such as "ring" or "extension" is a telephone number, any other an identifier.
    Runs of fewer than three signs or four digits count after a cue or with letters among them.
    """
    for stretch in stretches(transcript):
        text = stretch.text
        for run in _runs(text):
            start, end = run[0].start, run[-1].end
            before = text[max(0, start - _BEFORE) : start]
            phone, other = _last(_PHONE_CUE, before), _last(_ID_CUE, before)
            cued = max(phone, other) >= 0
            if _is_number(run, cued=cued):
                zero = run[0].text in ("oh", "zero", "nul", "o")
                digits = sum(sign.n_digits for sign in run)
                letters = any(sign.kind in ("letter", "acronym", "join") for sign in run)
                is_phone = phone > other or (other < 0 and not letters and (zero or digits >= 8))
                span = Span(start, end).shift(stretch.start)
                yield span, is_phone, 0.85 if cued or zero else 0.7
        for match in _PAIR.finditer(text):
            a, b = (_place(match[name]) for name in "ab")
            if abs(a - b) > 1 and (a > 9 or b > 9):
                yield Span(*match.span()).shift(stretch.start), False, 0.6


def _runs(text: str) -> Iterator[list[_Sign]]:
    """Maximal rows of signs with nothing but a blank, comma or hyphen between them, trimmed."""
    run: list[_Sign] = []
    for match in _TOKEN.finditer(text):
        sign = _Sign(str(match.lastgroup), match[0].casefold(), match.start(), match.end())
        if run and text[run[-1].end : sign.start] not in _GAPS:
            yield from _trimmed(run)
            run = []
        run.append(sign)
    yield from _trimmed(run)


def _trimmed(run: list[_Sign]) -> Iterator[list[_Sign]]:
    """The run without words at its ends that are signs by chance: "a", "I", "u", Dutch "een"."""

    def by_chance(sign: _Sign, beside: _Sign | None) -> bool:
        spelled = beside is not None and beside.kind in ("letter", "join")
        if sign.kind == "letter":
            return sign.text in "aiou" and not spelled
        return sign.kind == "join" or sign.text == "een"

    while run and by_chance(run[0], run[1] if len(run) > 1 else None):
        run = run[1:]
    while run and by_chance(run[-1], run[-2] if len(run) > 1 else None):
        run = run[:-1]
    if run:
        yield run


def _is_number(run: list[_Sign], *, cued: bool) -> bool:
    digits = sum(sign.n_digits for sign in run)
    spelled = sum(sign.kind in ("letter", "acronym") for sign in run)
    spoken = sum(sign.kind in ("one", "repeat", "hundred") for sign in run)
    words = [sign for sign in run if sign.kind in ("one", "two", "repeat", "hundred")]
    if _counts([sign.text for sign in words]) and not spelled:
        return False
    if spelled and words:
        return digits >= 3 and len(run) >= 3
    if spelled:
        return digits >= 3 and any(sign.kind == "join" for sign in run)
    if not words or len(run) < 3 or digits < 4 - cued:
        return False
    return spoken >= 2 + (not cued and digits < 5)


def _place(word: str) -> int:
    key = word.casefold().replace("é", "e")
    order = _ORDER if key in _ORDER else _ORDER_NL
    return order.index(key) + 1 if key in order else -9


def _counts(words: list[str]) -> bool:
    """Whether somebody counts up or down, or says one number over and over."""
    places = [_place(word) for word in words]
    steps = {later - earlier for earlier, later in itertools.pairwise(places)}
    return -9 not in places and (steps <= {1, 0} or steps <= {-1, 0})


def _last(cue: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in cue.finditer(text)), default=-1)
