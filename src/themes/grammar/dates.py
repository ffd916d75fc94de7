"""Dates as they are said or written, in English and Dutch, and how to move or blur them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from themes.grammar.numerals import number_of

_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
}
_SHORT = {
    name[:3].casefold(): n for names in _MONTHS.values() for n, name in enumerate(names, 1)
} | {"sept": 9, "mrt": 3}
_MONTH = {name.casefold(): n for names in _MONTHS.values() for n, name in enumerate(names, 1)}
_SEASONS = {
    "en": ("winter", "spring", "summer", "autumn"),
    "nl": ("winter", "voorjaar", "zomer", "najaar"),
}
_SEASON = {"winter": 0, "spring": 1, "summer": 2, "autumn": 3, "fall": 3, "voorjaar": 1, "lente": 1,
           "zomer": 2, "herfst": 3, "najaar": 3}  # fmt: skip
_WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays "
    "fridays saturdays sundays maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
)
_FILLERS = frozenset(
    "the of de van in on op early mid late begin half medio eind start end".split()
)
_COUNTED = re.compile(
    r"(?:first|second|third|fourth|fifth|last|(?:eerste|tweede|derde|vierde|laatste)) \w*da[gy]s?\b",
    re.I,
)
_NUMERIC = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})")
_WORD = re.compile(r"[’']\d{2}\b|[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Day:
    """As much of a date as was said: None for what was not. `season` is 0 (winter) to 3 (autumn)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    weekday: str = ""
    numeric: str = ""


def parse_date(said: str) -> Day | None:
    """The date in a mention; None for what names no place in the calendar, or leaves words over.

    >>> day = parse_date("Friday the third of March, 2021")
    >>> (day.year, day.month, day.day, day.weekday)
    (2021, 3, 3, 'Friday')
    >>> parse_date("12-03-2020").month, parse_date("mei '19").year, parse_date("last Christmas")
    (3, 2019, None)
    """
    if match := _NUMERIC.fullmatch(said.strip()):
        return _numeric(match)
    if _COUNTED.search(said):  # the second Monday of July
        return None
    found: dict[str, int] = {}
    weekday, spelled = "", []
    for word in [*_WORD.findall(said), ""]:
        low = word.casefold()
        month = _MONTH.get(low) or (_SHORT.get(low) if len(low) > 2 else None)
        plain = not (month or low in _SEASON or low in _WEEKDAYS or low in _FILLERS or not low)
        if plain:
            spelled.append(word)
            continue
        if spelled and not _take(spelled, found):
            return None
        spelled = []
        if month:
            if "month" in found:
                return None
            found["month"] = month
        elif low in _SEASON:
            found["season"] = _SEASON[low]
        elif low in _WEEKDAYS:
            weekday = word
    if not found or (set(found) == {"day"}):
        return None
    made = Day(**found, weekday=weekday)
    return made if _exists(made) else None


def shift_date(day: Day, days: int, language: str) -> str:
    """The date so many days later, as precise as it was and written out in `language`.

    What was not said is taken from the middle: a month is moved from its 15th, a year from 1 July;
    without a year, within a year of 365 days. A weekday stays, so `days` should be whole weeks.

    >>> shift_date(parse_date("12-03-2020"), 35, "en"), shift_date(parse_date("vrijdag 3 mei"), -14, "nl")
    ('16-04-2020', 'vrijdag 19 april')
    """
    month = day.month or (7 if day.season is None else day.season * 3 + 1)
    middle = day.day or (15 if day.month or day.season is not None else 1)
    leap_day = not day.year and (month, middle) == (2, 29)
    moved = date(day.year or 2021, month, 28 if leap_day else middle) + timedelta(days)
    if day.numeric:
        return moved.strftime(day.numeric)
    parts = [day.weekday] if day.weekday else []
    parts += [str(moved.day)] if day.day else []
    if day.month:
        parts.append(_MONTHS[_known(language)][moved.month - 1])
    elif day.season is not None:
        parts.append(_SEASONS[_known(language)][moved.month % 12 // 3])
    parts += [str(moved.year)] if day.year else []
    return " ".join(parts)


def blur_date(day: Day, language: str) -> str:
    """The season and the year of a date, as far as they were said; "" where neither was.

    >>> blur_date(parse_date("12-03-2020"), "en"), blur_date(parse_date("december"), "nl")
    ('spring 2020', 'winter')
    """
    season = day.season if day.month is None else day.month % 12 // 3
    parts = [] if season is None else [_SEASONS[_known(language)][season]]
    return " ".join([*parts, *([str(day.year)] if day.year else [])])


def _known(language: str) -> str:
    return "nl" if language.startswith("nl") else "en"


def _numeric(match: re.Match[str]) -> Day | None:
    first, sign, middle, last = match.groups()
    if len(first) == 4:
        year, day, shape = int(first), int(last), f"%Y{sign}%m{sign}%d"
    else:
        year, day = int(last) + (2000 if len(last) == 2 else 0), int(first)
        shape = f"%d{sign}%m{sign}" + ("%y" if len(last) == 2 else "%Y")
    made = Day(year, int(middle), day, numeric=shape)
    if not _exists(made) and len(first) < 4:  # month first, as in the United States
        made = Day(
            year,
            day,
            int(middle),
            numeric=shape.replace("%d", "%_").replace("%m", "%d").replace("%_", "%m"),
        )
    return made if _exists(made) else None


def _take(spelled: list[str], found: dict[str, int]) -> bool:
    """Read a day, a year, or a day and a year out of words that stand together."""
    for cut in range(len(spelled), -1, -1):
        head, tail = " ".join(spelled[:cut]), " ".join(spelled[cut:])
        values = [_value(part) for part in (head, tail) if part]
        kinds = [_kind(value) for value in values]
        if None not in kinds and len(set(kinds)) == len(kinds) and not set(kinds) & set(found):
            found.update(zip(kinds, values, strict=True))
            return True
    return False


def _value(words: str) -> int | None:
    if words[0] in "'’" and words[1:].isdigit():
        return (2000 if int(words[1:]) < 50 else 1900) + int(words[1:])
    return number_of(words)


def _kind(value: int | None) -> str | None:
    if value is None:
        return None
    return "day" if 1 <= value <= 31 else "year" if 1900 <= value <= 2099 else None


def _exists(day: Day) -> bool:
    try:
        date(day.year or 2020, day.month or 1, day.day or 1)
    except ValueError:
        return False
    return True
