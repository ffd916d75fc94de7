"""Find personal data in the speech of a run of transcripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from themes import registry
from themes.errors import ThemesError
from themes.recognizers._roster import Roster
from themes.records import DOUBT, Mention, Person, Place, Transcript
from themes.stages._propagation import NameIndex, propagate, resolve, settle
from themes.stages._speaker_names import is_name, name_in


class Recognizer(Protocol):
    """A member of the recognizers family: finds one kind of personal data."""

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """Mentions inside the speech of `transcript`, never in its labels."""


@dataclass(frozen=True, slots=True)
class Detected:
    """The mentions of each transcript, the names of the run, and where the search failed.

    `flags` are the passages of each transcript that may single somebody out without a name
    (category "indirect", in reading order, over mentions or apart from them), for a person to
    judge. `doubtful` are the mentions of a confidence below DOUBT, for the review queue. `failures` gives, by the number of a transcript (from 0), the recognizer that failed on it and
    the kind of error: such a transcript has not been searched, and must not be passed on.
    """

    mentions: tuple[tuple[Mention, ...], ...]
    flags: tuple[tuple[Mention, ...], ...]
    doubtful: tuple[tuple[Mention, ...], ...]
    names: NameIndex
    failures: Mapping[int, str]


@cache
def default_recognizers(language: str) -> tuple[Recognizer, ...]:
    """The recognizers that run on transcripts of a language, by their names.

    English, Dutch and "und" get all. Elsewhere the one for unknown words is left out:
    it has no lexicon of the language, and German writes every noun with a capital.
    """
    known = language.split("-")[0] in ("en", "nl", "und")
    names = (name for name in registry.names("recognizers") if known or name != "person_unknown")
    return tuple(registry.load("recognizers", name)() for name in names)


def detect(
    transcripts: Sequence[Transcript],
    recognizers: Sequence[Recognizer] | None = None,
    *,
    people: Iterable[Person] = (),
    places: Iterable[Place] = (),
    more: Sequence[Recognizer] = (),
) -> Detected:
    """The personal data in the speech of each transcript, in reading order, free of overlap.

    Names found anywhere in the run (people, organizations, places; people also as speaker labels)
    are found in all transcripts. `recognizers` are the defaults of each transcript's language
    where None; `people` and `places` that the team knows are found besides, however they are spelled,
    and `more` recognizers are asked. Spans are places in the given texts. Transcripts that are
    anonymized already have
    no mentions. A recognizer that fails on a transcript ends the search there and nowhere else.
    """
    found: list[list[Mention]] = []
    flags: list[tuple[Mention, ...]] = []
    doubtful: list[tuple[Mention, ...]] = []
    failures: dict[int, str] = {}
    roster = Roster(people, places)
    for number, transcript in enumerate(transcripts):
        chosen = default_recognizers(transcript.language) if recognizers is None else recognizers
        chosen = (*chosen, roster, *more)
        mentions: list[Mention] = []
        for recognizer in () if transcript.anonymized else chosen:
            try:
                mentions += recognizer.find(transcript)
            except ThemesError:
                raise
            except Exception as error:  # noqa: BLE001 - a plug-in may raise anything
                failures[number] = f"{type(recognizer).__name__} ({type(error).__name__})"
                mentions = []
                break
        indirect = [mention for mention in mentions if mention.category == "indirect"]
        direct = [mention for mention in mentions if mention.category != "indirect"]
        found.append(resolve((m for m in direct if m.confidence >= DOUBT), transcript))
        doubtful.append(tuple(resolve((m for m in direct if m.confidence < DOUBT), transcript)))
        flags.append(tuple(resolve(indirect, transcript)))
    found = settle(found, transcripts)
    index = NameIndex()
    for mentions, transcript in zip(found, transcripts, strict=True):
        for mention in mentions:
            name = mention.span.of(transcript.text)
            index.add(name, mention.category, mention.confidence, transcript.language)
        for label in () if transcript.anonymized else transcript.speakers:
            # Initials say who speaks, but elsewhere the same letters are abbreviations.
            if is_name(label) and not (label.isupper() and len(label) < 4):
                index.add(name_in(label), "person", 1.0, transcript.language)
    spread = tuple(
        ()
        if transcript.anonymized or number in failures
        else tuple(propagate(mentions, transcript, index))
        for number, (mentions, transcript) in enumerate(zip(found, transcripts, strict=True))
    )
    return Detected(spread, tuple(flags), tuple(doubtful), index, failures)
