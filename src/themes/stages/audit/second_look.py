"""Block 11: codings that are worth a second look, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from themes.inference.latent import dawid_skene
from themes.inference.proportions import wilson
from themes.stages.audit.block import Block, table
from themes.stages.audit.material import MIN_POSITIVES, Material

N_NEIGHBOURS = 7
N_TOPICS = 100
MIN_ALIKE = 6  # of the neighbours
MIN_TEXTS = 40
TITLE = "Worth a second look"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A difference to read again. `coder` is whose judgement is in doubt, or None where nothing
    tells; `probability` that it is wrong, or None where it cannot be estimated."""

    probability: float | None
    segment: int
    code: int
    coder: int | None
    reasons: tuple[str, ...]


_COLUMNS = (
    ("transcript", "text"), ("segment", "text"), ("code", "text"), ("coder", "text"),
    ("says", "text"), ("doubt", "score"), ("reasons", "text"), ("text", "text"),
)  # fmt: skip


def second_look(material: Material) -> Block:
    """A list of single codings to read again, the most doubtful first, with measured precision."""
    if material.table.level != "codes":
        return Block("second_look", TITLE, refused=("Worth a second look: these are ratings.",))
    blind = material.blind
    if not (blind.values >= 0).any():
        return Block("second_look", TITLE, refused=("Worth a second look: no blind codings.",))
    neighbours = _neighbours(material)
    truth = _truth(material)
    model = material.table.machines[0] if material.table.machines else None
    found: list[Doubt] = []
    for code in range(len(blind.codes)):
        found += _of_code(material, code, neighbours, model)
    found.sort(key=lambda d: (-(d.probability or 0.5), -len(d.reasons), d.segment, d.code))
    listed = found[: material.settings.n_second_look]
    rows = [_row(material, doubt) for doubt in listed]
    says = [
        f"{len(rows)} of {len(found)} differences on codes that are not too rare, the most doubtful "
        "first. Doubt is the probability that a judgement is wrong, given what the other coders "
        "said and how reliable each is (Dawid and Skene); it needs three coders of a segment, and "
        "where two differ none is given. It is no verdict."
    ]
    refused = []
    if truth is None:
        refused.append(
            "How often the list is right: there is no settled coding to measure it on (--settled)."
        )
    else:
        says += _precision(material, listed, truth)
    if neighbours is None:
        refused.append(
            "Neighbours coded otherwise: the table has no column text, or too few texts."
        )
    if model is None:
        refused.append("Disagreement with a model: no coder is named as the model (--model-coder).")
    return Block(
        "second_look",
        TITLE,
        tuple(says),
        (table("second_look", _COLUMNS, rows),),
        (),
        tuple(refused),
    )


def _row(material: Material, doubt: Doubt) -> tuple:
    blind, segment = material.blind, doubt.segment
    given = blind.present(doubt.code)[segment]
    if doubt.coder is None:
        coder = ", ".join(blind.coders[c] for c in np.flatnonzero(given >= 0))
        says = "differ"
    else:
        coder = blind.coders[doubt.coder]
        says = "gives it" if given[doubt.coder] == 1 else "does not"
    return (
        blind.transcripts[blind.owner[segment]],
        material.table.segments[segment],
        blind.codes[doubt.code],
        coder,
        says,
        doubt.probability,
        "; ".join(doubt.reasons),
        material.table.texts[segment] if material.table.texts else "",
    )


