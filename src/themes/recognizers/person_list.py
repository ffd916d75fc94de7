"""People's names that stand on lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from themes.recognizers import _lexicon
from themes.recognizers._names import PARTICLES, adjacent, is_eponym, is_initial, name_end
from themes.recognizers._speech import Stretch, Word, stretches
from themes.records import Mention, Span, Transcript

_DETERMINERS = frozenset(
    "the a an this that these those every each no any our your my his her their de het een deze dit "
    "die dat elke geen onze mijn zijn haar".split()
)
_MOST_PARTICLES = 3
_SAYING = frozenset(
    "said says asked asks told tells goes went replied shouted texted rang called came comes was is "
    "had has did does thought laughed got gets looked knew wanted took gave always never zei zegt "
    "vroeg vraagt vertelde vertelt belde belt riep kwam komt was is had heeft ging gaat deed doet "
    "vond vindt dacht denkt wilde stond".split()
)


class PersonList:
    """First names and surnames of some sixty locales, with what stands beside them.

    Source: Faker's person providers (MIT), compiled by scripts/build_name_lists.py. A name that is
    also an ordinary word of the transcript's language, or kept (eponyms, months, kin), needs a
    capital inside a sentence without an article before it, or a capital at its start and a surname
    or a verb such as "said" after it. A surname alone needs a capital inside a sentence. Where
    capitals say nothing only first names that are no words count. Found: "Femke", "Pieter van der
    Meer", "I saw Grace", "Will said". Not found: "Will you", "a rich history", "the Rose ward",
    "Parkinson".
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The names in speech, in reading order."""
        for stretch in stretches(transcript):
            yield from _in_stretch(stretch, transcript.language)


def _in_stretch(stretch: Stretch, language: str) -> Iterator[Mention]:
    words, text, offset = stretch.words(), stretch.text, stretch.start
    firsts, lasts = _lexicon.first_names(), _lexicon.surnames()
    at = 0
    while at < len(words):
        word = words[at]
        key = word.key
        listed = key in firsts or ("-" in key and key.split("-")[0] in firsts)
        if not (listed or key in lasts) or len(key) < 2 or key in PARTICLES:
            at += 1
            continue
        sure = _confidence(words, at, stretch, language, first=listed)
        if not sure:
            at += 1
            continue
        start = at
        end = name_end(words, at, text, offset, language, cased=stretch.cased, any_word=True)
        end = max(end, at + 1)
        if is_eponym(words, at, end, stretch):
            at = end
            continue
        yield Mention(Span(words[start].start, words[end - 1].end), "person", "person_list", sure)
        at = end


def _confidence(
    words: list[Word], at: int, stretch: Stretch, language: str, *, first: bool
) -> float:
    """How sure the listed word is a name here; 0.0 where it is not one."""
    word = words[at]
    plain = not _lexicon.is_word(word.key, language)
    if not stretch.cased:
        if plain and len(word.key) > 2:
            return 0.7 if first else 0.0
        return 0.6 if first and _surname_follows(words, at, stretch, language) else 0.0
    if not word.text[0].isupper() or (word.text.isupper() and (len(word.key) < 4 or not plain)):
        return 0.0
    if plain:
        if first:
            return 0.85
        return 0.0 if word.initial and not _named_after(words, at, stretch) else 0.65
    if word.bracketed or _lexicon.is_kept(word.key):
        return 0.0
    if word.initial:
        return 0.6 if first and _named_after(words, at, stretch, surname=True) else 0.0
    if not first:
        return 0.0
    article = at and words[at - 1].key in _DETERMINERS
    in_title = at and words[at - 1].capital and not words[at - 1].initial
    followed = (
        at + 1 < len(words)
        and words[at + 1].capital
        and adjacent(words, stretch.text, stretch.start, at + 1)
    )
    return (
        0.0
        if article or ((in_title or followed) and word.key not in _lexicon.first_names())
        else 0.6
    )


def _named_after(words: list[Word], at: int, stretch: Stretch, *, surname: bool = False) -> bool:
    """Whether what follows an opening word speaks for a name: a verb, a surname, a possessive."""
    if stretch.text[words[at].end - stretch.start :][:2] in ("'s", "’s") and not surname:
        return True
    if not adjacent(words, stretch.text, stretch.start, at + 1):
        return False
    after = words[at + 1]
    if after.key in _SAYING:
        return True
    return (
        (after.capital and after.key in _lexicon.surnames())
        or is_initial(after)
        or (
            after.key in PARTICLES
            and at + 2 < len(words)
            and words[at + 2].capital
            and words[at + 2].key in _lexicon.surnames()
        )
    )


def _surname_follows(words: list[Word], at: int, stretch: Stretch, language: str) -> bool:
    """Whether a word that is no ordinary one follows, particles apart: "mo el idrissi"."""
    after = at + 1
    while (
        after - at <= _MOST_PARTICLES
        and adjacent(words, stretch.text, stretch.start, after)
        and words[after].key in PARTICLES
    ):
        after += 1
    return (
        adjacent(words, stretch.text, stretch.start, after)
        and (after > at + 1 or words[after].key in _lexicon.surnames())
        and not _lexicon.is_word(words[after].key, language)
    )
