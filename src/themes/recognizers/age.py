"""Ages of people, in digits and words, in English and Dutch."""

from __future__ import annotations

import re
from collections.abc import Iterable

from themes.recognizers._numbers import TEEN, TENS, TWO_DIGITS, UNIT
from themes.recognizers._speech import matches
from themes.records import Mention, Transcript

_AGE = rf"(?:(?:1[01]\d|[1-9]\d|[1-9])(?![\d:.,]\d|\d|%|/|-\d)|(?:a )?hundred(?: and (?:{TWO_DIGITS}|{UNIT}))?|honderd(?:{UNIT})?|{TWO_DIGITS}|{UNIT})"
_ADULT = rf"(?:(?:1[01]\d|[1-9]\d)(?![\d:.,]\d|\d|%|/|-\d)|(?:a )?hundred and (?:{TWO_DIGITS}|{UNIT})|honderd{UNIT}|{TWO_DIGITS})"
_DECADE = r"(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|[2-9]0['’]?s)"
# What may stand after an age: the end of a clause, or a word that goes on about the person.
_THEN = (
    r"(?=\s*(?:[.,;:!?…)\"”-]|$|\n|\s(?:and|but|now|so|when|with|who|or|this|next|at the time|already"
    r"|then|by|years? old|en|maar|nu|dus|toen|met|die|jaar|geworden|or something|ish|of zo|inmiddels"
    r"|soon|in|lives|living|today|going|,)\b))"
)
_IS = (
    r"(?:I['’]m|I am|I was|I['’]ll be|(?:he|she|they|who|mum|dad|mother|father)(?:['’]s| is| was)"
    r"|he['’]d be|she['’]d be|must be|must have been|got to be|has to be|we['’]re|they['’]re|you['’]re|are you|were you"
    r"|turn(?:ed|ing|s)?|age of|at age|aged?|just gone|is only|was only|\w+['’]s only"
    r"|ik ben|ik was|(?:hij|zij|ze|die|dat) (?:is|was)|ben je|bent u|word|wordt|werd|geworden"
    r"|leeftijd(?: van)?|leeftijd is|(?:vrouw|man|jongen|meisje|patiënt|meneer|mevrouw) van)"
)
_HEDGE = r"(?:(?:about|only|just|now|over|under|well over|well into|pushing|nearly|almost|barely|already|like|around|what|,|erm|uh|um|pas|net|nu|dan|toen|die dag|vandaag|bijna|al|inmiddels|ongeveer|ehm)[, ]+)*"

_NO_AGE = (
    r"(?:minutes?|hours?|times|per|past|to|of|or|and|beds?|patients?|days?|weeks?|months?|years? (?!old)"
    r"|euros?|pounds|quid|kilos?|points?|mil\w*|over|on|minuten|uur|keer|procent|dagen|weken|maanden|jaar)\b"
)

_CHILD = r"(?:baby|boy|girl|toddler|newborn|infant|child|kid|son|daughter|jongetje|meisje|baby'?tje|kind|kindje|kleuter|peuter|jochie|zoontje|dochtertje)"
# 21 to 99 in words, without the tens that people round to below seventy.
_ODD = rf"(?:(?!(?:{TENS}|{TEEN})\b(?![- ]{UNIT})){TWO_DIGITS}|seventy|eighty|ninety|zeventig|tachtig|negentig)"

