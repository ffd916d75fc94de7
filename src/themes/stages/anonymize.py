"""Replace personal data in transcripts by numbered marks, the same over the whole run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Protocol

from themes import registry
from themes.grammar import compose
from themes.grammar.compose import normalize
from themes.grammar.roles import is_role_label
from themes.recognizers import _lexicon
from themes.recognizers._speech import Stretch
from themes.records import Mention, Replacement, Source, Span, Transcript, Turn
from themes.stages._file_names import PLACE, harmless
from themes.stages._propagation import NameIndex, key, propagate, resolve, settle
from themes.stages._pseudonyms import Marks, Name, People, person_key

LABEL = "label"
"""The recognizer that a mention in a speaker label names."""

_ID_WORD = re.compile(r"(?:[A-Z](?![a-z]))+|[^\W\d_](?:(?![A-Z])[^\W\d_])*")


class Recognizer(Protocol):
    """A member of the recognizers family: finds one kind of personal data."""

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """Mentions inside the speech of `transcript`, never in its labels."""


@dataclass(frozen=True, slots=True)
class Anonymized:
    """Pseudonymized transcripts in the order given, and every replacement in reading order.

    "Pseudonymized" is meant in the sense of GDPR article 4(5): these are still personal data.
    """

    transcripts: tuple[Transcript, ...]
    replacements: tuple[Replacement, ...]


@cache
def default_recognizers(language: str) -> tuple[Recognizer, ...]:
    """The recognizers that run on transcripts of a language, by their names.

    English, Dutch and "und" get all. Elsewhere the one for unknown words is left out:
    it has no lexicon of the language, and German writes every noun with a capital.
    """
    known = language.split("-")[0] in ("en", "nl", "und")
    names = (name for name in registry.names("recognizers") if known or name != "person_unknown")
    return tuple(registry.load("recognizers", name)() for name in names)


def find_mentions(
    transcripts: Sequence[Transcript],
    recognizers: Sequence[Recognizer] | None = None,
) -> tuple[tuple[Mention, ...], ...]:
    """The personal data in the speech of each transcript, in reading order, free of overlap.

    Names found anywhere in the run (people, organizations, places; people also as speaker labels)
    are found in all transcripts. `recognizers` are the defaults of each transcript's language
    where None. Spans are places in the given texts.
    """
    return _find(transcripts, recognizers)[0]


def anonymize(
    transcripts: Sequence[Transcript],
    recognizers: Sequence[Recognizer] | None = None,
) -> Anonymized:
    """Every transcript with its personal data replaced by marks such as "[PERSON-1]".

    Numbers run in reading order over the whole run; the same person has the same number in all
    transcripts, and a number never stands for two. Labels that are names, ids, file names,
    attributes and notes lose their names too. Transcripts that are anonymized already pass
    unchanged, and marks in them are never given again.

    >>> from themes.records import Turn
    >>> text = "Femke: I asked Dr. Okafor."
    >>> done = anonymize([Transcript("t1", text, (Turn(Span(7, 26), "Femke", "other"),), "en")])
    >>> done.transcripts[0].text
    '[PERSON-1]: I asked Dr. [PERSON-2].'
    """
    found, index = _find(transcripts, recognizers)
    run = _Run(transcripts, found, index)
    done: list[Transcript] = []
    replacements: list[Replacement] = []
    for number, transcript in enumerate(transcripts):
        if not transcript.anonymized:
            transcript, made = run.rewrite(number)
            replacements += made
        done.append(transcript)
    # Ids come last, so that numbers follow the reading order of the text.
    identified = run.rename(done)
    ids = {old.id: new.id for old, new in zip(done, identified, strict=True)}
    return Anonymized(
        tuple(identified),
        tuple(replace(made, transcript_id=ids[made.transcript_id]) for made in replacements),
    )


def _find(
    transcripts: Sequence[Transcript], recognizers: Sequence[Recognizer] | None
) -> tuple[tuple[tuple[Mention, ...], ...], NameIndex]:
    found: list[list[Mention]] = []
    index = NameIndex()
    for transcript in transcripts:
        chosen = default_recognizers(transcript.language) if recognizers is None else recognizers
        mentions = () if transcript.anonymized else (m for r in chosen for m in r.find(transcript))
        found.append(resolve(mentions, transcript))
    found = settle(found, transcripts)
    for mentions, transcript in zip(found, transcripts, strict=True):
        for mention in mentions:
            name = mention.span.of(transcript.text)
            index.add(name, mention.category, mention.confidence, transcript.language)
        for label in () if transcript.anonymized else transcript.speakers:
            # Initials say who speaks, but elsewhere the same letters are abbreviations.
            if _is_name(label) and not (label.isupper() and len(label) < 4):
                index.add(_name_in(label), "person", 1.0, transcript.language)
    spread = (
        mentions if transcript.anonymized else propagate(mentions, transcript, index)
        for mentions, transcript in zip(found, transcripts, strict=True)
    )
    return tuple(tuple(mentions) for mentions in spread), index


class _Run:
    """One run of `anonymize`: who is who, and what number each has so far."""

    def __init__(
        self,
        transcripts: Sequence[Transcript],
        found: Sequence[Sequence[Mention]],
        index: NameIndex,
    ) -> None:
        self._transcripts, self._found, self._index = transcripts, found, index
        self._marks = Marks(transcript.text for transcript in transcripts)
        self._people = People([self._names(number) for number in range(len(transcripts))])

    def rewrite(self, number: int) -> tuple[Transcript, list[Replacement]]:
        """The transcript of that number, rebuilt, with its replacements in reading order."""
        old = self._transcripts[number]
        mentions = iter(self._found[number])
        mention = next(mentions, None)
        parts: list[tuple[str, str]] = []
        placed: list[list[tuple[int, str, Mention]]] = []  # from the start of the speech
        for turn in old.turns:
            label, in_label = self._label(turn.speaker, number)
            behind = len(label) + len(": ")
            here = [(at - behind, mark, made) for at, mark, made in in_label]
            pieces, at, length = [], turn.span.start, 0
            while mention is not None and mention.span.end <= turn.span.end:
                mark = self._mark(mention.span.of(old.text), mention.category, number)
                before = old.text[at : mention.span.start]
                here.append((length + len(before), mark, mention))
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
            Replacement(
                old.id,
                turn_number,
                replace(mention, span=Span(span.start + at, span.start + at + len(mark))),
                mark,
            )
            for turn_number, (span, here) in enumerate(zip(spans, placed, strict=True), 1)
            for at, mark, mention in here
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

    def _names(self, number: int) -> set[Name]:
        transcript = self._transcripts[number]
        names = {
            person_key(mention.span.of(transcript.text))
            for mention in self._found[number]
            if mention.category == "person"
        }
        if not transcript.anonymized:
            labels = filter(_is_name, transcript.speakers)
            names |= {person_key(_name_in(label)) for label in labels}
        return names

    def _entity(self, name: str, category: str, number: int) -> Name:
        if category == "person":
            return self._people.who(person_key(name), number)
        return (
            key(name) if category in ("organization", "location") else tuple(name.lower().split())
        )

    def _mark(self, name: str, category: str, number: int) -> str:
        return self._marks.mark(category, self._entity(name, category, number))

    def _label(self, label: str, number: int) -> tuple[str, list[tuple[int, str, Mention]]]:
        """The label to show, and the marks in it with their places in the label."""
        if not label:
            return label, []
        if _is_name(label):
            named = _named(label)
            mark = self._mark(_name_in(label), "person", number)
            shown = label[: named.start] + mark + label[named.end :]
            return shown, [(named.start, mark, Mention(named, "person", LABEL, 1.0))]
        if len(label.split()) == 1:
            return label, []
        return self._scrub(label, number)

    def _scrub(self, text: str, number: int) -> tuple[str, list[tuple[int, str, Mention]]]:
        """A short text beside the speech with the run's names replaced."""
        pieces, placed, at, length = [], [], 0, 0
        language = self._transcripts[number].language
        for mention in self._index.find(Stretch(text, 0, True), language):
            mark = self._mark(mention.span.of(text), mention.category, number)
            pieces += [text[at : mention.span.start], mark]
            length += mention.span.start - at
            placed.append((length, mark, mention))
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
        found = (m for r in default_recognizers(language) for m in r.find(said))
        pieces, at = [], 0
        for mention in sorted(resolve(found, said), key=lambda m: m.span):
            mark = self._mark(mention.span.of(text), mention.category, number)
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
            entity = self._entity(" ".join(plain[start:end]), category, number)
            marks.append(f"{category}-{self._marks.number(category, entity)}")
            pieces += [name[at : words[start].start()], PLACE]
            at = words[end - 1].end()
        shown = harmless("".join([*pieces, name[at:]]), language)
        for mark in marks:
            shown = shown.replace(PLACE, mark, 1)
        return shown


