"""Numbers and codes that stand for a person, a file or a place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from themes.recognizers._numbers import TWO_DIGITS, UNIT
from themes.recognizers._speech import matches
from themes.recognizers._spoken_digits import spoken_numbers
from themes.records import Mention, Transcript

_NAMED = (
    r"(?:MRN|medical record|patient|patiënt|staff|employee|student|registration|registratie|GMC|NMC"
    r"|NHS|DEA|licen[cs]e|passport|paspoort|badge|pas|pass|payroll|personeels?|studenten?|dossier"
    r"|zaak|case|incident|ticket|reference|ref|kenmerk|polis|policy|account|rekening|klant|cliënt"
    r"|client|order|login|user|gebruikers?|locker|SSN|social security|credit card|card|serial|chart)"
)
_CUE = re.compile(
    rf"\b{_NAMED}(?:[- ]?(?:number|nummer|no|nr|num|id|code|ID))?\.?"
    r"(?: (?:is|was|of|number|nummer|yes|it's|het is))*[ :#,]*"
    r"(?P<it>(?=[\w-]*\d)[A-Za-z]{0,5}-?\d[\w/-]*\d(?:[ -]\d{2,})*)(?![:%]\d|\d| ?(?:%|percent|procent))",
    re.IGNORECASE,
)
_ROOM = re.compile(
    r"\b(?:room|bed|bay|kamer|locker|flat|apartment|house number|huisnummer|lokaal|kluisje)"
    r"(?: (?:number|nummer|nr))?\.? (?P<it>(?:[A-Z]-?)?\d{2,4}[A-Za-z]?(?:[.-]\d{1,4})?)(?![\w%:])(?! (?:patients|patiënten|beds|bedden|hours|minutes))",
    re.IGNORECASE,
)
_NUMBER = rf"(?:{TWO_DIGITS}|{UNIT}|[A-Z]?\d{{1,4}}(?:[.-]\d{{1,3}})?)"
# Where somebody lies: "bay three, bed two", "2.14 bed 3", "D4 Oost, room 11, bed 2".
_BED = re.compile(
    rf"(?:\b(?-i:[A-Z])\d{{1,2}}(?: (?-i:[A-Z][a-z]+))?,? )?"
    rf"(?:\b(?:room|bay|box|ward|unit|cubicle|side room|kamer|zaal|sluis|unit|afdeling) )?(?<![\w.]){_NUMBER}"
    rf"(?:,| -)? ?\bbed (?:number |nummer )?{_NUMBER}(?![\w%])|\bbed \d{{1,3}}(?![\w%:.]\d|\w| ?%)",
    re.IGNORECASE,
)
_WARD = re.compile(
    rf"\b(?:{_NUMBER}) (?:north|south|east|west|noord|oost|zuid)[- ]{_NUMBER}(?![\w%])"
    r"|(?<![\w-])(?-i:[A-Z])\d{1,2}(?:-\d{1,3}| (?:[Nn]oord|[Oo]ost|[Zz]uid|[Ww]est|[Nn]orth|[Ss]outh|[Ee]ast)\b)"
    r"|(?<![\w-])(?-i:[A-Z])\d{1,2},? (?:room|kamer|bed) \d{1,3}[a-z]?(?!\w)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?<![\w-])(?:[A-Z]{2,6}-?\d{4,}|[A-Z]{2,5}[ -]\d{2}[ -]\d{3,6}|(?!MRN|NHS|GMC|NMC|DEA|SSN|BSN|BIG|AGB|PIN|DOB|ID|NR|NO)[A-Z]{2,3} \d{4,6}|[A-Z]-?\d{4,}|[A-Z]{2,6}-\d{2,}-\d{2,}|\d{2,}[A-Z]{2,}\d{2,}\w*)(?![\w-])"
)
_PLATE = re.compile(
    r"(?<![\w-])(?:[A-Z]{2}\d{2} ?[A-Z]{3}"  # United Kingdom
    r"|[A-Z]{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2,3}-\d{1,2}|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}"
    r"|\d-[A-Z]{3}-\d{2}|\d{2}-[A-Z]{2}-[A-Z]{2}|\d-[A-Z]{2}-\d{3})(?![\w-])"  # Netherlands
)
_LONG = re.compile(
    r"(?<![\w.,€$£+/-])(?:\d{7,}|\d{3}-\d{2}-\d{4}|\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{2,4}|\d{3} \d{3} \d{4})(?![\w%]|[.,]\d| ?(?:euro|people|mensen))"
)
# Four digits that are no year and no amount; five and six; groups that are no thousands.
_SHORT = re.compile(
    r"(?<![\w.,:/€$£+%-])(?!(?:19|20)\d\d\b)(?:[1-9]\d{2}[1-9]|[1-9]\d[1-9]\d|\d{5,6}|0\d{3,5}|\d{2}-\d{3,6}"
    r"|\d{1,3}-\d{1,3}(?=\b)(?<=\d{3}-\d)|\d{1,3}(?: \d{1,3}){2,6}|\d{1,2} \d{3,4} \d{3,4}(?: \d)?)"
    r"(?![\w%/€]|[.,:-]\d| ?(?:euros?|pounds|quid|dollars|people|mensen|patients|patiënten|ml|mg|cc|steps"
    r"|stappen|kilometers?|km|meters?|metres|grams?|gram|kilos?|words|woorden|beds|bedden|hours|uur)\b)"
)
_ADDRESS = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2})(?![\w.]\d)",
    re.IGNORECASE,
)


class Identifier:
    """Patient, staff, student, registration, case, room and bed numbers after their cue word;
    codes such as "INC-20418"; number plates; any seven digits or more; numbers read aloud.

    Source: identifiers 8 to 15 and 18 of the Safe Harbor list, 45 CFR 164.514(b)(2). Found:
    "MRN 204518", "personeelsnummer 40112", "room 214", "INC-20418", "YD14 ZKU", "patient number,
    three three oh seven one". "bay three,
    bed two", "4417". Not found: participant codes ("P12", "R3"), "COVID-19", "room four", "2019".
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The identifiers in speech, in reading order within each form."""
        yield from matches(transcript, _CUE, "id", "identifier", 0.9)
        yield from matches(transcript, _ROOM, "id", "identifier", 0.7)
        yield from matches(transcript, _BED, "id", "identifier", 0.8)
        yield from matches(transcript, _WARD, "id", "identifier", 0.7)
        yield from matches(transcript, _SHORT, "id", "identifier", 0.5)
        yield from matches(transcript, _CODE, "id", "identifier", 0.8)
        yield from matches(transcript, _PLATE, "id", "identifier", 0.85)
        yield from matches(transcript, _LONG, "id", "identifier", 0.6)
        yield from matches(transcript, _ADDRESS, "id", "identifier", 0.8)
        for span, is_phone, sure in spoken_numbers(transcript):
            if not is_phone:
                yield Mention(span, "id", "identifier", sure)
