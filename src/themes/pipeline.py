"""The stages in their order, and what a command gets back.

    read -> anonymize -> segment -> classify (embeds on the way) -> save (by the command line)

Each stage is a pure function over a batch of records; this module only hands on what one makes
to the next, and keeps the time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from themes import attributes as attribute_tables
from themes import codebooks, registry, rosters
from themes.errors import InputError
from themes.records import Codebook, Key, Replacement, Segment, Study, Transcript
from themes.stages.anonymize import NO_KEY, second_opinions
from themes.stages.anonymize import anonymize as replace_mentions
from themes.stages.anonymize import search as search_names
from themes.stages.classify import Classified, answers, score
from themes.stages.detect import Detected
from themes.stages.embed import Embedded, contexts, embed
from themes.stages.open_model import Model, open_model
from themes.stages.queue import Item, queue_items
from themes.stages.read import Failure
from themes.stages.read import read as read_files
from themes.vectors import Vectors

_TELLING_CHARS = 2000

Step = Callable[[str, int, int], None]
"""step(stage, done, total), called as work goes on."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose; the defaults are the command line's."""

    codebook: str = "help-seeking"
    language: str = "auto"
    unit: str = "turn"
    model: str = "help-seeking"
    interviewer: str | None = None
    attributes: Path | None = None
    already_anonymized: bool = False
    profile: str = "numbered"
    people: Path | None = None
    second_opinion: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Searched:
    """Transcripts as they were read, and what was found in them; a person may decide about it.

    The first `n_present` transcripts were pseudonymized before; they keep their text, and their
    marks are not given again. `queue` holds the words and numbers that nothing explains, `known`
    the key with the roster.
    """

    settings: Settings
    transcripts: tuple[Transcript, ...]
    n_present: int
    detected: Detected
    queue: tuple[Item, ...]
    known: Key
    failures: tuple[Failure, ...]
    warnings: tuple[str, ...]
    seconds: Mapping[str, float]


@dataclass(frozen=True, slots=True, repr=False)
class Anonymized:
    """Pseudonymized transcripts, what was replaced in them, and what could not be read.

    `renamed` pairs the names of files with the ids of their transcripts where a name might tell
    whom it is about; it is for the screen alone. `key` leads back to what was replaced. `searched`
    is what went before: it holds the original texts, so nothing of it is ever written.
    """

    settings: Settings
    transcripts: tuple[Transcript, ...]
    replacements: tuple[Replacement, ...]
    failures: tuple[Failure, ...]
    warnings: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    seconds: Mapping[str, float]
    key: Key
    searched: Searched


@dataclass(frozen=True, slots=True, repr=False)
class Run:
    """Everything `themes run` makes, before it is written."""

    anonymized: Anonymized
    codebook: Codebook
    model: Model
    segments: tuple[Segment, ...]
    classified: Classified
    seconds: Mapping[str, float]

    @property
    def study(self) -> Study:
        """What exporters take, named by its codebook and the hash of what was read.

        The name goes into the ids of a QDA project: the same input gives the same ids wherever it
        lies, other input others, and no folder of somebody's tells whom it is about.
        """
        sources = sorted(t.source.sha256 for t in self.anonymized.transcripts if t.source)
        digest = sha256("".join(sources).encode()).hexdigest()[:8]
        return Study(
            f"{self.codebook.name} ({digest})",
            self.codebook,
            self.anonymized.transcripts,
            self.segments,
            self.classified.suggestions,
            self.model.name,
        )


