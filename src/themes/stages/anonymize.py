"""Replace personal data in transcripts by numbered marks, the same over the whole run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from themes.grammar import compose
from themes.grammar.compose import normalize
from themes.recognizers import _lexicon
from themes.recognizers._speech import Stretch
from themes.records import Mention, Replacement, Source, Span, Transcript, Turn
from themes.stages._file_names import PLACE, harmless
from themes.stages._propagation import NameIndex, key
from themes.stages._pseudonyms import Marks, Name, People, person_key
from themes.stages._speaker_names import is_name, name_in, named
from themes.stages.detect import Recognizer, detect

LABEL = "label"
"""The recognizer that a mention in a speaker label names."""

_ID_WORD = re.compile(r"(?:[A-Z](?![a-z]))+|[^\W\d_](?:(?![A-Z])[^\W\d_])*")


@dataclass(frozen=True, slots=True)
class Anonymized:
    """Pseudonymized transcripts in the order given, and every replacement in reading order.

    "Pseudonymized" is meant in the sense of GDPR article 4(5): these are still personal data.
    `failures` names, by its number among the transcripts given (from 0), each transcript on which
    a recognizer failed, and that recognizer; such a transcript is not among `transcripts`.
    """

    transcripts: tuple[Transcript, ...]
    replacements: tuple[Replacement, ...]
    failures: Mapping[int, str]


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
    detected = detect(transcripts, recognizers)
    searched = [n for n in range(len(transcripts)) if n not in detected.failures]
    transcripts = [transcripts[number] for number in searched]
    run = _Run(transcripts, [detected.mentions[number] for number in searched], detected.names)
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
        detected.failures,
    )


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
            labels = filter(is_name, transcript.speakers)
            names |= {person_key(name_in(label)) for label in labels}
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
        if is_name(label):
            place = named(label)
            mark = self._mark(name_in(label), "person", number)
            shown = label[: place.start] + mark + label[place.end :]
            return shown, [(place.start, mark, Mention(place, "person", LABEL, 1.0))]
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
        detected = detect([said])
        if detected.failures:
            return ""  # what could not be searched is not passed on
        pieces, at = [], 0
        for mention in detected.mentions[0]:
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


def _is_first_name(word: str, language: str) -> bool:
    key = _lexicon.fold(word)
    return len(key) > 2 and key in _lexicon.first_names() and not _lexicon.is_word(key, language)
