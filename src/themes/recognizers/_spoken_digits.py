"""Runs of digits read aloud, and what kind of number the words around them say it is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from themes.recognizers._numbers import DIGIT, TWO_DIGITS
from themes.recognizers._speech import stretches
from themes.records import Span, Transcript

_REPEAT = rf"(?:(?:double|triple|treble|dubbel|dubbele)[- ](?:{DIGIT}|\d))"
_PIECE = rf"(?:{_REPEAT}|{DIGIT}[- ]hundred|{DIGIT}|{TWO_DIGITS})"
_LETTERS = r"(?:[A-Za-z] ){0,3}"
_RUN = re.compile(
    rf"(?<![\w'’-])(?:{_LETTERS})(?:{_PIECE})(?:(?:, and |, |\.\.\. |[- .]){{1}}{_PIECE}){{2,}}(?![\w-])",
    re.IGNORECASE,
)
_TOKEN = re.compile(rf"{_REPEAT}|{TWO_DIGITS}|{DIGIT}", re.IGNORECASE)
_ORDER = "one two three four five six seven eight nine ten".split()
_PHONE_CUE = re.compile(
    r"\b(?:phone|mobile|ring|rang|call|called|dial|bleep|pager|extension|ext|sein|pieper|bel|belt"
    r"|bellen|telefoon\w*|toestel|doorkies\w*|06|whatsapp|text|landline|line)\b",
    re.IGNORECASE,
)
_ID_CUE = re.compile(
    r"\b(?:staff|employee|badge|pass|patient|registration|register|record|file|case|incident|ticket"
    r"|reference|login|pin|code|hospital number|patient number|student|pas|personeels\w*|dossier\w*"
    r"|patiënt\w*|registratie\w*|kenmerk|zaak\w*|mrn|chart|ward|locker|room|kamer|number plate)\b",
    re.IGNORECASE,
)


def spoken_numbers(transcript: Transcript) -> Iterator[tuple[Span, bool, float]]:
    """Runs of four or more spoken digits: where, whether a telephone number, how sure.

    "oh six, double one, two three" is a run; counting ("one two three four") is not. A run that
    opens with a zero or follows a word such as "ring" or "extension" is a telephone number,
    otherwise an identifier.
    """
    for stretch in stretches(transcript):
        for match in _RUN.finditer(stretch.text):
            pieces = [token[0].casefold() for token in _TOKEN.finditer(match[0])]
            n_digits = sum(_n_digits(piece) for piece in pieces)
            before = stretch.text[max(0, match.start() - 80) : match.start()]
            phone, other = _last(_PHONE_CUE, before), _last(_ID_CUE, before)
            singles = sum(_n_digits(piece) != 2 or " " in piece for piece in pieces)
            if n_digits < 4 or _counts(pieces) or singles < 2:
                continue
            if n_digits < 5 and phone < 0 and other < 0:
                continue
            zero = pieces[0] in ("oh", "zero", "nul")
            is_phone = phone > other or (other < 0 and (zero or n_digits >= 8))
            span = Span(match.start(), match.end()).shift(stretch.start)
            yield span, is_phone, 0.85 if max(phone, other) >= 0 or zero else 0.7


def _n_digits(piece: str) -> int:
    if piece.startswith(("double", "dubbel")):
        return 2
    if piece.startswith(("triple", "treble")):
        return 3
    return 1 if re.fullmatch(DIGIT, piece) else 2


def _counts(pieces: list[str]) -> bool:
    """Whether somebody counts up or down, or says one number over and over."""
    places = [_ORDER.index(piece) if piece in _ORDER else -9 for piece in pieces]
    steps = {later - earlier for earlier, later in itertools.pairwise(places)}
    return -9 not in places and (steps <= {1, 0} or steps <= {-1, 0})


def _last(cue: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in cue.finditer(text)), default=-1)
