"""People's names that the words around them give away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from themes.recognizers import _lexicon
from themes.recognizers._names import PARTICLES, adjacent, looks_like_name, name_end
from themes.recognizers._speech import Stretch, Word, matches, stretches
from themes.records import Mention, Span, Transcript


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES = _set(
    "mr mrs ms mx dr drs ir ing prof mister missus dokter dhr mevr mw meneer mijnheer mevrouw "
    "doctor professor sister matron nurse lady lord dame sir uncle auntie aunt tante oom zuster "
    "broeder juf meester father reverend rev pastor imam dominee pater captain sergeant familie"
)
# A title that is also a common noun needs a name that is no word: "doctor" and "nurse" stand
# before ordinary words all the time where capitals say nothing.
_NOUN_TITLES = _set(
    "doctor professor sister matron nurse lady lord dame sir uncle auntie aunt tante oom zuster "
    "broeder juf meester father reverend pastor imam dominee pater captain sergeant familie ing ir"
)
_OWNERS = _set(
    "my his her our their your mijn zijn haar ons onze hun jouw je uw m'n z'n d'r the de"
)
_KIN = _set(
    "wife husband partner girlfriend boyfriend fiancé fiancée fiance son daughter brother sister "
    "cousin nephew niece friend mate flatmate housemate roommate neighbour neighbor colleague boss "
    "supervisor mentor trainer tutor coach buddy consultant registrar reg resident intern fellow "
    "trainee houseman midwife nurse manager secretary therapist psychologist student patient "
    "attending professor lecturer director coordinator physician surgeon gp dog cat twin "
    "vrouw man echtgenoot echtgenote partner vriend vriendin verloofde zoon dochter zoontje "
    "dochtertje broer broertje zus zusje neef nicht buurvrouw buurman collega baas supervisor "
    "begeleider begeleidster opleider mentor coach huisgenoot kamergenoot specialist chirurg "
    "gynaecoloog internist verpleegkundige verloskundige coassistent aios anios student patiënt "
    "patiënte hoogleraar docent secretaresse leidinggevende achterwacht dienstdoende intensivist"
)
# Who is addressed by an office: "Madam Chair", "Mr. Speaker", "mevrouw de voorzitter".
_OFFICES = _set(
    "chair chairman chairwoman chairperson speaker president secretary minister ambassador "
    "voorzitter"
)
_NAMERS = _set("called named nicknamed heet heette heten genaamd noemen noemde genoemd")
_GREETINGS = _set(
    "hi hello hey hiya thanks thank dear cheers goodbye bye sorry beste hoi hallo hé dag bedankt "
    "dank lieve morning"
)
_SAYING = _set(
    "said says asked told shouted replied texted whispered rang phoned emailed laughed zei zegt "
    "vroeg vertelde riep belde appte mailde antwoordde"
)
_TO_PEOPLE = _set(
    "asked told ask tell phoned rang texted emailed with met vroeg belde bel appte vertelde aan "
    "tegen by door and en or of"
)
_FAR = 2
_SPELLED = re.compile(r"(?<![\w'’-])[^\W\d_](?:(?:, | |-|\. ?)[^\W\d_]){3,20}(?![\w'’-])")


class PersonCue:
    """Names after titles, kin and roles, "called", "my name is", greetings and verbs of saying, and
    names spelled letter by letter.

    Where capitals tell, the name has one; after a title it may also be a word ("Dr Will",
    "mevrouw De Wit"). Elsewhere a name is a word that no dictionary knows. The title or cue itself
    stays. Found: "Dr Wetherby", "prof. dr. J. de Vries", "my supervisor Anouk", "my name is Tess",
    "ik heet Joris", "thanks, Ngaire", "zei Sjoukje". Not found: "the doctor Will call", "my
    consultant Thursday", "Sister" alone.
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The names in speech, in reading order."""
        yield from matches(
            transcript, _SPELLED, "person", "person_cue", 0.7, accept=_is_spelled_name
        )
        for stretch in stretches(transcript):
            yield from _in_stretch(stretch, transcript.language)


def _in_stretch(stretch: Stretch, language: str) -> Iterator[Mention]:
    words = stretch.words()
    for at, word in enumerate(words):
        start, sure, any_word = _cued(words, at, stretch, language)
        if not sure or start >= len(words) or word.bracketed:
            continue
        end = name_end(
            words,
            start,
            stretch.text,
            stretch.start,
            language,
            cased=stretch.cased,
            any_word=any_word,
        )
        if end > start:
            span = Span(words[start].start, words[end - 1].end)
            yield Mention(span, "person", "person_cue", sure)


def _cued(words: list[Word], at: int, stretch: Stretch, language: str) -> tuple[int, float, bool]:
    """Where a name may start because of word `at`, how sure, and whether any word will do."""
    key, after = words[at].key, at + 1
    near = adjacent(words, stretch.text, stretch.start, after)
    if key in _TITLES and near:
        if words[after].key in _TITLES:
            return after, 0.0, False
        called = _beyond_particles(words, after).key
        if _lexicon.is_spoken(called) or called in _OFFICES:
            return after, 0.0, False
        written = stretch.cased and (words[at].capital or key not in _NOUN_TITLES)
        surname = written and key not in _NOUN_TITLES
        any_word = surname or (written and not _lexicon.is_kept(words[after].key))
        return after, 0.95 if surname else 0.85, any_word
    if key in _KIN and _owned(words, at) and _close(words, after, stretch):
        return after, 0.85, False
    if key in _NAMERS and near:
        return after, 0.85, False
    if key in ("is", "name's") and at and words[at - 1].key in ("name", "naam") and near:
        return after, 0.95, False
    if key == "heet" and at and words[at - 1].key == "ik" and near:
        return after, 0.95, False
    if key in _GREETINGS and _close(words, after, stretch):
        skip = 1 if words[after].key in ("you", "je", "u", "jullie", "so") else 0
        return after + skip, 0.75 if stretch.cased else 0.0, False
    if key in _SAYING and near:
        return after, 0.8 if stretch.cased else 0.0, False
    if near and words[after].key in _SAYING and words[at].initial and stretch.cased:
        named = looks_like_name(words[at], language, cased=True)
        return at, 0.75 if named else 0.0, False
    if key in _TO_PEOPLE and near and stretch.cased:
        return after, 0.7, False
    return after, 0.0, False


def _beyond_particles(words: list[Word], at: int) -> Word:
    rest = words[at : at + 4]
    while len(rest) > 1 and rest[0].key in PARTICLES and rest[1].capital:
        rest = rest[1:]
    return rest[0]


def _is_spelled_name(match: re.Match[str]) -> bool:
    """Whether single letters spell something: "s j o u k j e", not "n-n-n-n" or "a, b, c, d"."""
    letters = [sign for sign in match[0].casefold() if sign.isalpha()]
    listed = all(ord(b) - ord(a) == 1 for a, b in pairwise(letters))
    return len(set(letters)) > 2 and not listed


def _owned(words: list[Word], at: int) -> bool:
    """Whether an owner ("my", "onze") stands at most two words before the kin."""
    return any(word.key in _OWNERS for word in words[max(0, at - 1 - _FAR) : at])


def _close(words: list[Word], at: int, stretch: Stretch) -> bool:
    """Whether word `at` follows with a space or a comma."""
    if at >= len(words):
        return False
    gap = stretch.text[words[at - 1].end - stretch.start : words[at].start - stretch.start]
    return gap.strip(" \n") in ("", ",")
