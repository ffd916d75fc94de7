"""Hospitals, universities and other organizations by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from themes.recognizers import _lexicon
from themes.recognizers._names import adjacent
from themes.recognizers._speech import Stretch, Word, matches, stretches
from themes.records import Mention, Span, Transcript

_NAME = r"(?:(?!(?:The|A|An|Our|My|This|That|De|Het|Een|Ons|Die|Dat|In|At|And|So|But|When|If)\b)[A-Z][\w'’.&-]*\w|St\.?|Sint)"
_LINK = r"(?: (?:of|the|and|for|van|voor|de|der|het|en|&) (?=[A-Z]))"
_KIND = (
    r"(?:General|Infirmary|Hospitals?|Clinic|Universit(?:y|eit)|College|Polytechnic"
    r"|Medical (?:Cent(?:er|re)|School)|Health(?:care)? (?:Cent(?:er|re)|Service|Trust|Board|Authority)"
    r"|Healthcare|NHS (?:Foundation )?Trust|Foundation Trust|Institute|Hospice|Nursing Home|Care Home"
    r"|Surgery|Practice|Academy|School|Secondary|High School|Laborator(?:y|ies)|Pharmaceuticals?|Inc\.?|Ltd\.?|Limited|LLC"
    r"|Corporation|Corp\.?|Company|GmbH|B\.?V\.?|N\.?V\.?|Bank|Church|Museum|Council|Association"
    r"|Ziekenhuis|ziekenhuis|Gasthuis|gasthuis|Kliniek|kliniek|Universiteit|universiteit|Hogeschool"
    r"|hogeschool|MC|UMC|Medisch Centrum|medisch centrum|Academie|Instituut|Stichting|Verpleeghuis"
    r"|verpleeghuis|Huisartsenpraktijk|huisartsenpraktijk|Zorggroep|zorggroep|Hospitaal|College)"
)
_CUED = re.compile(
    rf"\b{_NAME}(?:{_LINK}?(?: |-){_NAME}){{0,4}}?(?: |-){_KIND}(?!\w)(?:(?: of|,| van| in) {_NAME}(?: {_NAME})?)?"
)
_OF = re.compile(
    r"\b(?:University|Hospital|College|Institute|Academy|Universiteit|Hogeschool|Ziekenhuis|ziekenhuis"
    r"|Stichting|Gasthuis|Kliniek|Verpleeghuis|verpleeghuis|UMC|Medisch Centrum)"
    rf"(?: of| van| in| voor)?(?: the| de| het)? {_NAME}(?: {_NAME}){{0,3}}"
)
_GLUED = re.compile(
    r"\b(?:[Ss](?:int|t)\.? )?[A-Z][\w-]*(?:ziekenhuis|gasthuis|kliniek|umc|hospitaal|verpleeghuis"
    r"|lyceum|college|huis MC)\b"
)
_SAINT = re.compile(
    r"\b(?:St\.?|Saint|Sint) [A-Z][\w-]+['’]?s?['’]?s?(?= (?:in|at|and|was|is|where|ward|did)\b|['’])"
)
_AT = re.compile(
    rf"\b(?:working at|worked at|work at|placement at|trained at|training at|rotation at|job at|over at|up at|registrar at|nights? at|year at|years at|months at|moved to the|werk(?:te|en)? (?:in|bij)(?: het| de)?|stage (?:in|bij) het|opgeleid in het|in het) (?P<it>{_NAME}(?: {_NAME}){{0,3}})"
)
_LONGEST = 4


class Organization:
    """Hospitals, universities, schools and firms.

    Source: Dutch hospitals and universities written for this project; elsewhere the name around a
    word such as "Hospital", "General", "ziekenhuis", "UMC" or "University", or after "worked at".
    The kind alone ("the hospital", "het ziekenhuis") stays. Found: "Erasmus MC", "OLVG", "Ashby
    General", "University of Leiden", "Sint Jansziekenhuis". Not found: "the University", "general
    practice", "in het weekend".
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The organizations in speech, in reading order within each form."""
        for pattern, sure in ((_CUED, 0.85), (_OF, 0.8), (_GLUED, 0.8), (_SAINT, 0.6)):
            yield from matches(transcript, pattern, "organization", "organization", sure)
        language = transcript.language
        yield from matches(
            transcript,
            _AT,
            "organization",
            "organization",
            0.7,
            accept=lambda match: not _lexicon.is_word(match["it"], language),
        )
        for stretch in stretches(transcript):
            yield from _listed(stretch, language)


def _listed(stretch: Stretch, language: str) -> Iterator[Mention]:
    words = stretch.words()
    at = 0
    while at < len(words):
        end = _end(words, at, stretch, language)
        if end > at:
            span = Span(words[at].start, words[end - 1].end)
            yield Mention(span, "organization", "organization", 0.85)
        at = max(end, at + 1)


def _end(words: list[Word], at: int, stretch: Stretch, language: str) -> int:
    """The index after the longest listed organization that starts at `at`; `at` if there is none."""
    for long in range(min(_LONGEST, len(words) - at), 0, -1):
        end = at + long
        name = stretch.text[words[at].start - stretch.start : words[end - 1].end - stretch.start]
        written = _organizations().get(_lexicon.fold(name))
        if written is None or words[at].bracketed:
            continue
        if long > 1:
            same = not stretch.cased or name[0].isupper()
        elif written.isupper() or not written[1:].islower():
            same = name == written or (not stretch.cased and len(name) > 2)
        else:
            before = words[at - 1].key if adjacent(words, stretch.text, stretch.start, at) else ""
            same = name[0].isupper() and (
                before in ("the", "het", "in", "at", "bij", "to", "from", "uit", "naar")
                or not (_lexicon.fold(name) in _lexicon.first_names() or words[at].initial)
            )
        if same and (
            long > 1 or not _lexicon.is_known(_lexicon.fold(name), language) or name.isupper()
        ):
            return end
    return at


@cache
def _organizations() -> dict[str, str]:
    listed = _lexicon.entries("organizations.txt")
    return {_lexicon.fold(name.removeprefix("the ")): name.removeprefix("the ") for name in listed}