@dataclass(slots=True)
class _Clock:
    """Seconds by stage, in the order the stages ran."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds[stage] = time.perf_counter() - began


def search(
    inputs: Iterable[Path],
    settings: Settings,
    step: Step,
    key: Key = NO_KEY,
    present: Sequence[Transcript] = (),
) -> Searched:
    """Read transcripts and find personal data in all of them.

    A file that cannot be read becomes a failure and the others go on. `present` are pseudonymized
    transcripts that a study holds already: files they came from are passed over, and their ids
    and marks are not given again. Raises InputError when no file could be read.
    """
    clock = _Clock()
    warnings: list[str] = []
    if settings.people is not None:
        people, places = rosters.load(settings.people)
        key = replace(key, people=people, places=places)
    with clock.of("read"):
        table = (
            attribute_tables.load(settings.attributes) if settings.attributes is not None else {}
        )
        found = read_files(
            inputs,
            interviewer=settings.interviewer,
            language=None if settings.language == "auto" else settings.language,
            # People keep these tables beside the transcripts they describe.
            exclude=tuple(t for t in (settings.attributes, settings.people) if t is not None),
            taken=[t.id for t in present],
            step=partial(step, "reading"),
        )
        if not found.transcripts:
            reasons = "; ".join(failure.message for failure in found.failures[:3])
            raise InputError(
                f"no transcript could be read: {reasons or 'no files found'}"
                + ("; ..." if len(found.failures) > 3 else "")
            )
        known = {t.source.sha256 for t in present if t.source}
        fresh = [t for t in found.transcripts if not (t.source and t.source.sha256 in known)]
        transcripts = _with_attributes(fresh, table, warnings)
    with clock.of("anonymize"):
        if settings.already_anonymized:
            transcripts = tuple(replace(each, anonymized=True) for each in transcripts)
        transcripts = (*present, *transcripts)
        with second_opinions(settings.second_opinion) as more:
            detected = search_names(transcripts, None, key, more)
        # Without a key there is nowhere to keep a decision.
        queue = queue_items(transcripts, detected.mentions, detected.doubtful) if key.id else ()
    return Searched(
        settings,
        transcripts,
        len(present),
        detected,
        queue,
        key,
        found.failures,
        tuple(warnings),
        MappingProxyType(clock.seconds),
    )


def pseudonymize(searched: Searched, key: Key = NO_KEY) -> Anonymized:
    """Replace what was found, as the decisions in `key` say, the same over all transcripts."""
    transcripts, clock = searched.transcripts, _Clock(dict(searched.seconds))
    n_present = searched.n_present
    before = clock.seconds["anonymize"]
    with clock.of("anonymize"):
        done = replace_mentions(
            transcripts,
            key=key,
            profile=searched.settings.profile,
            detected=searched.detected,
            queue=searched.queue,
        )
    clock.seconds["anonymize"] += before
    found = [t for number, t in enumerate(transcripts) if number not in done.failures]
    unsearched = [
        _unsearched(transcripts[number], number + 1, recognizer)
        for number, recognizer in sorted(done.failures.items())
    ]
    if not found:
        raise InputError(f"no transcript could be searched for names: {unsearched[0].message}")
    warnings = searched.warnings
    if done.changed:
        warnings += (
            f"{len(done.changed)} natural names turned out to be real names of the study and were "
            "given up; make outputs of earlier runs again",
        )
    return Anonymized(
        searched.settings,
        done.transcripts[n_present:],
        done.replacements,
        (*searched.failures, *unsearched),
        warnings,
        tuple(
            (old.source.name, new.id)
            for old, new in zip(found[n_present:], done.transcripts[n_present:], strict=True)
            if old.id != new.id and old.source is not None
        ),
        MappingProxyType(clock.seconds),
        done.key,
        searched,
    )


def anonymize(
    inputs: Iterable[Path],
    settings: Settings,
    step: Step,
    key: Key = NO_KEY,
    present: Sequence[Transcript] = (),
) -> Anonymized:
    """Read transcripts and replace personal data, with the same pseudonyms over all of them."""
    searched = search(inputs, settings, step, key, present)
    return pseudonymize(searched, searched.known)


def _unsearched(transcript: Transcript, number: int, recognizer: str) -> Failure:
    name = transcript.source.name if transcript.source else transcript.id
    reason = f"recognizer {recognizer} failed on it, so it is left out"
    return Failure(
        name, f"{name}: {reason}; please report it", f"transcript {number}", reason, False
    )


def segment(transcripts: Iterable[Transcript], unit: str) -> tuple[Segment, ...]:
    """Cut transcripts into segments, in reading order."""
    segmenter = registry.load("segmenters", unit)()
    return tuple(part for transcript in transcripts for part in segmenter.segment(transcript))


def classify(
    transcripts: Sequence[Transcript],
    segments: Sequence[Segment],
    model: Model,
    unit: str,
    step: Step,
    clock: _Clock | None = None,
    known: Vectors | None = None,
) -> tuple[Classified, Embedded, tuple[str, ...]]:
    """Score the respondents' segments: what came of it, their vectors, and what to warn of.

    What `known` holds is not embedded again.
    """
    clock = clock or _Clock()
    answered = answers(segments)
    with clock.of("embed"):
        questions = contexts(answered, transcripts) if model.in_context else None
        embedded = embed(answered, model.encoder, questions, known, partial(step, "embedding"))
    with clock.of("classify"):
        foreign = {
            t.id: t.language
            for t in transcripts
            # What is too short to tell is given the benefit of the doubt.
            if not model.knows(t.language) and (t.language != "und" or len(t.text) > _TELLING_CHARS)
        }
        classified = score(answered, embedded, model, foreign)
    warnings: list[str] = []
    if model.unit not in ("", unit):
        warnings.append(
            f"{model.name} was trained on whole {model.unit}s; scores of a {unit} are no "
            "calibrated probabilities, and its figures do not hold for them",
        )
    silent = {t.id for t in transcripts} - {part.transcript_id for part in answered}
    if silent:
        warnings.append(
            f"{len(silent)} of {len(transcripts)} transcripts have no respondent, so "
            "nothing in them is coded; is --interviewer right?",
        )
    if foreign:
        tags = ", ".join(sorted(set(foreign.values())))
        warnings.append(
            f"{len(foreign)} of {len(transcripts)} transcripts in a language that "
            f"{model.encoder.name} does not know ({tags}): scores mean little there, and codes are "
            "only asked about"
        )
    return classified, embedded, tuple(warnings)


def suggest(anonymized: Anonymized, codebook: Codebook, model: Model, step: Step) -> Run:
    """Cut pseudonymized transcripts into segments and suggest codes for the respondents'."""
    clock = _Clock(dict(anonymized.seconds))
    unit = anonymized.settings.unit
    with clock.of("segment"):
        segments = segment(anonymized.transcripts, unit)
    classified, _, warnings = classify(anonymized.transcripts, segments, model, unit, step, clock)
    anonymized = replace(anonymized, warnings=(*anonymized.warnings, *warnings))
    return Run(anonymized, codebook, model, segments, classified, MappingProxyType(clock.seconds))


