"""One transcript after the other with everything replaced that is to go."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from themes.grammar import compose
from themes.grammar.compose import normalize
from themes.profiles._said import Said
from themes.recognizers import _lexicon
from themes.recognizers._roster import Roster
from themes.recognizers._speech import Stretch
from themes.records import Category, Mention, Name, Replacement, Source, Span, Transcript, Turn
from themes.stages._cast import Cast
from themes.stages._file_names import PLACE, harmless
from themes.stages._propagation import NameIndex
from themes.stages._pseudonyms import People, identity, is_title, part_of, person_key
from themes.stages._speaker_names import is_name, name_in, named
from themes.stages.detect import detect

LABEL = "label"
"""The recognizer that a mention in a speaker label names."""

_ID_WORD = re.compile(r"(?:[A-Z](?![a-z]))+|[^\W\d_](?:(?![A-Z])[^\W\d_])*")
# Public events that date what stands beside them, whatever the participant's dates are moved by.
_EVENT = re.compile(
    r"\b(?:lockdowns?|corona\w*|covid\w*|pandemi\w+|curfew|avondklok|elections?|verkiezing\w*|brexit"
    r"|olympic\w*|olympisch\w*|world cup|coronation|kroning\w*)\b",
    re.IGNORECASE,
)


class Made(NamedTuple):
    """A replacement, and what stood there."""

    replacement: Replacement
    original: str


class _Placed(NamedTuple):
    """Where in a piece of text a mark was put, for which mention, entity and words."""

    at: int
    mark: str
    mention: Mention
    entity: str
    original: str

    def replacement(self, transcript_id: str, turn: int, start: int) -> Replacement:
        span = Span(start + self.at, start + self.at + len(self.mark))
        return Replacement(
            transcript_id, turn, replace(self.mention, span=span), self.mark, self.entity
        )


class Rewriting:
    """One run of `anonymize`: who is who, and what stands for each so far."""

    def __init__(
        self,
        transcripts: Sequence[Transcript],
        found: Sequence[Sequence[Mention]],
        index: NameIndex,
        people: People,
        cast: Cast,
        *,
        roster: Roster,
        stays: Callable[[str, Name], bool],
        shifts: Sequence[int | None],
    ) -> None:
        self._transcripts, self._found, self._index = transcripts, found, index
        self._people, self._cast = people, cast
        self._roster, self._stays, self._shifts = roster, stays, shifts

    def rewrite(self, number: int) -> tuple[Transcript, list[Made]]:
        """The transcript of that number, rebuilt, with its replacements in reading order."""
        old = self._transcripts[number]
        mentions = iter(self._found[number])
        mention = next(mentions, None)
        parts: list[tuple[str, str]] = []
        placed: list[list[_Placed]] = []  # from the start of the speech
        for turn in old.turns:
            label, in_label = self._label(turn.speaker, number)
            behind = len(label) + len(": ")
            here = [piece._replace(at=piece.at - behind) for piece in in_label]
            dated = _EVENT.search(old.speech(turn)) is not None
            pieces, at, length = [], turn.span.start, 0
            while mention is not None and mention.span.end <= turn.span.end:
                said = mention.span.of(old.text)
                before = old.text[at : mention.span.start]
                mark, entity = self._mark(said, mention.category, number, before, dated)
                here.append(_Placed(length + len(before), mark, mention, entity, said))
                pieces += [before, mark]
                length += len(before) + len(mark)
                at, mention = mention.span.end, next(mentions, None)
            pieces.append(old.text[at : turn.span.end])
            parts.append((label, "".join(pieces)))
            placed.append(here)
        text, spans = compose(parts)
        turns = tuple(
            replace(turn, span=span, speaker=label)
            for turn, span, (label, _) in zip(old.turns, spans, parts, strict=True)
        )
        new = replace(
            old,
            text=text,
            turns=turns,
            source=self._source(old.source, number),
            attributes=self._attributes(old.attributes, number),
            anonymized=True,
        )
        made = [
            Made(piece.replacement(old.id, turn_number, span.start), piece.original)
            for turn_number, (span, here) in enumerate(zip(spans, placed, strict=True), 1)
            for piece in here
        ]
        return new, made

    def rename(self, transcripts: Sequence[Transcript]) -> list[Transcript]:
        """The transcripts with names out of their ids and file names; ids stay apart."""
        taken = {
            transcript.id.casefold() for transcript in self._transcripts if transcript.anonymized
        }
        renamed = []
        for number, (old, new) in enumerate(zip(self._transcripts, transcripts, strict=True)):
            if not old.anonymized:
                wanted = free = self._file_name(old.id, number)
                again = 2
                while free.casefold() in taken:
                    free, again = f"{wanted}-{again}", again + 1
                taken.add(free.casefold())
                source = new.source and replace(
                    new.source, name=self._file_name(new.source.name, number)
                )
                new = replace(new, id=free, source=source)
            renamed.append(new)
        return renamed

    def _entity(self, said: str, category: Category, number: int) -> str:
        name = said_as = identity(category, said)
        if category == "person":
            name = self._people.who(name, number)
        if category in ("person", "location", "organization") and name == said_as:
            # However it was spelled, if nothing else tells who it is.
            known = self._roster.who(said)
            name = name if known is None else identity(category, known.name)
        return self._cast.meet(category, name, said, self._transcripts[number].language)

    def _mark(
        self, said: str, category: Category, number: int, before: str = "", dated: bool = False
    ) -> tuple[str, str]:
        """What stands for something said, and the id of what it is."""
        entity = self._entity(said, category, number)
        part = "full"
        if category == "person":
            titled = is_title(before.split()[-1]) if before.split() else False
            full = max(self._cast.entity(entity).names, key=len)
            part = part_of(person_key(said), full, titled=titled)
        shift = None if dated else self._shifts[number]
        return self._cast.shown(
            entity, Said(said, part, self._transcripts[number].language, shift)
        ), entity

    def _label(self, label: str, number: int) -> tuple[str, list[_Placed]]:
        """The label to show, and the marks in it with their places in the label."""
        if not label:
            return label, []
        if is_name(label):
            place = named(label)
            mark, entity = self._mark(name_in(label), "person", number)
            mention = Mention(place, "person", LABEL, 1.0)
            shown = label[: place.start] + mark + label[place.end :]
            return shown, [_Placed(place.start, mark, mention, entity, place.of(label))]
        if len(label.split()) == 1:
            return label, []
        return self._scrub(label, number)

    def _scrub(self, text: str, number: int) -> tuple[str, list[_Placed]]:
        """A short text beside the speech with the run's names replaced."""
        pieces, placed, at, length = [], [], 0, 0
        language = self._transcripts[number].language
        for mention in self._index.find(Stretch(text, 0, True), language):
            said = mention.span.of(text)
            if self._stays(mention.category, identity(mention.category, said)):
                continue
            mark, entity = self._mark(said, mention.category, number)
            pieces += [text[at : mention.span.start], mark]
            length += mention.span.start - at
            placed.append(_Placed(length, mark, mention, entity, said))
            length, at = length + len(mark), mention.span.end
        return "".join([*pieces, text[at:]]), placed

    def _attributes(self, attributes: Mapping[str, str], number: int) -> Mapping[str, str]:
        return MappingProxyType(
            {name: self._value(value, number) for name, value in attributes.items()}
        )

    def _value(self, value: str, number: int) -> str:
        """An attribute's value with all personal data replaced, as if it had been said."""
        text = normalize(value)
        if not text:
            return value
        language = self._transcripts[number].language
        said = Transcript("value", text, (Turn(Span(0, len(text)), "", "respondent"),), language)
        detected = detect([said])
        if detected.failures:
            return ""  # what could not be searched is not passed on
        pieces, at = [], 0
        for mention in detected.mentions[0]:
            if mention.category == "indirect":
                continue
            mark, _ = self._mark(mention.span.of(text), mention.category, number)
            pieces += [text[at : mention.span.start], mark]
            at = mention.span.end
        return self._scrub("".join([*pieces, text[at:]]), number)[0]

    def _source(self, source: Source | None, number: int) -> Source | None:
        return source and replace(
            source, notes=tuple(self._scrub(note, number)[0] for note in source.notes)
        )

    def _file_name(self, name: str, number: int) -> str:
        """A file name or id with "person-1" where a name of the run, or a first name, stands.

        What else is no role, code, short number or ordinary word is left out of it.
        """
        words = list(_ID_WORD.finditer(name))
        plain = [match[0] for match in words]
        spots = list(self._index.names_in(plain))
        covered = {at for start, end, _ in spots for at in range(start, end)}
        language = self._transcripts[number].language
        spots += [
            (at, at + 1, "person")
            for at, word in enumerate(plain)
            if at not in covered and _is_first_name(word, language)
        ]
        pieces, marks, at = [], [], 0
        for start, end, category in sorted(spots):
            marks.append(self._entity(" ".join(plain[start:end]), category, number).lower())
            pieces += [name[at : words[start].start()], PLACE]
            at = words[end - 1].end()
        shown = harmless("".join([*pieces, name[at:]]), language)
        for mark in marks:
            shown = shown.replace(PLACE, mark, 1)
        return shown


def _is_first_name(word: str, language: str) -> bool:
    key = _lexicon.fold(word)
    return len(key) > 2 and key in _lexicon.first_names() and not _lexicon.is_word(key, language)