_PATTERNS: tuple[tuple[str, float], ...] = (
    (rf"\b(?P<it>{_AGE})(?:[- ]?(?:and a half)?)[- ]years?[- ]old", 0.95),
    (rf"\b(?P<it>{_AGE})[- ](?:months?|weeks?|days?)[- ]old", 0.95),
    (rf"\b(?P<it>{_AGE})[- ]?(?:jarige?n?|jaar oud|jaar jong|maanden oud|weken oud)\b", 0.95),
    (rf"\b(?P<it>{_AGE})[- ]years? of age", 0.95),
    (rf"\b{_IS} {_HEDGE}(?P<it>{_ADULT}){_THEN}", 0.8),
    (
        rf"\b(?:ik ben|ik was|hij is|ze is|zij is|hij was|ze was|zij was|is nu|was toen|ben nu|ben ik|was ik|word|wordt|werd) {_HEDGE}(?P<it>{_AGE} jaar)(?! (?:geleden|lang|bezig|in opleiding))",
        0.9,
    ),
    (
        rf"\b(?:aged|age of|at age|leeftijd van|turned|turning) {_HEDGE}(?P<it>{_AGE})\b(?! ?(?:minutes|percent|euro))",
        0.9,
    ),
    (
        rf"\b(?:in|into|to) (?:his|her|their|my|your|our)(?: (?:early|mid|late))?[- ](?:mid-|early-|late-)?(?P<it>{_DECADE})",
        0.9,
    ),
    (rf"\b(?:early|mid|late)[- ](?P<it>{_DECADE})", 0.8),
    (
        r"\b(?:begin|midden|eind|ver in de|in de|halverwege de|diep in de) (?P<it>(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig))\b(?! (?:mensen|patiënten|minuten|procent))",
        0.85,
    ),
    (rf"\b(?:een|die|de) (?P<it>{TENS}(?:er|ster))s?\b", 0.8),
    (
        rf"(?:^|[.!?\"“]\s+|,\s+(?:he|she) (?:is|was) )(?P<it>{_ADULT}),? (?:she|he|they)(?:['’]s| is| was)\b(?! (?:out|in|per))",
        0.7,
    ),
    (rf"\b(?P<it>{_ADULT}) if (?:she|he|they)(?:['’]s| was| is) a day\b", 0.9),
    (
        rf"\b(?:one|a|an|this|that|another|een|die|deze) (?:\w+ )?(?:lady|woman|man|gentleman|fella|girl|boy"
        rf"|vrouw|meneer|mevrouw|meisje|jongen)(?:,? [\w'’]+){{0,5}},? (?P<it>{_ADULT})(?=[, ]+(?!{_NO_AGE}))",
        0.6,
    ),
    (rf", van (?P<it>{_ADULT}|{_AGE} jaar)[,.]", 0.7),
    (rf"(?-i:\b[A-Z]\w+), (?P<it>{_ADULT})[,.](?! (?:minutes|hours|per))", 0.7),
    (
        rf"\b(?:Mr|Mrs|Ms|Miss|mevrouw|meneer|lady|gentleman|man|woman|fella|patient|vrouw)\b[^\n]{{0,60}}[.!?] (?P<it>{_ADULT})\.",
        0.6,
    ),
    (r"[,(] ?(?P<it>(?:1[01]\d|[1-9]\d)), (?:male|female|man|woman|vrouw)\b", 0.9),
    (
        rf"\b(?:woman|man|lady|gentleman|girl|boy|patient|fella|lad|lass|chap|bloke|guy)(?: of|,| who['’]s| who was| who is) (?P<it>{_ADULT}){_THEN}",
        0.85,
    ),
)
_ALONE: tuple[tuple[str, float], ...] = (
    # "A baby, a boy, eight months." and "een jongetje van drie weken"
    (
        rf"\b{_CHILD}\b[^.!?\n]{{0,25}}?[, ](?:of |van )?(?P<it>{_AGE} (?:months?|weeks?|days?|maanden|weken|dagen))\b(?! (?:ago|later|geleden|na|too|te))",
        0.8,
    ),
    (
        rf"\b{_CHILD} (?:van|of|aged) (?P<it>{_AGE}(?: jaar)?)(?=[,.;!?]|$| (?:met|die|with|who)\b)",
        0.8,
    ),
    (rf"\b(?P<it>{_AGE}) (?:jaar )?geworden\b", 0.9),
    (rf"[,(] (?P<it>{_AGE} jaar)(?: oud)?[,.)]", 0.7),
    (
        rf"(?:^|[.!?…)\"”] )(?P<it>{_AGE} (?:months|weeks|maanden|weken))[,.](?! (?:ago|geleden|later))",
        0.5,
    ),
    # "Twenty-eight." as a sentence, ", eighty-one, and": a number that nobody counts in
    (
        rf"(?:^|[.!?…)\"”“:] ?)(?P<it>{_ODD})(?=[.,!?]|$)(?!, (?:{TENS}|{_ODD}|{TEEN}|you|oh|je)\b)",
        0.55,
    ),
    (rf"(?<=, )(?P<it>{_ODD})(?=[,.](?! ?(?:{TENS}|{_ODD}|{TEEN}|{UNIT}|oh)\b))", 0.55),
)
_COMPILED = tuple(
    (re.compile(pattern, re.IGNORECASE), sure) for pattern, sure in _PATTERNS + _ALONE
)
_NUMBER = re.compile(
    rf"\d|\b(?:{TWO_DIGITS}|(?!one\b){UNIT}|(?:a )?hundred|honderd\w*|{_DECADE}|{TENS}(?:er|ster)s?)\b"
    r"|years?[- ]old|jarig",
    re.IGNORECASE,
)


class Age:
    """Ages in years, months or weeks, and decades of life; the number only, so the sentence stands.

    Source: identifier 3 of the Safe Harbor list, 45 CFR 164.514(b)(2), covers ages over 89 only;
    with a specialty and a town any age narrows a person down, so all count. Found: the number in
    "a 78-year-old", "she's eighty-three", "ik ben zesentwintig jaar", "aged 45", "in her fifties",
    "een 34-jarige vrouw", "begin dertig". Not found: "for five years", "I'm one of them",
    "he was 20 minutes late", "it's twenty past".
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The ages in speech, in reading order within each form."""
        for pattern, sure in _COMPILED:
            yield from matches(transcript, pattern, "age", "age", sure, near=_NUMBER)
