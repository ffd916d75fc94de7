"""What a key and its roster say about who is who, before a run begins."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence

from themes.records import Key, Name, Transcript
from themes.stages._propagation import key as words_of
from themes.stages._pseudonyms import People, person_key
from themes.stages.name_decisions import standing

_WEEKS = (4, 26)
"""Dates move by at least and at most so many weeks, forward or back."""


def people_of(names: Sequence[set[Name]], transcripts: Sequence[Transcript], key: Key) -> People:
    """Who is who among the `names` of each transcript, as roster and earlier runs know them."""
    nicknames: dict[Name, set[Name]] = {}
    for person in key.people:
        for nickname in person.nicknames:
            nicknames.setdefault(person_key(nickname), set()).add(person_key(person.name))
    known = {person_key(person.name) for person in key.people}
    known |= {
        name for entity in key.entities if entity.category == "person" for name in entity.names
    }
    by_id = {entity.id: entity for entity in key.entities if entity.names}
    met: dict[tuple[str, str], dict[Name, Name]] = {}
    for restoration in key.restorations:
        earlier = met.setdefault((restoration.original_id, restoration.source_sha256), {})
        for piece in restoration.pieces:
            entity = by_id.get(piece.entity)
            if entity is not None and entity.category == "person" and piece.original is not None:
                earlier[person_key(piece.original)] = entity.names[0]
    return People(
        names,
        # A nickname that two people share tells nothing.
        aliases={nick: next(iter(full)) for nick, full in nicknames.items() if len(full) == 1},
        known=known,
        before=[met.get((t.id, fingerprint(t)), {}) for t in transcripts],
    )


def roles_of(key: Key, people: People) -> Mapping[tuple[str, Name], str]:
    """Roles by category and name: the roster's, and over them those that were decided."""
    roles: dict[tuple[str, Name], str] = {}
    for person in key.people:
        if person.role:
            roles["person", person_key(person.name)] = person.role
    for place in key.places:
        if place.role:
            for category in ("location", "organization"):
                roles[category, words_of(place.name)] = place.role
    for decision in standing(key.decisions).values():
        if decision.role and decision.category:
            name = decision.words
            if decision.category == "person":
                name = people.everywhere(name)
            roles[decision.category, name] = decision.role
    return roles


def shift_days(key: Key, participant: str) -> int:
    """By how many days the dates of a participant move: whole weeks, the same in every run.

    >>> shift_days(Key("k", b"s" * 32), "P01") % 7
    0
    """
    digest = hmac.digest(key.secret, b"shift\0" + participant.encode(), hashlib.sha256)
    least, most = _WEEKS
    weeks = least + int.from_bytes(digest[:8]) % (most - least + 1)
    return 7 * weeks * (1 if digest[8] & 1 else -1)


def participant_of(transcript: Transcript) -> str:
    """Whose interview it is: the attribute "participant", and the transcript's own id without it."""
    return transcript.attributes.get("participant") or transcript.id


def fingerprint(transcript: Transcript) -> str:
    """The hash of the file a transcript came from, of its text where it came from none."""
    if transcript.source is not None:
        return transcript.source.sha256
    return hashlib.sha256(transcript.text.encode()).hexdigest()
