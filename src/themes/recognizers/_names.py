"""The shape of a person's name in running words: initials, particles, capitals."""

from __future__ import annotations

from themes.recognizers import _lexicon
from themes.recognizers._speech import Stretch, Word

PARTICLES = frozenset(
    "van der den de ter ten te 't von zu vom du le la della di da dos del el al bin ibn ben mac "
    "st".split()
)
_OPENING_PARTICLES = frozenset("van von el al bin ibn da di du del della dos ter ten mac".split())
_LONGEST = 5
_OWNED_TERMS = frozenset(
    "disease syndrome palsy ulcer oesophagus esophagus sign phenomenon lymphoma contracture anemia "
    "anaemia chorea law triad reflex duct taxonomy hierarchy".split()
)
_TERMS = _OWNED_TERMS | frozenset(
    "score scale criteria catheter forceps position manoeuvre maneuver procedure stain tube line "
    "valve node class classification frame rotation drain pouch clamp retractor scan monitor index "
    "test forceps bodies bag mask ziekte syndroom schaal score katheter tang positie handgreep "
    "klassificatie classificatie".split()
)


def adjacent(words: list[Word], text: str, offset: int, at: int) -> bool:
    """Whether word `at` follows the word before it with nothing but a space, a stop after an
    initial or title, or one line break between them."""
    if at <= 0 or at >= len(words):
        return False
    gap = text[words[at - 1].end - offset : words[at].start - offset]
    return gap in (" ", "\n", " \n", "\u00a0", "  ") or (
        gap in (". ", ".") and len(words[at - 1].text) <= 4
    )


def looks_like_name(word: Word, language: str, *, cased: bool, any_word: bool = False) -> bool:
    """Whether the word may be part of a name after a cue.

    Cased speech: a capital, and unless `any_word` neither an ordinary word nor one kept.
    Elsewhere: a name of the lists or a word no dictionary knows.
    """
    key = word.key
    if len(key) < 2 and not any_word:
        return False
    if _caseless(word.text):
        return True
    if not cased:
        return any_word or not _lexicon.is_word(key, language)
    if not word.text[0].isupper() or (word.text.isupper() and len(key) < 4 and not any_word):
        return False
    return any_word or not _lexicon.is_word(key, language)


def is_initial(word: Word) -> bool:
    """Whether the word is an initial such as the "J" of "J. Jansen"."""
    return len(word.text) == 1 and word.text.isupper() and word.text != "I"


def is_eponym(words: list[Word], start: int, end: int, stretch: Stretch) -> bool:
    """Whether the single word from `start` to `end` names a thing of medicine: "Foley catheter"."""
    if end - start != 1 or end >= len(words):
        return False
    gap = stretch.text[words[start].end - stretch.start : words[end].start - stretch.start]
    if gap in (" ", "-"):
        return words[end].key in _TERMS
    return gap in ("'s ", "’s ", "' ", "’ ") and words[end].key in _OWNED_TERMS


def name_end(
    words: list[Word],
    start: int,
    text: str,
    offset: int,
    language: str,
    *,
    cased: bool,
    any_word: bool = False,
) -> int:
    """The index after the last word of the name that starts at word `start`; `start` if none does.

    A name is initials, words that look like names, and particles that lead to one. With
    `any_word` (after a title) the first word may be an ordinary one: "Dr Will", "mevrouw Roos".
    """
    end = at = start
    while at < len(words) and at - start < _LONGEST:
        if at > start and not adjacent(words, text, offset, at):
            break
        word = words[at]
        first = end == start
        if word.key in PARTICLES and (not first or any_word or word.key in _OPENING_PARTICLES):
            at += 1
            continue
        if cased and (is_initial(word) or (not first and word.text == "I")):
            at += 1
            continue
        # Inside a name a capital is enough, unless a sentence starts there.
        follows = cased and not first and not word.initial and word.capital
        led = at > start and words[at - 1].key in PARTICLES
        loose = (any_word and first) or (follows and (led or not _lexicon.is_kept(word.key)))
        # "hanneke van den broek", where no capital helps
        loose = loose or (not cased and led and word.key in _lexicon.surnames())
        if not looks_like_name(word, language, cased=cased, any_word=loose):
            break
        at += 1
        end = at
    return end


def _caseless(text: str) -> bool:
    """Whether the word is of a script without capitals, such as Arabic or Hebrew."""
    return text[0].isalpha() and text[0].lower() == text[0].upper()