def _is_name(label: str) -> bool:
    return bool(label) and not is_role_label(label)


def _named(label: str) -> Span:
    """The part of a label that is a name: "Anna" in "Interviewer Anna" and "Anna (interviewer)"."""
    words = [word for word in Stretch(label, 0, True).words() if not is_role_label(word.text)]
    if not words:
        return Span(0, len(label))
    start, end = words[0].start, words[-1].end
    while label[end : end + 1] in (".", ")") and label.count("(", start, end) > label.count(
        ")", start, end
    ):
        end += 1
    return Span(start, end)


def _name_in(label: str) -> str:
    """The name in a label, without what brackets add: "Jan Bos" of "Jan Bos (Minister of Health)".

    What they add is replaced with the name, but "Health" is looked for nowhere else. Where words
    stand before the bracket, the name may be in it: "The Acting Chair (Bruce Stanton)".
    """
    named = _named(label).of(label)
    parts = [part.strip() for part in re.split(r"[()]", named) if part.strip()] or [named]
    return next((part for part in parts if not all(map(_is_ordinary, part.split()))), parts[0])


def _is_ordinary(word: str) -> bool:
    return _lexicon.is_word(word.strip(".,"), "und")


def _is_first_name(word: str, language: str) -> bool:
    key = _lexicon.fold(word)
    return len(key) > 2 and key in _lexicon.first_names() and not _lexicon.is_word(key, language)
