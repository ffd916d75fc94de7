"""Block 16: what the model did not suggest, and a random sample to find out."""

from __future__ import annotations

import numpy as np

from themes.inference.tally import Tally
from themes.stages.audit.block import Block, Dots, Estimate, in_words, table
from themes.stages.audit.material import MIN_POSITIVES, Material

TITLE = "What was missed"


def missed(material: Material) -> Block:
    """Recall of the model from segments that people read blind, and a sample to read next.

    Looking at suggestions finds those that are wrong; what was never suggested nobody sees. So
    segments without suggestion are read too, and what is found there is scaled up to all of them.
    """
    source = material.table
    if not source.machines:
        why = "What was missed: no coder is named as the model (--model-coder)."
        return Block("missed", TITLE, refused=(why,))
    if source.level != "codes":
        return Block("missed", TITLE, refused=("What was missed: these are ratings.",))
    machine = source.machines[0]
    name = source.codings.coders[machine]
    rows, estimates, says, refused = [], [], [], []
    whole = _recall(material, machine, None)
    found = material.figure("recall", whole)
    rows.append(_row("(all)", whole, found))
    if found.value is None:
        refused.append(
            "Recall: nobody read segments blind on both sides, with and without a suggestion."
        )
    else:
        says.append(
            f"Of the codes that people give blind, {name} has {in_words(found)}. It rests on "
            f"{int(whole.sums[:, 4].sum()):,} judgements on codes it did not give, scaled up to all "
            f"{int(whole.sums[:, 5].sum()):,}."
        )
        for number, code_id in enumerate(source.codings.codes):
            tally = _recall(material, machine, number)
            one = material.figure("recall", tally)
            n_given = float(tally.sums[:, [0, 3]].sum())
            few = n_given < MIN_POSITIVES
            rows.append(_row(code_id, tally, one, few))
            estimates.append(
                Estimate(
                    material.name(code_id),
                    None if few else one.value,
                    None if few else one.low,
                    None if few else one.high,
                    "too few to say" if few else one.note,
                )
            )
    sample, n_silent = _sample(material, machine)
    if len(sample):
        says.append(
            f"{n_silent} segments have no code by {name} and were read by nobody blind. A random "
            f"{len(sample)} of them are in the table `sample_to_read`: read these, add what you "
            "gave, also where it is nothing, and run the audit again."
        )
    else:
        refused.append("A sample to read: every segment without a suggestion has been read blind.")
    columns = (
        ("code", "text"), ("recall", "score"), ("low", "score"), ("high", "score"),
        ("found_in_read", "score"), ("missed_in_read", "score"), ("read_without", "count"),
        ("all_without", "count"), ("note", "text"),
    )  # fmt: skip
    tables = [table("recall", columns, rows)]
    if len(sample):
        blind = material.blind
        place = (("transcript", "text"), ("segment", "text"))
        tables.append(
            table(
                "sample_to_read",
                place,
                [(blind.transcripts[blind.owner[s]], source.segments[s]) for s in sample],
            )
        )
    charts = (Dots(f"Recall of {name}, code by code", tuple(estimates), (), "recall"),)
    return Block(
        "missed", TITLE, tuple(says), tuple(tables), charts if estimates else (), tuple(refused)
    )


def _recall(material: Material, machine: int, code: int | None) -> Tally:
    """Found, read and all with a suggestion; missed, read and all without: by transcript.

    A judgement is a segment and a code; the truth of it is the share of blind coders who gave it.
    """
    blind, source = material.blind, material.table.codings
    codes = range(len(blind.codes)) if code is None else [code]
    n = blind.n_codings
    sums = np.zeros((len(blind.transcripts), 6))
    for number in codes:
        given = (blind.present(number) == 1).sum(axis=1) / np.maximum(n, 1)
        model = source.present(number)[:, machine]
        for offset, side in ((0, model == 1), (3, model == 0)):
            read = side & (n > 0)
            sums[:, offset] += blind.per_transcript(given * read)
            sums[:, offset + 1] += blind.per_transcript(read)
            sums[:, offset + 2] += blind.per_transcript(side)

    def formula(s: np.ndarray) -> np.ndarray:
        found = np.where(s[..., 1] > 0, s[..., 0] / s[..., 1] * s[..., 2], 0.0)
        lost = s[..., 3] / s[..., 4] * s[..., 5]
        return found / np.where(found + lost > 0, found + lost, np.nan)

    return Tally(sums, formula, (sums[:, 1] + sums[:, 4]).astype(int), "nobody gave it blind")


def _row(code: str, tally: Tally, found, few: bool = False):
    total = tally.sums.sum(axis=0)
    return (
        code,
        None if few else found.value,
        None if few else found.low,
        None if few else found.high,
        total[0],
        total[3],
        int(total[4]),
        int(total[5]),
        "too few to say" if few else found.note,
    )


def _sample(material: Material, machine: int) -> tuple[np.ndarray, int]:
    """Rows of segments that the model left empty and nobody read blind, drawn at random."""
    codings = material.table.codings
    value = codings.values[:, machine]
    empty = (value >= 0) & ~codings.members[value].any(axis=1)
    silent = np.flatnonzero(empty & (material.blind.n_codings == 0))
    rng = np.random.default_rng(material.settings.how.seed)
    n = min(material.settings.n_sample, len(silent))
    return np.sort(rng.choice(silent, n, replace=False)), len(silent)
