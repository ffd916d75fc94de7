"""Block 11: codings that are worth a second look, and why."""

from __future__ import annotations

import numpy as np

from themes.inference.latent import dawid_skene
from themes.inference.proportions import wilson
from themes.stages.audit.block import Block, table
from themes.stages.audit.material import MIN_POSITIVES, Material

N_NEIGHBOURS = 7
N_TOPICS = 100
MIN_ALIKE = 6  # of the neighbours
MIN_TEXTS = 40
MIN_DOUBT = 0.5
TITLE = "Worth a second look"
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
    found: list[tuple] = []
    for code in range(len(blind.codes)):
        found += _of_code(material, code, neighbours, model)
    found.sort(key=lambda row: (-row[0], row[1:4]))
    listed = found[: material.settings.n_second_look]
    rows = []
    for doubt, segment, coder, code, reasons in listed:
        text = material.table.texts[segment] if material.table.texts else ""
        rows.append(
            (
                blind.transcripts[blind.owner[segment]],
                material.table.segments[segment],
                blind.codes[code],
                blind.coders[coder],
                "gives it" if blind.present(code)[segment, coder] == 1 else "does not",
                doubt,
                "; ".join(reasons),
                text,
            )
        )
    says = [
        f"{len(rows)} of {int((blind.values >= 0).sum()) * len(blind.codes):,} single judgements, "
        "the most doubtful first. Doubt is the probability that the judgement is wrong, given what "
        "the other coders said and how reliable each is (Dawid and Skene). It is no verdict."
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


def _of_code(material: Material, code: int, neighbours: np.ndarray | None, model: int | None):
    """Judgements of one code that something speaks against: (doubt, segment, coder, code, why)."""
    blind = material.blind
    given = blind.present(code)
    if (given == 1).any(axis=1).sum() < MIN_POSITIVES:
        return []
    latent = dawid_skene(given)
    wrong = np.where(given == 1, 1 - latent.present[:, None], latent.present[:, None])
    others = blind.n_codings[:, None] - 1
    differ = np.zeros(given.shape, int)
    for coder in range(given.shape[1]):
        differ[:, coder] = ((given >= 0) & (given != given[:, [coder]])).sum(axis=1)
    found = []
    majority = latent.present > 0.5
    by_model = None if model is None else material.table.codings.present(code)[:, model]
    for segment, coder in zip(*np.nonzero((given >= 0) & (differ > 0)), strict=True):
        doubt = float(wrong[segment, coder])
        if doubt < MIN_DOUBT:
            continue  # the other side of this difference is the doubtful one
        reasons = [f"{differ[segment, coder]} of {others[segment, 0]} others say otherwise"]
        said = given[segment, coder] == 1
        if neighbours is not None:
            near = neighbours[segment]
            alike = int((majority[near] != said).sum())
            if alike >= MIN_ALIKE:
                reasons.append(
                    f"{alike} of the {N_NEIGHBOURS} most similar segments are coded otherwise"
                )
        if by_model is not None and by_model[segment] >= 0 and (by_model[segment] == 1) != said:
            reasons.append("the model says otherwise")
        # More reasons first, where doubt is the same.
        found.append(
            (min(doubt + 1e-4 * len(reasons), 1.0), int(segment), int(coder), code, reasons)
        )
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
    topics = axes * sizes
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


def _precision(material: Material, listed: list[tuple], truth: np.ndarray) -> list[str]:
    """How many of the list the settled coding overturned, beside all judgements that differ."""
    blind = material.blind
    n = right = 0
    for _, segment, coder, code, _ in listed:
        if truth[segment] >= 0:
            n += 1
            given = blind.present(code)[segment, coder] == 1
            right += int(given != blind.members[truth[segment], code])
    if not n:
        return ["None of the listed codings was settled, so the list was not measured."]
    low, high = wilson(right, n)
    base_n = base = 0
    settled = truth >= 0
    for code in range(len(blind.codes)):
        given = blind.present(code)
        fact = blind.members[truth, code][:, None]
        known = (given >= 0) & settled[:, None]
        base_n += int(known.sum())
        base += int((known & ((given == 1) != fact)).sum())
    return [
        f"Measured on the settled coding: {right} of the {n} listed judgements that were settled "
        f"were overturned ({right / n:.0%}, interval {low:.0%} to {high:.0%}); of all judgements, "
        f"{base / max(base_n, 1):.1%} were. Who settles has seen the codings, so this flatters."
    ]
