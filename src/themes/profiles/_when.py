"""Ages in bands, dates moved or blurred: for every profile that keeps something of them."""

from __future__ import annotations

import re

from themes.grammar.dates import blur_date, parse_date, shift_date
from themes.grammar.numerals import number_of
from themes.profiles._said import Said

_OLDEST = 90
_DECADE = re.compile(r"(?:(\d0)['’]?s|(\w+?)(?:ies|er|ster|ers)?)")


def age_band(said: str) -> str:
    """The ten years around an age, "90+" for the oldest; "" where no age is understood.

    >>> age_band("thirty-four"), age_band("in her fifties"), age_band("zevenentachtig"), age_band("94")
    ('30-39', '50-59', '80-89', '90+')
    """
    for words in (said, said.split()[-1]):
        years = number_of(re.sub(r" (?:jaar|years?)$", "", words))
        if years is None and (match := _DECADE.fullmatch(words.casefold())):
            stem = match[1] or match[2]
            years = number_of(stem)
            years = number_of(stem + "y") if years is None else years
        if years is not None and years < 130:
            low = years // 10 * 10
            return f"{_OLDEST}+" if years >= _OLDEST else f"{low}-{low + 9}"
    return ""


def blurred(said: Said) -> str:
    """The season and year of a date; "" where neither was said."""
    day = parse_date(said.text)
    return blur_date(day, said.language) if day else ""


def moved(said: Said) -> str:
    """The date moved by the participant's secret; "" where that cannot be done."""
    day = parse_date(said.text)
    return (
        ""
        if day is None or said.shift_days is None
        else shift_date(day, said.shift_days, said.language)
    )
