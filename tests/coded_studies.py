"""Invented studies with coders and suggestions, for the tests of coding and of the page."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

import studies
from themes import codebooks, config
from themes.database import corpus, team, vectors
from themes.database.connect import Database, create, now
from themes.records import Code, Codebook, Coder, Segment, Suggestion, Transcript
from themes.stages.assign import Plan, assign
from themes.stages.classify import answers

BOOK = Codebook(
    "asking",
    "1",
    (
        Code("weigh", "What is weighed", codable=False),
        Code("weigh.care", "The patient's safety", "Care is a reason to ask.", parent="weigh"),
        Code("weigh.alone", "Managing alone", "Wanting to manage alone.", parent="weigh"),
        Code("delay", "Putting off", "Waiting with asking.", exclude="A busy line."),
        Code("cost", "What asking costs", "Judgement, gossip, hierarchy."),
    ),
    "Asking for help",
)
TOML = """id = "asking"
version = "1"
name = "Asking for help"
[[code]]
id = "weigh"
name = "What is weighed"
codable = false
[[code]]
id = "weigh.care"
name = "The patient's safety"
definition = "Care is a reason to ask."
parent = "weigh"
[[code]]
id = "weigh.alone"
name = "Managing alone"
definition = "Wanting to manage alone."
parent = "weigh"
[[code]]
id = "delay"
name = "Putting off"
definition = "Waiting with asking."
exclude = "A busy line."
[[code]]
id = "cost"
name = "What asking costs"
definition = "Judgement, gossip, hierarchy."
"""
_SAID = (
    "I waited for the round. Then I rang.",
    "She got worse, so I called at once. I did not care what they thought.",
    "You want to manage alone, that is what they expect of you by now.",
    "They talk about you afterwards. It costs you.",
    "We had lunch at twelve, as always.",
)
_request = itertools.count(1)


def request_id() -> str:
    """An id that no other request of this test run has."""
    return f"test-request-{next(_request):08d}"


@dataclass(frozen=True)
class Made:
    """A study on disk and who is in it."""

    folder: Path
    database: Database
    config: config.Config
    coders: dict[str, Coder]
    segments: tuple[Segment, ...]


def interviews(n: int, n_answers: int, extra: tuple[str, ...] = ()) -> tuple[Transcript, ...]:
    """`n` interviews of `n_answers` answers each; `extra` are answers of the first."""
    return tuple(
        studies.transcript(
            f"p{number:02d}",
            [
                part
                for turn in range(n_answers)
                for part in (("I", f"Question {turn}?"), ("R", _SAID[(number + turn) % len(_SAID)]))
            ]
            + [
                part
                for said in (extra if number == 0 else ())
                for part in (("I", "And?"), ("R", said))
            ],
            language="en",
            attributes={"year": str(number % 5 + 1)},
        )
        for number in range(n)
    )


def suggestions(segments: tuple[Segment, ...]) -> list[Suggestion]:
    """Two suggestions on most answers, one asked about, none on the last of five."""
    found = []
    order = ["delay", "weigh.care", "weigh.alone", "cost"]
    for number, segment in enumerate(segments):
        first = _SAID.index(segment.text) if segment.text in _SAID else 0
        if first == 4:
            continue
        end = segment.text.index(".") + 1 if "." in segment.text else len(segment.text)
        found.append(studies.suggestion(segment, order[first], 0.9, evidence=segment.text[:end]))
        if number % 2:
            found.append(studies.suggestion(segment, order[(first + 1) % 4], 0.45, "ask"))
    return found


def make(
    folder: Path,
    *,
    n: int = 2,
    n_answers: int = 5,
    coders: tuple[tuple[str, str], ...] = (("anna", "coder"), ("ben", "coder"), ("olga", "owner")),
    plan: Plan | None = None,
    extra: tuple[str, ...] = (),
    place: Path | str | None = None,
    vectored: bool = True,
) -> Made:
    """A study with suggestions, assigned to its coders (to all with the role coder)."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = config.Config(folder.name, database=place if isinstance(place, str) else "")
    (folder / config.FILE).write_text(config.text(settings), encoding="utf-8")
    (folder / config.CODEBOOK_FILE).write_text(TOML, encoding="utf-8")
    database = create(config.database_place(settings, folder))
    transcripts = interviews(n, n_answers, extra)
    everything = studies.turns(*transcripts)
    said = answers(everything)
    proposed = suggestions(said)
    with database.write() as connection:
        corpus.add_codebook(connection, BOOK, codebooks.fingerprint(BOOK), {}, now())
        corpus.add_transcripts(connection, transcripts, everything, now())
        corpus.add_run(
            connection,
            model=studies.MODEL,
            identity="x",
            codebook_version="1",
            score_meaning="A probability.",
            suggestions=proposed,
            at=now(),
        )
        people = {name: team.add_coder(connection, name, role, now()) for name, role in coders}
        chosen = [coder for coder in people.values() if coder.role == "coder"]
        outcomes: dict[str, str] = {}
        for s in proposed:
            outcomes[s.segment_id] = max(outcomes.get(s.segment_id, ""), s.outcome)
        made = assign(said, chosen, plan or Plan(blind=0), outcomes) if chosen else ()
        team.add_assignments(connection, made, now())
    if vectored:
        import numpy as np

        rows = np.random.default_rng(0).normal(size=(len(said), 8)).astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        vectors.save(folder, [segment.id for segment in said], rows)
    return Made(folder, database, settings, people, said)
