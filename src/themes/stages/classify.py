"""Segments to scores and suggestions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from themes.records import Segment, Suggestion
from themes.stages.embed import Embedded
from themes.stages.open_model import Model


@dataclass(frozen=True, slots=True, repr=False)
class Classified:
    """What a model says of respondents' segments.

    `segments` are the respondents' only, in the order given; `scores` is float64
    (n_segments, n_codes) in [0, 1], columns in `code_ids` order; `suggestions` holds those whose
    outcome is suggest or ask, by segment and then by falling score.
    """

    segments: tuple[Segment, ...]
    code_ids: tuple[str, ...]
    scores: np.ndarray
    suggestions: tuple[Suggestion, ...]


def answers(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The respondents' segments: the only ones that get codes."""
    return tuple(segment for segment in segments if segment.role == "respondent")


def score(
    segments: Sequence[Segment],
    embedded: Embedded,
    model: Model,
    foreign: Collection[str] = (),
) -> Classified:
    """Score respondents' segments, and suggest codes with the sentence that carries each.

    `embedded` holds the vectors of `segments`, row by row, from the model's own encoder. In the
    transcripts whose ids are in `foreign`, in a language the model does not know, codes are asked
    about at most, never suggested.
    """
    classifier = model.classifier
    scores = classifier.score(embedded.whole, embedded.parts, embedded.owner)
    strength = classifier.locate(embedded.parts)
    first_part = np.searchsorted(embedded.owner, np.arange(len(segments) + 1))
    suggestions: list[Suggestion] = []
    for row, segment in enumerate(segments):
        own = slice(first_part[row], first_part[row + 1])
        for column in np.argsort(-scores[row], kind="stable"):
            code_id = classifier.code_ids[column]
            outcome = model.outcome(code_id, scores[row, column])
            if outcome == "suggest" and segment.transcript_id in foreign:
                outcome = "ask"
            if outcome != "none":
                best = first_part[row] + int(np.argmax(strength[own, column]))
                suggestions.append(
                    Suggestion(
                        segment.id,
                        code_id,
                        float(scores[row, column]),
                        outcome,
                        embedded.spans[best],
                        model.name,
                        model.codebook_version,
                    )
                )
    return Classified(tuple(segments), classifier.code_ids, scores, tuple(suggestions))
