"""Dates, written and spoken, in English and Dutch."""

from __future__ import annotations

import re
from collections.abc import Iterable

from themes.recognizers._numbers import ORDINAL, TWO_DIGITS, UNIT, YEAR
from themes.recognizers._speech import matches
from themes.records import Mention, Transcript

# "May", "March" and "Mar" are words too, "Jan" is a Dutch first name: they need company.
_SURE = (
    r"(?:January|February|April|June|July|August|September|October|November|December"
    r"|januari|februari|maart|juni|juli|augustus|oktober)"
)
_MONTH = (
    rf"(?:(?:{_SURE}|May|March|april|mei)\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Okt|Nov|Dec)\b\.?)"
)
_WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
    r"|(?:maan|dins|woens|donder|vrij|zater|zon)dag)"
)
_SHORT_YEAR = r"['’]\d{2}\b"
_YEAR = rf"(?:{YEAR}|{_SHORT_YEAR})"
_DAY = rf"(?:{ORDINAL}|\d{{1,2}}(?:st|nd|rd|th|e|de|ste)?)"
_FESTIVAL = (
    r"(?:Christmas(?: Eve| Day)?|Boxing Day|New Year(?:['’]s)?(?: Eve| Day)?|Easter(?: \w+day)?"
    r"|Good Friday|Whitsun\w*|Pentecost|Hallow['’]?e['’]?en|Thanksgiving|Bonfire Night"
    r"|St\.? Patrick['’]s Day|Valentine['’]s(?: Day)?|(?:King|Queen)['’]s (?:Birthday|Day)|ANZAC Day"
    r"|Australia Day|Independence Day|Labou?r Day|Memorial Day|Mother['’]s Day|Father['’]s Day"
    r"|Ramadan|Eid|Diwali|Hanukkah|Passover|Sinterklaas|Pakjesavond|Koningsdag|Koninginnedag"
    r"|Bevrijdingsdag|Dodenherdenking|Kerst(?:mis|avond|dag)?|Pasen|Paas\w*|Pinksteren|Pinkster\w*"
    r"|Hemelvaart(?:sdag)?|Oud en Nieuw|Oudjaar\w*|Nieuwjaar\w*|Carnaval|Suikerfeest)"
)
# Feasts that nobody names for another reason than to say when.
_TELLING_FEAST = (
    r"(?:Ascension(?: Day)?|Whit(?:sun(?:day)?| Monday| Sunday)|Pentecost|Eid(?: al-\w+)?|Good Friday|Maundy Thursday"
    r"|Ash Wednesday|Shrove Tuesday|Pancake Day|Boxing Day|New Year['’]s (?:Eve|Day)|Thanksgiving|Hallow['’]?e['’]?en"
    r"|Bonfire Night|Burns Night|St\.? Patrick['’]s Day|Diwali|Divali|Holi|Keti Koti|Hanukkah|Yom Kippur|Rosh Hashanah|Passover|Ramadan"
    r"|Pakjesavond|Sinterklaasavond|Koningsdag|Koninginnedag|Bevrijdingsdag|Dodenherdenking|Hemelvaart(?:sdag)?|Goede Vrijdag"
    r"|(?:eerste|tweede) (?:kerst|paas|pinkster)dag|Pinkster(?:en|maandag|zondag)|Oudjaars(?:avond|dag|nacht)|Nieuwjaars(?:dag|nacht)"
    r"|Suikerfeest|Offerfeest|Driekoningen|Sint[- ]Maarten|Carnavals?(?:zaterdag|zondag|maandag|dinsdag|vrijdag|weekend|week)|Aswoensdag|Prinsjesdag)"
)
_OCCASION = rf"{_FESTIVAL}(?: bank holiday)?(?: weekend| week| break)?"
_NEAR = r"(?:before|after|of|in|following|voor|vóór|na|van|in de week voor)"
_FREE_MONTH = rf"(?:{_SURE}|May|March|mei)"

