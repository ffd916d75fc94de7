"""Names and numbers that a small trained network recognizes by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from themes.recognizers import _lexicon
from themes.recognizers._names import is_eponym
from themes.recognizers._network import CASED, SMALL, document, network, tokens
from themes.recognizers._numbers import DIGIT, TWO_DIGITS
from themes.recognizers._speech import Stretch, stretches
from themes.records import DOUBT, Category, Mention, Span, Transcript

_CATEGORIES: dict[str, Category] = {
    "PERSON": "person",
    "LOCATION": "location",
    "ORGANIZATION": "organization",
    "DATE": "date",
    "AGE": "age",
    "PHONE": "phone",
    "EMAIL": "email",
    "URL": "url",
    "ID": "id",
}
_BATCH = 64  # turns at once
_NAMES = frozenset(("person", "location", "organization"))
_SURE = 0.7
_ARTICLES = frozenset(("the", "a", "an", "de", "het", "een"))
_LONGEST_ABBREVIATION = 4
_SPOKEN_NUMBER = re.compile(rf"\d|\b(?:{TWO_DIGITS}|{DIGIT})\b", re.IGNORECASE)


class Ner:
    """People, places, organizations and codes that a network recognizes.

    Two networks of spaCy, trained by scripts/train_ner.py (cards: models/ner-cased and
    models/ner-small); the second reads speech in which capitals say nothing. They are opened when
    the first speech of their kind is met. Their judgement rests on the words around, so they find
    names that no list holds, and err where a word is used like a name. What is written like an
    ordinary word, and dates, ages and addresses that no pattern found, get a confidence below
    DOUBT: a person may look at them, and nothing is replaced. Found: "then Aukelien rang", "toen
    belde Aukelien". Not found: "then the registrar rang", "toen belde de verpleegkundige".
    """

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """The mentions in speech: first where capitals tell something, then elsewhere."""
        found = list(stretches(transcript))
        small = {
            word.text for stretch in found if stretch.cased for word in stretch.words()
            if word.text.islower()
        }  # fmt: skip
        for name, cased in ((CASED, True), (SMALL, False)):
            chosen = [s for s in found if s.cased is cased and any(map(str.isalnum, s.text))]
            if chosen:
                yield from _recognized(name, chosen, transcript.language, small)


def _recognized(
    name: str, chosen: Sequence[Stretch], language: str, small: set[str]
) -> Iterator[Mention]:
    nlp = network(name)
    placed = []
    for stretch in chosen:
        text = stretch.text if stretch.cased else _small(stretch.text)
        places = tokens(text)
        placed.append((stretch, places, document(nlp, text, places, language)))
    docs = nlp.get_pipe("ner").pipe((doc for _, _, doc in placed), batch_size=_BATCH)
    for (stretch, places, _), doc in zip(placed, docs, strict=True):
        words = stretch.words() if doc.ents else []
        opening = {word.start for word in words if word.initial}
        terms = {w.start for at, w in enumerate(words) if is_eponym(words, at, at + 1, stretch)}
        for entity in doc.ents:
            start, end = places[entity.start][0], places[entity.end - 1][1]
            category = _CATEGORIES[entity.label_]
            if not _is_readable(stretch.text[start:end], category):
                continue
            span = Span(start, end).shift(stretch.start)
            initial = span.start in opening
            likely = not any(span.start <= at < span.end for at in terms) and _is_likely(
                stretch, stretch.text[start:end], category, language, small, initial
            )
            yield Mention(span, category, "ner", _SURE if likely else DOUBT / 2)


def _is_readable(text: str, category: Category) -> bool:
    """Whether the text is of a kind the network has learned: Latin letters, or enough signs."""
    if category in _NAMES:
        return sum(sign.lower() != sign.upper() for sign in text) > 1
    return len(text) > 2


def _is_likely(
    stretch: Stretch, text: str, category: Category, language: str, small: set[str], initial: bool
) -> bool:
    """Whether what the network took for personal data is also written like it."""
    if category not in _NAMES:
        return category == "id" and _SPOKEN_NUMBER.search(text) is not None
    key = _lexicon.fold(text)
    if not stretch.cased:
        return key in _lexicon.first_names() or not _lexicon.is_word(key, "und")
    if text.islower() or _lexicon.is_kept(key):
        return False
    led = key.split()[0] in _ARTICLES
    bare = text.split(" ", 1)[-1] if led else text
    if len(bare.split()) > 1:
        return True
    text, key = bare, _lexicon.fold(bare)
    if text.isupper() and 2 < len(text) <= _LONGEST_ABBREVIATION:
        return False
    if key in small or (led and _lexicon.is_explained(key, language)):
        return False
    return key in _lexicon.first_names() or not (initial and _lexicon.is_explained(key, language))


def _small(text: str) -> str:
    """The text in lower case, letter by letter, so that every place stays."""
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)