def _of_code(
    material: Material, code: int, neighbours: np.ndarray | None, model: int | None
) -> list[Doubt]:
    """Judgements of one code that another coder contradicts, and that more speaks against."""
    blind = material.blind
    given = blind.present(code)
    if (given == 1).any(axis=1).sum() < MIN_POSITIVES:
        return []
    latent = dawid_skene(given)
    majority = latent.present > 0.5
    by_model = None if model is None else material.table.codings.present(code)[:, model]

    def against(segment: int, said: bool) -> list[str]:
        """What beside the other coders speaks against a judgement."""
        reasons = []
        if neighbours is not None:
            alike = int((majority[neighbours[segment]] != said).sum())
            if alike >= MIN_ALIKE:
                reasons.append(
                    f"{alike} of the {N_NEIGHBOURS} most similar segments are coded otherwise"
                )
        if by_model is not None and by_model[segment] >= 0 and (by_model[segment] == 1) != said:
            reasons.append("the model says otherwise")
        return reasons

    found = []
    differ = (given == 1).any(axis=1) & (given == 0).any(axis=1)
    for segment in np.flatnonzero(differ):
        coded = np.flatnonzero(given[segment] >= 0)
        if len(coded) == 2:
            # Two who differ do not tell who is wrong; error rates cannot be estimated from two.
            yes, no = (int(np.flatnonzero(given[segment] == v)[0]) for v in (1, 0))
            sides = {yes: against(segment, True), no: against(segment, False)}
            more, less = sorted(sides, key=lambda c: -len(sides[c]))
            one_sided = len(sides[more]) > len(sides[less])
            reasons = ("the two coders differ", *(sides[more] if one_sided else ()))
            found.append(Doubt(None, int(segment), code, more if one_sided else None, reasons))
            continue
        for coder in coded:
            said = given[segment, coder] == 1
            doubt = 1 - latent.present[segment] if said else latent.present[segment]
            if doubt >= 0.5:  # else the other side of the difference is the doubtful one
                n = int((given[segment, coded] != given[segment, coder]).sum())
                reasons = (f"{n} of {len(coded) - 1} others say otherwise", *against(segment, said))
                found.append(Doubt(float(doubt), int(segment), code, int(coder), reasons))
    return found


def _neighbours(material: Material) -> np.ndarray | None:
    """int (n_segments, N_NEIGHBOURS): the segments with the most similar words, by cosine of
    their words' weights in N_TOPICS dimensions (latent semantic analysis). None without texts."""
    texts = material.table.texts
    if texts is None or sum(bool(text.strip()) for text in texts) < MIN_TEXTS:
        return None
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.utils.extmath import randomized_svd

    words = TfidfVectorizer(sublinear_tf=True).fit_transform([text or "-" for text in texts])
    n_topics = min(N_TOPICS, min(words.shape) - 1)
    if n_topics < 1:
        return None
    axes, sizes, _ = randomized_svd(words, n_topics, random_state=material.settings.how.seed)
    topics = (axes * sizes).astype(np.float32)
    topics /= np.maximum(np.linalg.norm(topics, axis=1, keepdims=True), 1e-9)
    found = np.empty((len(topics), N_NEIGHBOURS), int)
    for start in range(0, len(topics), 1000):
        rows = np.arange(start, min(start + 1000, len(topics)))
        likeness = topics[rows] @ topics.T
        likeness[np.arange(len(rows)), rows] = -2  # nobody is a neighbour of oneself
        found[rows] = np.argpartition(-likeness, N_NEIGHBOURS, axis=1)[:, :N_NEIGHBOURS]
    return found


def _truth(material: Material) -> np.ndarray | None:
    settled = material.table.settled
    if settled is None:
        return None
    return material.table.codings.values[:, material.table.codings.coders.index(settled)]


def _precision(material: Material, listed: list[Doubt], truth: np.ndarray) -> list[str]:
    """How many of the list the settled coding overturned, beside all judgements that differ."""
    blind = material.blind
    pointed = [d for d in listed if d.coder is not None and truth[d.segment] >= 0]
    if not pointed:
        return [
            "How often the list is right was not measured: it points at nobody who was settled."
        ]

    def overturned(segment: int, coder: int, code: int) -> bool:
        given = blind.present(code)[segment, coder] == 1
        return bool(given != blind.members[truth[segment], code])

    right = sum(overturned(d.segment, d.coder, d.code) for d in pointed)
    low, high = wilson(right, len(pointed))
    n = base = 0
    for code in range(len(blind.codes)):
        given = blind.present(code)
        differ = (given == 1).any(axis=1) & (given == 0).any(axis=1) & (truth >= 0)
        fact = blind.members[truth, code][:, None]
        known = (given >= 0) & differ[:, None]
        n += int(known.sum())
        base += int((known & ((given == 1) != fact)).sum())
    return [
        f"Measured on the settled coding: {right} of {len(pointed)} listed judgements were "
        f"overturned ({right / len(pointed):.0%}, interval {low:.0%} to {high:.0%}); of all "
        f"judgements on which coders differ, {base / max(n, 1):.0%} were. Who settles has seen the "
        "codings, so this may flatter."
    ]
