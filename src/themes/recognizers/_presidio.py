"""Recognizers of Presidio, plugged in: for those who have written some, or trust one.

Presidio is not installed with themes and is not imported here: whatever has its `analyze` will do.
Its recognizers of names find nothing without a downloaded model, and say nothing about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from themes.recognizers._speech import stretches
from themes.records import Category, Mention, Span, Transcript

ENTITIES: Mapping[str, Category] = {
    "PERSON": "person", "LOCATION": "location", "GPE": "location", "ORGANIZATION": "organization",
    "NRP": "indirect", "DATE_TIME": "date", "AGE": "age", "PHONE_NUMBER": "phone",
    "EMAIL_ADDRESS": "email", "URL": "url", "ZIP_CODE": "postcode",
}  # fmt: skip
"""What Presidio's entities are called here; every other one is an "id"."""


class Analyzes(Protocol):
    """The part of presidio_analyzer.EntityRecognizer that is used."""

    supported_entities: list[str]

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> Iterable[Any]:
        """Results with `entity_type`, `start`, `end` and `score`."""


class Presidio:
    """One recognizer of Presidio that needs no language model: patterns, deny lists, your own.

    `least` is the score from which its results count. Its pattern recognizers read "P12" as a
    driver's licence at 0.3: keep `least` above that.

    >>> from types import SimpleNamespace as Result
    >>> class Badges:
    ...     supported_entities = ["BADGE"]
    ...     def analyze(self, text, entities, nlp_artifacts):
    ...         return [Result(entity_type="BADGE", start=text.find("B-7"), end=text.find("B-7") + 3, score=0.9)]
    >>> from themes.records import Turn
    >>> said = Transcript("t", "R: badge B-7", (Turn(Span(3, 12), "R", "respondent"),))
    >>> [(mention.span, mention.category) for mention in Presidio(Badges()).find(said)]
    [(Span(start=9, end=12), 'id')]
    """

    def __init__(self, recognizer: Analyzes, least: float = 0.5) -> None:
        self._recognizer, self._least = recognizer, least

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """What the recognizer finds in each turn, in its own order."""
        entities = list(self._recognizer.supported_entities)
        for stretch in stretches(transcript):
            for result in self._recognizer.analyze(stretch.text, entities, None) or ():
                if result.score >= self._least and result.start < result.end:
                    yield Mention(
                        Span(result.start, result.end).shift(stretch.start),
                        ENTITIES.get(result.entity_type, "id"),
                        "presidio",
                        min(float(result.score), 1.0),
                    )
