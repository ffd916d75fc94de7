"""The way back with the key, and how it is closed for one person."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from themes.errors import InputError
from themes.records import Entity, Key, Restoration
from themes.stages._pseudonyms import person_key

_FEWEST_LETTERS = 5  # of a name inside an address, to take the address for that person's


@dataclass(frozen=True, slots=True, repr=False)
class Restored:
    """A transcript as it was. `exact` is False where the text had been changed since.

    Then marks were replaced by names one by one: what was said in other words ("she" for a
    changed sentence) cannot be known. `n_forgotten` counts marks that nothing leads back from.
    """

    transcript_id: str
    text: str
    exact: bool
    n_forgotten: int


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much left a key: entities without their names, transcripts without a way back."""

    n_entities: int
    n_transcripts: int
    n_elsewhere: int
    """Entities of the participant's transcripts that stay, because they occur in others too."""


def restore(transcript_id: str, text: str, key: Key) -> Restored:
    """A pseudonymized text with everything put back that the key still has.

    Byte for byte what was read, if the text is as themes wrote it.

    >>> restore("t1", "Nobody is named here.", Key("k", b"")).exact
    False
    """
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = [each for each in key.restorations if each.sha256 == digest]
    # Two transcripts may be the same text: the one of that name, then.
    known.sort(key=lambda each: each.transcript_id != transcript_id)
    return _exactly(text, known[0]) if known else _by_marks(transcript_id, text, key)


def _exactly(text: str, way_back: Restoration) -> Restored:
    pieces, at, forgotten = [], 0, 0
    for piece in way_back.pieces:
        pieces.append(text[at : piece.span.start])
        pieces.append(piece.span.of(text) if piece.original is None else piece.original)
        forgotten += piece.original is None
        at = piece.span.end
    return Restored(way_back.original_id, "".join([*pieces, text[at:]]), forgotten == 0, forgotten)


def _by_marks(transcript_id: str, text: str, key: Key) -> Restored:
    names: dict[str, str] = {}
    shared: set[str] = set()
    for entity in key.entities:
        for mark in {f"[{entity.id}]", *entity.pseudonyms.values()}:
            if mark in names:
                shared.add(mark)  # "[PERSON]" of the strict profile
            names[mark] = max(entity.forms, key=len, default="")
    for mark in shared:
        del names[mark]
    if not names:
        return Restored(transcript_id, text, False, 0)
    either = "|".join(re.escape(mark) for mark in sorted(names, key=len, reverse=True))
    forgotten = 0

    def name(match: re.Match[str]) -> str:
        nonlocal forgotten
        forgotten += not names[match[0]]
        return names[match[0]] or match[0]

    restored = re.sub(rf"(?<!\w)(?:{either})(?!\w)", name, text)
    ids = {each.transcript_id: each.original_id for each in key.restorations}
    return Restored(ids.get(transcript_id, transcript_id), restored, False, forgotten)


def forget(who: str, key: Key) -> tuple[Key, Forgotten]:
    """The key without one person, and how much that was.

    `who` is a participant (the attribute, or the id of a transcript, old or new), whose transcripts
    lose their way back with every name that occurs in no others; or a person by number
    ("PERSON-3"), pseudonym or name, who is taken out of all transcripts. Roster, decisions and
    addresses that hold the name go along. Numbers and pseudonyms are not given to anybody else.
    Raises InputError when nobody is called so.
    """
    theirs = [
        each
        for each in key.restorations
        if who in (each.participant, each.transcript_id, each.original_id)
    ]
    rest = [each for each in key.restorations if each not in theirs]
    met = {piece.entity for each in theirs for piece in each.pieces}
    elsewhere = met & {piece.entity for each in rest for piece in each.pieces}
    gone = {
        entity.id for entity in key.entities if entity.id in met - elsewhere or _is(entity, who)
    }
    if not theirs and not gone:
        raise InputError(
            f"nobody is called {who} in this key; name a transcript, a participant or a number "
            "such as PERSON-3"
        )
    names = {n for e in key.entities if e.id in gone and e.category == "person" for n in e.names}
    whole = {"".join(name) for name in names if len(name) > 1 or len(name[0]) >= _FEWEST_LETTERS}
    gone |= {
        entity.id
        for entity in key.entities
        if entity.category in ("email", "url", "id")
        and any(
            part in re.sub(r"\W", "", form.casefold()) for form in entity.forms for part in whole
        )
    }
    entities = tuple(
        Entity(e.category, e.number, language=e.language, pseudonyms=e.pseudonyms)
        if e.id in gone
        else e
        for e in key.entities
    )
    kept = tuple(
        replace(
            each,
            pieces=tuple(
                replace(piece, original=None) if piece.entity in gone else piece
                for piece in each.pieces
            ),
        )
        for each in rest
    )
    words = names | {n for e in key.entities if e.id in gone for n in e.names}
    less = replace(
        key,
        entities=entities,
        restorations=kept,
        people=tuple(p for p in key.people if person_key(p.name) not in names),
        decisions=tuple(d for d in key.decisions if d.words not in words),
    )
    return less, Forgotten(len(gone), len(theirs), len(elsewhere - gone))


def _is(entity: Entity, who: str) -> bool:
    if not entity.names:
        return False
    bare = who.strip("[]")
    by_name = entity.category == "person" and person_key(who) in entity.names
    return bare.upper() == entity.id or by_name or who in entity.pseudonyms.values()
