"""What of a file name may stay in outputs: files are often named after people."""

from __future__ import annotations

import re

from themes.grammar.roles import is_role_label
from themes.recognizers import _lexicon

PLACE = "\ue000"
"""Stands for a pseudonym while the rest of a name is looked at; no file system's letter."""

_PIECE = re.compile(r"[^\W_]+")
_CODE = re.compile(r"([^\W\d_]+)\d{1,4}[^\W\d_]?")
_CODE_LETTERS = 3
_SUFFIX = re.compile(r"\.[A-Za-z]{1,8}$")
_MOST_NUMBERS = 2  # a third one makes a date
_MOST_DIGITS = 4
# Words of file names that are surnames, too, or in no dictionary.
_FILE_WORDS = frozenset(
    "anios aios anonymized concept day demo docx draft en final focus group groep interview "
    "interviews location nl organization part person pilot round session site study test tiny "
    "transcript transcriptie transcripts txt version week".split()
)


def harmless(name: str, language: str) -> str:
    """`name` without the pieces that may identify somebody; "transcript" if nothing stays.

    Roles, codes such as P12, up to two numbers of up to four digits, and ordinary words that are
    nobody's name stay; so does a suffix.

    >>> harmless("Interview-3-P12", "en"), harmless("Okonkwo-0612345678-1984-03-12.docx", "en")
    ('Interview-3-P12', 'transcript.docx')
    """
    suffix = _SUFFIX.search(name)
    stem, end = (name[: suffix.start()], suffix[0]) if suffix else (name, "")
    pieces = [match[0] for match in _PIECE.finditer(stem)]
    many = sum(piece.isdigit() for piece in pieces) > _MOST_NUMBERS
    kept = _PIECE.sub(lambda match: match[0] if _may_stay(match[0], language, many) else "", stem)
    kept = re.sub(r"([-._ ])[-._ ]+", r"\1", kept).strip("-._ ")
    return (kept or "transcript") + end


def _may_stay(piece: str, language: str, many_numbers: bool) -> bool:
    if piece.isdigit():
        return len(piece) <= _MOST_DIGITS and not many_numbers
    code = _CODE.fullmatch(piece)
    letters = code[1] if code else piece
    key = _lexicon.fold(letters)
    if len(letters) <= 2 or key in _FILE_WORDS or is_role_label(letters):
        return True
    is_name = key in _lexicon.first_names() or key in _lexicon.surnames()
    if code and len(letters) <= _CODE_LETTERS:
        return not is_name
    known = _lexicon.is_known(key, language) or _lexicon.is_known(key, "en")
    return known and not is_name
