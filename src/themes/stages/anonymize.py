"""Replace personal data in transcripts by pseudonyms, the same over the whole study."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType

from themes import registry
from themes.recognizers._deduce import Deduce
from themes.recognizers._roster import Roster
from themes.recognizers._speech import Stretch
from themes.records import (
    Key,
    Mention,
    Name,
    Piece,
    Replacement,
    Restoration,
    Transcript,
)
from themes.stages._cast import Cast
from themes.stages._known_names import KnownNames
from themes.stages._propagation import key as words_of
from themes.stages._pseudonyms import person_key
from themes.stages._rewriting import Made, Rewriting
from themes.stages._speaker_names import is_name, name_in
from themes.stages._who import fingerprint, participant_of, people_of, roles_of, shift_days
from themes.stages.detect import Detected, Recognizer, detect
from themes.stages.name_decisions import rule, standing
from themes.stages.queue import Item

NO_KEY = Key("", b"")
"""What a run without a key knows: nothing."""


@dataclass(frozen=True, slots=True)
class Anonymized:
    """Pseudonymized transcripts in the order given, and every replacement in reading order.

    "Pseudonymized" is meant in the sense of GDPR article 4(5): these are still personal data.
    `failures` names, by its number among the transcripts given (from 0), each transcript on which
    a recognizer failed, and that recognizer; such a transcript is not among `transcripts`.
    `key` leads back to what was replaced; `changed` are the ids of those whose natural name turned
    out to be somebody's, so that what was made before must be made again.
    """

    transcripts: tuple[Transcript, ...]
    replacements: tuple[Replacement, ...]
    failures: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    key: Key = NO_KEY
    changed: tuple[str, ...] = ()


def search(
    transcripts: Sequence[Transcript],
    recognizers: Sequence[Recognizer] | None = None,
    key: Key = NO_KEY,
    more: Sequence[Recognizer] = (),
) -> Detected:
    """What `detect` finds, the names that the key knows, and what `more` recognizers find."""
    # What was replaced once and is kept now must not come back as a name that is known.
    kept = {words for (_, words), d in standing(key.decisions).items() if d.act == "keep"}
    known = KnownNames(
        (form, entity.category, entity.language)
        for entity in key.entities
        if not kept & set(entity.names)
        for form in entity.forms
    )
    return detect(
        transcripts, recognizers, people=key.people, places=key.places, more=(known, *more)
    )


@contextmanager
def second_opinions(name: str) -> Iterator[tuple[Recognizer, ...]]:
    """The program of that name to ask besides ("deduce"), while the block lasts; none for ""."""
    if not name:
        yield ()
        return
    deduce = Deduce()
    try:
        yield (deduce,)
    finally:
        deduce.close()


def anonymize(
    transcripts: Sequence[Transcript],
    recognizers: Sequence[Recognizer] | None = None,
    *,
    key: Key = NO_KEY,
    profile: str = "numbered",
    detected: Detected | None = None,
    queue: Sequence[Item] = (),
) -> Anonymized:
    """Every transcript with its personal data replaced as the profile says.

    The same person has the same pseudonym in all transcripts and in all runs with the same `key`,
    and no pseudonym of a profile but "strict" stands for two; numbers run in reading order. What
    was decided in the key about what was `detected` and about words of the `queue` is done. Labels
    that are names, ids, file names, attributes and notes lose their names too. Transcripts that
    are anonymized already pass unchanged, and marks in them are never given again.

    >>> from themes.records import Span, Turn
    >>> text = "Femke: I asked Dr. Okafor."
    >>> done = anonymize([Transcript("t1", text, (Turn(Span(7, 26), "Femke", "other"),), "en")])
    >>> done.transcripts[0].text
    '[PERSON-1]: I asked Dr. [PERSON-2].'
    """
    if detected is None:
        detected = search(transcripts, recognizers, key)
    failures = detected.failures
    searched = [n for n in range(len(transcripts)) if n not in failures]
    ruled = rule(transcripts, detected, queue, key, indirect=profile == "strict")
    transcripts = [transcripts[number] for number in searched]
    found = [ruled[number] for number in searched]
    people = people_of(
        [_people_in(t, mentions) for t, mentions in zip(transcripts, found, strict=True)],
        transcripts,
        key,
    )
    cast = Cast(
        profile,
        registry.load("profiles", profile)(),
        (transcript.text for transcript in transcripts),
        key.entities,
        roles=roles_of(key, people),
        occurs=_occurs(transcripts, key),
    )
    for entity in key.entities:
        # Who was "Jan" alone is "Jan Bos" once only one Jan can be meant.
        if entity.category == "person" and entity.names:
            full = people.everywhere(entity.names[0])
            if not cast.knows("person", full):
                cast.also("person", entity.names[0], full)
    run = Rewriting(
        transcripts,
        found,
        detected.names,
        people,
        cast,
        roster=Roster(key.people, key.places),
        stays=_kept(key),
        shifts=[shift_days(key, participant_of(t)) if key.secret else None for t in transcripts],
    )
    done: list[Transcript] = []
    made: list[list[Made]] = []
    for number, transcript in enumerate(transcripts):
        here: list[Made] = []
        if not transcript.anonymized:
            transcript, here = run.rewrite(number)
        done.append(transcript)
        made.append(here)
    # Ids come last, so that numbers follow the reading order of the text.
    identified = run.rename(done)
    key = replace(
        key,
        entities=cast.entities(),
        restorations=_restorations(key, transcripts, identified, made),
    )
    return Anonymized(
        tuple(identified),
        tuple(
            replace(each.replacement, transcript_id=new.id)
            for new, here in zip(identified, made, strict=True)
            for each in here
        ),
        failures,
        key,
        cast.changed,
    )


def _people_in(transcript: Transcript, mentions: Sequence[Mention]) -> set[Name]:
    names = {
        person_key(mention.span.of(transcript.text))
        for mention in mentions
        if mention.category == "person"
    }
    if not transcript.anonymized:
        names |= {person_key(name_in(label)) for label in filter(is_name, transcript.speakers)}
    return names


def _occurs(transcripts: Sequence[Transcript], key: Key) -> Callable[[str], bool]:
    """Whether a folded word stands in the study, as far as it is at hand; no pseudonym may be one."""

    @cache
    def words() -> frozenset[str]:  # most profiles never ask
        texts = [t.text for t in transcripts if not t.anonymized]
        texts += [value for t in transcripts for value in t.attributes.values()]
        texts += [name for person in key.people for name in (person.name, *person.nicknames)]
        texts += [place.name for place in key.places]
        texts += [form for entity in key.entities for form in entity.forms]
        cut = (Stretch(text, 0, True).words() for text in texts)
        return frozenset(part for row in cut for word in row for part in words_of(word.text))

    return lambda word: word in words()


def _kept(key: Key) -> Callable[[str, Name], bool]:
    kept = {item for item, decision in standing(key.decisions).items() if decision.act == "keep"}
    return lambda category, name: (category, name) in kept


def _restorations(
    key: Key,
    originals: Sequence[Transcript],
    done: Sequence[Transcript],
    made: Sequence[Sequence[Made]],
) -> tuple[Restoration, ...]:
    """What earlier runs left, and how each transcript of this one is made readable again."""
    new = {}
    for old, transcript, here in zip(originals, done, made, strict=True):
        if old.anonymized:
            continue
        digest = hashlib.sha256(transcript.text.encode()).hexdigest()
        pieces = tuple(
            Piece(each.replacement.mention.span, each.original, each.replacement.entity)
            for each in here
        )
        new[transcript.id, digest] = Restoration(
            transcript.id,
            digest,
            old.id,
            old.source.name if old.source else "",
            fingerprint(old),
            participant_of(old),
            pieces,
        )
    kept = (r for r in key.restorations if (r.transcript_id, r.sha256) not in new)
    return (*kept, *new.values())
