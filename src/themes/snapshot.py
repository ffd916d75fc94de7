"""A study at one moment: everything in its database, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Connection

from themes.database import corpus, log, team
from themes.database.corpus import SuggestionRun, Version
from themes.records import (
    Adjudication,
    Assignment,
    Codebook,
    Coder,
    Coding,
    Decision,
    Memo,
    Segment,
    Suggestion,
    Transcript,
)
from themes.stages.adjudicate import standing_adjudications
from themes.stages.codebook_change import carrier, judged
from themes.stages.decide import Carry, Standing, codings, stand


@dataclass(frozen=True, slots=True, repr=False)
class Materials:
    """What is coded, with what, and what is suggested; the same for every coder.

    `segments` holds all, `by_id` the same by id; `suggestions` maps a segment id to those of the
    latest run whose code is in today's codebook, strongest first, "none" left out; `firm` holds
    those that are suggested and not merely asked about.
    """

    transcripts: Mapping[str, Transcript]
    segments: tuple[Segment, ...]
    by_id: Mapping[str, Segment]
    versions: tuple[Version, ...]
    run: SuggestionRun | None
    suggestions: Mapping[str, tuple[Suggestion, ...]]
    firm: Mapping[str, tuple[Suggestion, ...]]
    carry: Carry
    judged: Mapping[str, tuple[str, ...]]

    @property
    def book(self) -> Codebook:
        """The codebook that stands."""
        return self.versions[-1].book


@dataclass(frozen=True, slots=True, repr=False)
class Snapshot:
    """Materials, and what everybody did with them. `standings` by assignment id."""

    materials: Materials
    coders: tuple[Coder, ...]
    assignments: tuple[Assignment, ...]
    decisions: tuple[Decision, ...]
    standings: Mapping[int, Standing]
    adjudications: tuple[Adjudication, ...]
    memos: tuple[Memo, ...]

    @property
    def decided(self) -> dict[tuple[str, str], Adjudication]:
        """The adjudications that stand, by (segment id, code id)."""
        return standing_adjudications(self.adjudications)

    def codings(self, *, independent: bool = False) -> tuple[Coding, ...]:
        """Everybody's codings; see `themes.stages.decide.codings`."""
        return codings(
            self.assignments, self.standings, self.materials.judged, independent=independent
        )

    def name_of(self, coder_id: int | None) -> str:
        return next((c.name for c in self.coders if c.id == coder_id), "")


def read_materials(connection: Connection) -> Materials:
    """What is coded, from the database."""
    transcripts = corpus.transcripts(connection)
    segments = corpus.segments(connection, transcripts)
    versions = corpus.codebook_versions(connection)
    run = corpus.latest_run(connection)
    codable = {code.id for code in versions[-1].book.codable}
    suggestions: dict[str, list[Suggestion]] = {}
    for suggestion in corpus.suggestions(connection, run) if run else ():
        if suggestion.code_id in codable and suggestion.outcome != "none":
            suggestions.setdefault(suggestion.segment_id, []).append(suggestion)
    history = [(version.book, version.replaced) for version in versions]
    carry = carrier(history)
    return Materials(
        MappingProxyType({t.id: t for t in transcripts}),
        segments,
        MappingProxyType({s.id: s for s in segments}),
        versions,
        run,
        MappingProxyType({k: tuple(v) for k, v in suggestions.items()}),
        MappingProxyType(
            {k: tuple(s for s in v if s.outcome == "suggest") for k, v in suggestions.items()}
        ),
        carry,
        MappingProxyType(judged(history, carry)),
    )


def read_snapshot(connection: Connection, materials: Materials | None = None) -> Snapshot:
    """All of a study, from the database; `materials` where they have been read before."""
    materials = materials or read_materials(connection)
    decisions = log.decisions(connection)
    return Snapshot(
        materials,
        team.coders(connection),
        team.assignments(connection),
        decisions,
        MappingProxyType(
            {
                assignment_id: stand(acts, materials.carry)
                for assignment_id, acts in by_assignment(decisions).items()
            }
        ),
        log.adjudications(connection),
        log.memos(connection),
    )


def by_assignment(decisions: tuple[Decision, ...]) -> dict[int, list[Decision]]:
    """Each assignment's decisions, oldest first."""
    found: dict[int, list[Decision]] = {}
    for decision in decisions:
        found.setdefault(decision.assignment_id, []).append(decision)
    return found
