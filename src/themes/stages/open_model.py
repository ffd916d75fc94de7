"""From the name of a model to something that scores segments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from safetensors.numpy import load as load_tensors

from themes import registry
from themes.codebooks import fingerprint
from themes.errors import MissingModelError
from themes.records import Codebook, Outcome
from themes.resources import folder, open_checked, shipped

DEFAULT_ENCODER = "all-MiniLM-L6-v2"


@dataclass(frozen=True, slots=True, repr=False)
class Model:
    """An encoder and a classifier that belong together, and when to speak up.

    `thresholds` maps a code id to (ask from, suggest from), probabilities. `identity` names
    everything the scores depend on. `unit` is the segmenter that it was trained with, "" where
    that does not matter. `score_meaning` says in words what a score is worth, `notes`,
    one sentence each, what else a user should know.
    """

    name: str
    encoder: Any
    classifier: Any
    thresholds: Mapping[str, tuple[float, float]]
    codebook_version: str
    identity: str
    unit: str
    in_context: bool
    score_meaning: str
    notes: tuple[str, ...] = ()

    def outcome(self, code_id: str, score: float) -> Outcome:
        """Whether a score is worth suggesting, worth asking about, or neither."""
        ask, suggest = self.thresholds[code_id]
        return "suggest" if score >= suggest else "ask" if score >= ask else "none"

    def knows(self, language: str) -> bool:
        """Whether scores of text in `language` (BCP 47) mean what they are said to mean."""
        known = self.encoder.languages
        return not known or language.split("-")[0] in known


def open_model(name: str, codebook: Codebook) -> Model:
    """Open a shipped model, a model folder or a sentence-transformers model for a codebook.

    Trained heads are used when they were trained for this very codebook. Otherwise the codebook's
    own definitions and examples are what segments are compared with (classifier `definition`),
    which is weaker, and a note says so. Raises MissingModelError.
    """
    place = folder("models") / name if name in shipped("models") else Path(name)
    if (place / "model.json").is_file():
        return _trained(place, codebook)
    if (place / "encoder.json").is_file():
        encoder = registry.load("encoders", "onnx")(place)
    else:
        encoder = registry.load("encoders", "sentence_transformer")(name)
    return _untrained(encoder, codebook, f"{encoder.name} comes without heads")


def _trained(place: Path, codebook: Codebook) -> Model:
    remedy = "install themes again, or train it again"
    card, data = open_checked(place, "model.json", remedy)
    try:
        trained_for = card["codebook"]
        code_ids = tuple(card["code_ids"])
        encoder_name, unit, meaning = card["encoder"], card["unit"], card["score_meaning"]
        thresholds = {c: tuple(card["thresholds"][c]) for c in code_ids}
    except (KeyError, TypeError) as error:
        raise MissingModelError(
            place.name, f"cannot be opened ({type(error).__name__})", remedy
        ) from None
    tuned = load_tensors(data["encoder.safetensors"]) if "encoder.safetensors" in data else {}
    encoder = registry.load("encoders", "onnx")(folder("models") / encoder_name, tuned)
    if encoder.identity != card["encoder_identity"]:
        raise MissingModelError(place.name, f"was trained with another {encoder_name}", remedy)
    wanted = tuple(code.id for code in codebook.codable)
    # What was tuned to other codes is no better a judge of these.
    plain = registry.load("encoders", "onnx")(folder("models") / encoder_name) if tuned else encoder
    if trained_for["id"] != codebook.id:
        return _untrained(plain, codebook, f"{place.name} was trained for {trained_for['id']}")
    if code_ids != wanted:
        differing = sorted(set(code_ids) ^ set(wanted)) or ["their order"]
        return _untrained(
            plain,
            codebook,
            f"{place.name} was trained for version {trained_for['version']} of {codebook.id}, "
            f"which differs in {', '.join(differing)}",
        )
    notes: tuple[str, ...] = ()
    if trained_for["sha256"] != fingerprint(codebook):
        notes = (
            f"{place.name} was trained for version {trained_for['version']} of {codebook.id}; "
            f"the codes are the same, what is said about them is not",
        )
    classifier = registry.load("classifiers", "linear").from_bytes(
        data["heads.safetensors"], code_ids
    )
    return Model(
        card["name"],
        encoder,
        classifier,
        MappingProxyType(thresholds),
        codebook.version,
        f"{card['name']}:{card['files']['heads.safetensors'][:16]}+{encoder.identity}",
        unit,
        True,
        meaning,
        notes,
    )


def _untrained(encoder: Any, codebook: Codebook, why: str) -> Model:
    definition = registry.load("classifiers", "definition")
    classifier = definition(codebook, encoder.encode)
    thresholds = dict.fromkeys(classifier.code_ids, definition.THRESHOLDS)
    return Model(
        f"definition with {encoder.name}",
        encoder,
        classifier,
        MappingProxyType(thresholds),
        codebook.version,
        f"definition:{fingerprint(codebook)[:16]}+{encoder.identity}",
        "",
        False,
        "A score grows with how much a sentence sounds like a code's definition or one of its "
        "examples. It is a rough guide and not a probability: nothing was learned from codings.",
        (
            f"{why}; suggestions for {codebook.id} rest on its definitions and examples alone, "
            "which is weaker than a trained model, and the scores are rough",
        ),
    )
