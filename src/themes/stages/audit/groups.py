"""Block 4: by transcript, by question, and by what is known of the participants."""

from __future__ import annotations

import numpy as np

from themes.codings import Codings
from themes.inference.tally import contrast
from themes.stages.audit.block import (
    AGREEMENT,
    Block,
    Dots,
    Estimate,
    agreement_row,
    in_words,
    table,
)
from themes.stages.audit.material import Material

MAX_ROWS_IN_CHART = 40
MAX_GROUPS = 12


def groups(material: Material) -> Block:
    """The main coefficient in parts of the data, and how parts differ."""
    blind, main = material.blind, material.main
    if len(blind.coders) < 2 or not blind.shared.any():
        return Block("groups", "Transcripts, questions, participants", refused=(
            "By transcript, question and participant: nothing was coded by two coders.",
        ))  # fmt: skip
    tally = main.tally(blind)
    per_transcript = []
    for number, name in enumerate(blind.transcripts):
        value = float(tally.formula(tally.sums[number]))
        n = int(tally.n_segments[number])
        if n:
            note = tally.undefined if np.isnan(value) else "one transcript has no interval"
            per_transcript.append((name, value, n, note))
    per_transcript.sort(key=lambda row: (np.isnan(row[1]), row[1]))
    columns = (("transcript", "text"), ("value", "score"), ("segments", "count"), ("note", "text"))
    tables = [table("per_transcript", columns, per_transcript)]
    known = [row for row in per_transcript if not np.isnan(row[1])]
    says, charts, refused = [], [], []
    if len(known) > 1:
        says.append(
            f"{main.definition} runs from {known[0][1]:.2f} ({known[0][0]}) to {known[-1][1]:.2f} "
            f"({known[-1][0]}) over transcripts. Single transcripts hold few segments: read those "
            "at the low end before drawing anything from it."
        )
        charts.append(
            Dots(
                "Transcripts, the lowest first",
                tuple(Estimate(row[0], row[1], None, None) for row in known[:MAX_ROWS_IN_CHART]),
                (),
                main.definition,
            )
        )
    for more in (_questions(material), _attributes(material)):
        says += more[0]
        tables += more[1]
        charts += more[2]
        refused += more[3]
    return Block(
        "groups",
        "Transcripts, questions, participants",
        tuple(says),
        tuple(tables),
        tuple(charts),
        tuple(refused),
    )


def _questions(material: Material):
    asked = material.table.questions
    if asked is None:
        return [], [], [], ["By question: the table has no column question."]
    names = sorted(set(asked) - {""})
    rows, estimates = [], []
    labels = np.array(asked, object)
    for name in names:
        found = material.measure(material.main, material.blind.of_segments(labels == name))
        rows.append((name, *agreement_row(found)))
        estimates.append(Estimate(name, found.value, found.low, found.high, found.note))
    charts = [Dots("By question", tuple(estimates), (), material.main.definition)]
    return (
        [],
        [table("per_question", (("question", "text"), *AGREEMENT), rows)],
        charts if 1 < len(names) <= MAX_ROWS_IN_CHART else [],
        [],
    )


def _attributes(material: Material):
    known, blind = material.table.attributes, material.blind
    if not known:
        return [], [], [], ["By participant: no attributes were given (--attributes)."]
    rows, says, charts, refused = [], [], [], []
    for attribute in dict.fromkeys(key for values in known.values() for key in values):
        of = np.array([known.get(t, {}).get(attribute, "") for t in blind.transcripts], object)
        names = sorted(set(of) - {""})
        if len(names) < 2 or len(names) > MAX_GROUPS:
            refused.append(
                f"By {attribute}: {len(names)} different values; two to {MAX_GROUPS} are compared."
            )
            continue
        estimates = []
        for name in names:
            inside = of == name
            part = blind.of_segments(inside[blind.owner])
            found = material.measure(material.main, part)
            differs = _difference(material, blind.of_segments((of != "")[blind.owner]), inside)
            rows.append((attribute, name, *agreement_row(found), *differs[:4]))
            estimates.append(Estimate(name, found.value, found.low, found.high, found.note))
            if differs[1] is not None and (differs[1] > 0 or differs[2] < 0) and len(names) > 1:
                more = "more" if differs[0] > 0 else "less"
                says.append(
                    f"{attribute}, {name}: coders agree {more} than elsewhere, {in_words(found)}; "
                    f"the difference is {differs[0]:+.2f} ({differs[1]:+.2f} to {differs[2]:+.2f})."
                )
        charts.append(Dots(f"By {attribute}", tuple(estimates), (), material.main.definition))
    if rows and not says:
        says.append(
            "No group of participants differs from the others by more than transcripts vary. With "
            "few transcripts in a group that is no proof that coders treat all alike."
        )
    elif says:
        n = len(rows)
        says.append(
            f"{n} groups were compared; of {n} true zeros, about {n * 0.05:.1f} would look like a "
            "difference by chance."
        )
    columns = (
        ("attribute", "text"), ("group", "text"), *AGREEMENT, ("difference", "score"),
        ("difference_low", "score"), ("difference_high", "score"), ("difference_note", "text"),
    )  # fmt: skip
    return says, [table("per_attribute", columns, rows)] if rows else [], charts, refused


def _difference(material: Material, blind: Codings, inside: np.ndarray):
    if inside.sum() < 2 or (~inside).sum() < 2:
        return None, None, None, "a group of one transcript"
    found = material.figure("difference", contrast(material.main.tally(blind), inside))
    return found.value, found.low, found.high, found.note