def run(inputs: Iterable[Path], settings: Settings, step: Step, key: Key = NO_KEY) -> Run:
    """All stages, from files to suggestions."""
    # First, so that a codebook or model that cannot be used is said before an hour of reading.
    codebook = codebooks.load(settings.codebook)
    model = open_model(settings.model, codebook)
    return suggest(anonymize(inputs, settings, step, key), codebook, model, step)


def _with_attributes(
    transcripts: Sequence[Transcript],
    table: Mapping[str, Mapping[str, str]],
    warnings: list[str],
) -> tuple[Transcript, ...]:
    used: set[str] = set()
    joined: list[Transcript] = []
    for transcript in transcripts:
        names = [transcript.id]
        if transcript.source is not None:
            names.append(transcript.source.name)
        key = next((k for k in map(attribute_tables.stem, names) if k in table), None)
        if key is not None:
            used.add(key)
            transcript = replace(transcript, attributes=table[key])
        joined.append(transcript)
    if table:
        without = len(transcripts) - sum(bool(t.attributes) for t in joined)
        if without:
            warnings.append(f"{without} transcripts have no row in the attributes table")
        if len(used) < len(table):
            warnings.append(
                f"{len(table) - len(used)} rows of the attributes table match no transcript"
            )
    return tuple(joined)