_PATTERNS: tuple[tuple[str, float], ...] = (
    (r"(?<![\d./-])(?:\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?![\d/-])", 0.95),
    # the third of March 2021; 3 januari; Friday 13 May
    (rf"\b(?:{_WEEKDAY},? )?(?:(?:the|de) )?{_DAY} (?:of |van )?{_MONTH}(?:,? {_YEAR})?", 0.95),
    # twee mei
    (
        rf"\b(?:{TWO_DIGITS}|{UNIT}) (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b(?: {_YEAR})?",
        0.9,
    ),
    # March the third, 2021; April 4th
    (
        rf"\b{_FREE_MONTH},? (?:the )?{_DAY}\b(?! ?(?:%|percent|procent|people|patients|hours|weeks))(?:,? {_YEAR})?",
        0.9,
    ),
    (rf"\b{_MONTH},? (?:of |van )?{_YEAR}", 0.95),
    (rf"\b{_MONTH} (?:last|this|next|that|vorig|dit|volgend|vorige|verleden) (?:year|jaar)\b", 0.9),
    (rf"\b(?:vorig jaar|dit jaar|volgend jaar|verleden jaar) {_MONTH}", 0.9),
    # zes op zeven december
    (
        rf"\b(?:{TWO_DIGITS}|{UNIT}|één|\d{{1,2}}) op (?:{TWO_DIGITS}|{UNIT}|\d{{1,2}}) {_MONTH}(?: {_YEAR})?",
        0.95,
    ),
    (rf"\b{_TELLING_FEAST}\b", 0.7),
    (r"\b(?:the )?(?:beginning|start|middle|end|eve) of (?P<it>May|March)\b", 0.8),
    # months alone: the sure ones anywhere, the others after a word of time
    (
        rf"\b(?:(?:(?:the )?(?:end|beginning|start|middle) of|early|mid|late|begin|half|medio|eind|eind van|begin van)[ -])?{_SURE}\b",
        0.8,
    ),
    (
        r"\b(?:in|since|last|this|next|until|till|by|from|during|early|mid|late|end of|start of|around|before|after|sinds|in|eind|begin|half|vanaf|tot|rond|afgelopen)[ -](?P<it>(?-i:May|March|Mei)\b|mei\b|april\b|(?<=since )march\b|(?<=last )march\b|(?<=in )march\b)",
        0.8,
    ),
    (
        rf"\b(?:spring|summer|autumn|fall|winter|voorjaar|lente|zomer|herfst|najaar)(?:,? (?:of|van|in|term))?,? {_YEAR}",
        0.9,
    ),
    # the second Monday of July; the Sunday after New Year's; the week before Sinterklaas
    (
        rf"\b(?:the |de )?(?:(?:{ORDINAL}|last|laatste) )?(?:{_WEEKDAY}|week|weekend|day|night|morning|dag|nacht|avond|ochtend) {_NEAR} (?:the |de )?(?:{_FREE_MONTH}|{_OCCASION})(?: bank holiday)?(?: {_YEAR})?\b",
        0.9,
    ),
    (rf"\b(?:the )?{_FREE_MONTH} (?:bank holiday|half[- ]term)(?: weekend| monday)?", 0.85),
    (
        rf"\b(?:last|this|next|that|afgelopen|vorige|komende|dit|die) {_OCCASION}\b(?: {_YEAR})?",
        0.8,
    ),
    (
        rf"\b(?:on|at|around|before|after|over|since|until|till|by|during|was|is|op|met|rond|na|voor|tijdens|sinds|tot)(?: the| de)? (?P<it>{_OCCASION})\b(?! (?:party|do|card|lunch|dinner|present|tree|cake))",
        0.7,
    ),
    (rf"\b(?P<it>{_OCCASION}) {_YEAR}", 0.9),
    # years alone
    (
        rf"(?<![\d.,:/€$£#+-])\b(?:{YEAR})\b(?![\d:/%€-]|[.,]\d| ?(?:euro|pounds|quid|dollars|patients|patiënten|people|mensen|calls|cases|ml|mg|grams?|kilos?|kcal|calories|steps|hours|words|beds))",
        0.8,
    ),
    (
        rf"\b(?:class|lichting|jaar|year|back in|in|since|sinds|uit|van|from) (?P<it>{_SHORT_YEAR})",
        0.85,
    ),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), sure) for pattern, sure in _PATTERNS)
_TIME = re.compile(
    rf"\d|\b(?:{_MONTH}|{_FESTIVAL}|{_TELLING_FEAST}|twenty|nineteen|two thousand|tweeduizend|negentienhonderd)",
    re.IGNORECASE,
)


class Date:
    """Days, months, seasons with a year, years and named feast days, in digits and in words.

    Source: identifier 3 of the Safe Harbor list, 45 CFR 164.514(b)(2), is narrower (years stay);
    an interview in a small programme is dated by its year, so years count here. Found:
    "12-03-2020", "3 januari", "the third of March", "september 2019", "december vorig jaar",
    "summer of 2021", "in 2019", "tweeduizend negentien", "the second Monday of July", "the week
    before Sinterklaas". Not found: plain weekdays, "last week", "yesterday", "4/10", "may I".
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The dates in speech, in reading order within each form."""
        for pattern, sure in _COMPILED:
            yield from matches(
                transcript, pattern, "date", "date", sure, accept=_is_month, near=_TIME
            )


def _is_month(match: re.Match[str]) -> bool:
    """Refuses "first may I" and "then two march off": words that are months only by chance."""
    found = match[0]
    for word in re.finditer(r"\b(?:may|march|mar|jan|dec)\b", found):
        rest = found[word.end() :]
        dated = re.search(r"\d|\bof $|\bthe $", found[: word.start()]) or re.search(
            r"\d|[a-z]{4}", rest
        )
        if not dated and not match.re.groupindex:
            return False
    return True
