"""A trained model as the files of its folder, and the card that says what it is worth."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from safetensors.numpy import save as save_tensors

from themes.codebooks import fingerprint
from themes.records import Codebook, Passage
from themes.stages.measure import (
    Figure,
    Scored,
    enough,
    headline,
    one_code,
    reliability,
    resampled,
)
from themes.stages.promise import Promise, promise
from themes.stages.threshold import give_unseen, lines
from themes.stages.train import Trained


@dataclass(frozen=True, slots=True, repr=False)
class Tested:
    """A trained model's scores of passages it had not seen, what they promise and amount to.

    `lines` float64 (n_codes,) are where the model says yes when it has to; the figures take each
    transcript's lines from the others.
    """

    scored: Scored
    promise: Promise
    lines: np.ndarray
    figures: Mapping[str, Figure]


def examine(unseen: np.ndarray, passages: Sequence[Passage], single: bool = False) -> Tested:
    """Measure `unseen` float64 (n_passages, n_codes), scores by models that saw no such group."""
    kept = np.asarray([bool(p.group) for p in passages])
    labels = np.asarray([p.labels for p in passages], np.int8)[kept]
    groups = np.asarray([p.group for p in passages])[kept]
    scores = unseen[kept]
    scored = Scored(labels, scores, give_unseen(labels, scores, groups, single), groups)
    return Tested(
        scored,
        promise(labels, scores, groups),
        lines(labels, scores),
        resampled(scored, headline(enough(labels))),
    )


def files(
    name: str,
    trained: Trained,
    tested: Tested,
    codebook: Codebook,
    encoder: str,
    identity: str,
    licence: str,
    card: str,
) -> dict[str, bytes]:
    """What a model folder holds, by file name; the same model gives the same bytes."""
    made: dict[str, bytes] = {"heads.safetensors": trained.classifier.to_bytes()}
    if trained.state:
        made["encoder.safetensors"] = save_tensors(trained.state)
    promised = tested.promise
    about = {
        "name": name,
        "unit": "turn",
        "encoder": encoder,
        "encoder_identity": identity,
        "codebook": {
            "id": codebook.id,
            "version": codebook.version,
            "sha256": fingerprint(codebook),
        },
        "code_ids": list(trained.classifier.code_ids),
        "thresholds": {
            code_id: [promised.ask, promised.suggest] for code_id in trained.classifier.code_ids
        },
        "lines": [round(float(value), 6) for value in tested.lines],
        "score_meaning": "A score is the calibrated probability that the code applies. "
        + promised.in_words(),
        "figures": {
            name: [round(v, 4) if np.isfinite(v) else None for v in (f.value, f.low, f.high)]
            for name, f in tested.figures.items()
        },
        "licence": licence,
        "files": {file: sha256(data).hexdigest() for file, data in sorted(made.items())},
    }
    made["model.json"] = (json.dumps(about, indent=2, ensure_ascii=False) + "\n").encode()
    made["CARD.md"] = card.encode()
    return made


def figures_table(tested: Tested) -> list[str]:
    """Headline figures as lines of a Markdown table."""
    return [
        "| figure | value | 95 % interval |",
        "|---|---|---|",
        *(
            f"| {name} | {f.value:.2f} | {f.low:.2f} to {f.high:.2f} |"
            for name, f in tested.figures.items()
        ),
    ]


def codes_table(tested: Tested, codebook: Codebook, people: Mapping[str, float]) -> list[str]:
    """Figures a code as lines of a Markdown table; `people` is the coders' kappa a code id."""
    scored, shown = tested.scored, set(enough(tested.scored.labels).tolist())
    lines = [
        "| code | passages | kappa | F1 | average precision | kappa of the coders |",
        "|---|---|---|---|---|---|",
    ]
    for column, code in enumerate(codebook.codable):
        found = one_code(scored, column)
        given = int((scored.labels[:, column] == 1).sum())
        figures = " | ".join(f"{found[n]:.2f}" for n in ("kappa", "F1", "average precision"))
        if column not in shown:
            figures = "too few to say | too few to say | too few to say"
        agreed = f"{people[code.id]:.2f}" if code.id in people else "-"
        lines.append(f"| {code.id} | {given} | {figures} | {agreed} |")
    return lines


def reliability_table(tested: Tested) -> list[str]:
    """Mean score beside the share that was right, as lines of a Markdown table."""
    scored = tested.scored
    seen = scored.labels >= 0
    rows = reliability((scored.labels == 1)[seen], scored.scores[seen])
    return [
        "| mean score | share that was right | scores |",
        "|---|---|---|",
        *(f"| {score:.2f} | {share:.2f} | {n} |" for score, share, n in rows),
    ]
