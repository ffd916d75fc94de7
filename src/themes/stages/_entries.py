"""What a key knows, in the shapes in which it might still stand somewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from themes.grammar.dates import parse_date
from themes.grammar.numerals import number_of
from themes.recognizers import _lexicon
from themes.recognizers._names import PARTICLES
from themes.records import Key, Name
from themes.stages._tokens import fold, tokens
from themes.stages.name_decisions import standing

SHORTEST_PART = 3
"""Letters: shorter parts of a name are looked for only inside the whole name."""
SHORTEST_RUN = 5
"""Letters or digits of what is looked for closed up, across blanks, stops and line ends."""

_MONTHS = {
    n: (en, nl)
    for n, (en, nl) in enumerate(
        zip(
            "january february march april may june july august september october november december".split(),
            "januari februari maart april mei juni juli augustus september oktober november december".split(),
            strict=True,
        ),
        1,
    )
}


def squeezed(text: str) -> str:
    """Folded letters and digits alone.

    >>> squeezed("Van der Meer, F.")
    'vandermeerf'
    """
    return "".join(sign for sign in fold(text) if sign.isalnum())


def is_ordinary(word: str) -> bool:
    """Whether a folded word is one of the language as well."""
    return _lexicon.is_word(word, "und")


@dataclass(slots=True)
class Entries:
    """The shapes of all entries of a key, each leading to the id of what it gives away.

    `sequences` by their first word: words in a row. `parts`: single words of names. `runs`:
    letters and digits closed up. `digits`: the last eight of a number. `kept`: names that stay, closed up.
    `given`: words of pseudonyms, which are nobody's misspelt names.
    """

    sequences: dict[str, list[tuple[Name, str]]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[str, str] = field(default_factory=dict)
    runs: dict[str, str] = field(default_factory=dict)
    digits: dict[str, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()

    def add_sequence(self, words: Name, entity: str) -> None:
        if words and (words, entity) not in self.sequences[words[0]]:
            self.sequences[words[0]].append((words, entity))

    def add_run(self, text: str, entity: str) -> None:
        run = squeezed(text)
        if len(run) >= SHORTEST_RUN and not run.isdigit():
            self.runs.setdefault(run, entity)


def entries_of(key: Key) -> Entries:
    """Everything that is looked for in outputs: the names, numbers and addresses of a key.

    Ages, and dates without a day, are not: they stand in every text, and alone they tell nothing.
    """
    stands = standing(key.decisions)
    kept = (" ".join(words) for (_, words), d in stands.items() if d.act == "keep")
    made = Entries(
        kept=frozenset(map(squeezed, kept)),
        given=frozenset(
            word
            for entity in key.entities
            for pseudonym in entity.pseudonyms.values()
            for word in _words(pseudonym)
        ),
    )
    for entity in key.entities:
        for form in entity.forms:
            _enter(made, entity.category, form, entity.id)
    for person in key.people:
        for name in (person.name, *person.nicknames):
            _enter(made, "person", name, "roster")
    for place in key.places:
        _enter(made, "location", place.name, "roster")
    for each in key.restorations:
        # What was taken out of the name of a file.
        shown = set(_words(each.transcript_id))
        stem = each.source.rpartition(".")[0] or each.source
        for name in (each.original_id, stem):
            for word in _words(name):
                if len(word) > SHORTEST_PART and word not in shown and not is_ordinary(word):
                    _enter(made, "id" if word.isdigit() else "person", word, each.transcript_id)
    for whole in made.kept:
        made.parts.pop(whole, None)
        made.runs.pop(whole, None)
    for rows in made.sequences.values():
        rows[:] = [row for row in rows if "".join(row[0]) not in made.kept]
    return made


def _enter(made: Entries, category: str, form: str, entity: str) -> None:
    words = _words(form)
    if category in ("person", "organization", "location"):
        longest = max(map(len, words), default=0)
        if longest >= SHORTEST_PART or len(words) > 1:
            made.add_sequence(words, entity)
            made.add_run(form, entity)
        if category == "person" and len(words) > 1:
            # As lists of names have it: "Wit, Roos de".
            made.add_sequence((words[-1], words[0]), entity)
            made.add_sequence((*words[1:], words[0]), entity)
        if category == "person" or len(words) == 1:
            for word in words:
                if word not in PARTICLES and len(word) >= SHORTEST_PART:
                    made.parts.setdefault(word, entity)
                    made.add_run(word, entity)
    elif category in ("phone", "id", "postcode", "url", "email"):
        _enter_number(made, category, form, words, entity)
    elif category == "date":
        for shape in _date_shapes(form):
            made.add_sequence(shape, entity)
    elif category == "indirect" and len(words) > 2:
        made.add_sequence(words, entity)


def _enter_number(made: Entries, category: str, form: str, words: Name, entity: str) -> None:
    spoken = [number_of(word) for word in words]
    digits = "".join(sign for sign in fold(form) if sign.isdigit())
    if not digits and spoken and all(n is not None for n in spoken):
        digits = "".join(map(str, spoken))
        made.add_sequence(words, entity)
    if len(digits) >= 6:
        made.digits.setdefault(digits[-8:], entity)
    elif len(squeezed(form)) >= 4:
        made.add_sequence(words, entity)
    bare = re.sub(r"^\s*(?:\w+://)?(?:www\.)?", "", form) if category == "url" else form
    made.add_run(bare, entity)
    if category == "email":
        for at, dot in (("at", "dot"), ("apenstaartje", "punt")):
            made.add_run(form.replace("@", f" {at} ").replace(".", f" {dot} "), entity)
            made.add_run(form.replace("@", f" {at} "), entity)
        plain = re.sub(r"\s*\b(?:at|apenstaartje)\b\s*", "@", form)
        plain = re.sub(r"\s*\b(?:dot|punt)\b\s*", ".", plain)
        made.add_run(plain, entity)
        for word in _words(plain.partition("@")[0]):
            if len(word) >= SHORTEST_RUN and not is_ordinary(word):
                made.parts.setdefault(word, entity)


def _date_shapes(said: str) -> Iterator[Name]:
    day = parse_date(said)
    if day is None or day.day is None or day.month is None:
        return
    yield _words(said)
    d, m = str(day.day), str(day.month)
    for month in _MONTHS[day.month]:
        ends = [()] if day.year is None else [(str(day.year),)]
        for end in ends:
            yield (d, month, *end)
            yield (month, d, *end)
    if day.year is not None:
        year = str(day.year)
        for dd, mm in {(d, m), (d.zfill(2), m.zfill(2))}:
            yield from ((dd, mm, year), (mm, dd, year), (year, mm, dd))


def _words(text: str) -> Name:
    return tuple(token.key for token in tokens(text))
