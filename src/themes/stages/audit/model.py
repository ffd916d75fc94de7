"""Block 10: the model as one more coder."""

from __future__ import annotations

import numpy as np
from scipy import stats

from themes.codings import Codings
from themes.inference.tally import Tally, difference, mean_of
from themes.stages.audit.block import (
    AGREEMENT,
    Block,
    Dots,
    Estimate,
    agreement_row,
    in_words,
    table,
)
from themes.stages.audit.material import MIN_POSITIVES, Material
from themes.statistics.alpha import Alpha


def model(material: Material) -> Block:
    """People with people beside people with the model, what replacing a person does, per code."""
    title = "The model as a coder"
    if not material.table.machines:
        return Block(
            "model", title, refused=("The model as a coder: no coder is named so (--model-coder).",)
        )
    says, tables, charts, refused = [], [], [], []
    for machine in material.table.machines:
        _one(material, machine, says, tables, charts, refused)
    return Block("model", title, tuple(says), tuple(tables), tuple(charts), tuple(refused))


def _one(material: Material, machine: int, says, tables, charts, refused) -> None:
    source, blind = material.table, material.blind
    name = source.codings.coders[machine]
    column = source.codings.values[:, machine]
    if len(blind.coders) < 2:
        refused.append(f"{name} beside people: one human coder; people cannot be compared.")
        return
    rows_of = (column >= 0) & blind.shared
    if not rows_of.any():
        refused.append(f"{name}: it coded no segment that two people coded blind.")
        return
    joined = Codings(
        np.column_stack([blind.values, column]).astype(np.int32)[rows_of],
        blind.members,
        blind.owner[rows_of],
        (*blind.coders, name),
        blind.codes,
        blind.transcripts,
        blind.ratings,
    )
    n = len(blind.coders)
    main = material.main
    people = main.tally(joined.of_coders(range(n)))
    with_model = mean_of([main.tally(joined.of_coders([human, n])) for human in range(n)])
    gap = difference(with_model, people)
    rows, estimates = [], []
    for label, tally in (
        ("people with people", people),
        (f"people with {name}, mean of pairs", with_model),
    ):
        found = material.figure(main.definition, tally)
        rows.append((label, *agreement_row(found)))
        estimates.append(Estimate(label, found.value, found.low, found.high, found.note))
    apart = material.figure("difference", gap)
    rows.append((f"{name} minus people", *agreement_row(apart)))
    said = equivalence(gap, material.settings.margin)
    says.append(
        f"On {int(rows_of.sum())} segments that {name} and two people or more coded blind, people "
        f"agree with people {in_words_of(rows[0])} and with {name} {in_words_of(rows[1])}; the "
        f"difference, both resampled together, is {in_words(apart)}. {said}"
    )
    if n > 2:
        for out in range(n):
            kept = [c for c in range(n) if c != out]
            swapped = main.tally(joined.of_coders([*kept, n]))
            found = material.figure("difference", difference(swapped, people))
            rows.append((f"{joined.coders[out]} replaced by {name}, change", *agreement_row(found)))
    tables.append(table(f"model_{_slug(material, name)}", (("of", "text"), *AGREEMENT), rows))
    charts.append(Dots(f"People, and {name}", tuple(estimates), (), main.definition))
    if source.level == "codes":
        tables.append(_per_code(material, joined, name))


def in_words_of(row: tuple) -> str:
    value, low, high = row[2:5]
    if value is None:
        return "undefined"
    return f"{value:.2f}" + (f" ({low:.2f} to {high:.2f})" if low is not None else "")


def equivalence(gap: Tally, margin: float) -> str:
    """Two one-sided tests at 5 % by the delete-one-transcript jackknife (Schuirmann 1987).

    `gap` is a difference of coefficients; the model counts as no worse or better than a person if
    the 90 % interval lies within the margin, declared beforehand.
    """
    left = gap.left_out()
    n = len(left)
    if n < 6 or np.isnan(left).any() or np.isnan(gap.value):
        return f"Equivalence was not tested: {n} transcripts."
    error = np.sqrt((n - 1) / n * ((left - left.mean()) ** 2).sum())
    half = stats.t.ppf(0.95, n - 1) * error
    low, high = gap.value - half, gap.value + half
    within = bool(low > -margin and high < margin)
    verdict = "is" if within else "is not shown to be"
    return (
        f"With a margin of {margin:.2f}, declared before looking, it {verdict} equivalent to a "
        f"person (90 % interval {low:+.2f} to {high:+.2f})."
    )


def _per_code(material: Material, joined: Codings, name: str):
    n = len(joined.coders) - 1
    rows = []
    for number, code_id in enumerate(joined.codes):
        one = joined.one_code(number)
        given = (one.values == 1).sum(axis=0)
        n_any = int((one.values[:, :n] == 1).any(axis=1).sum())
        if n_any < MIN_POSITIVES:
            rows.append((code_id, n_any, int(given[n]), *[None] * 5, "too few to say"))
            continue
        people = Alpha().tally(one.of_coders(range(n)))
        with_model = mean_of([Alpha().tally(one.of_coders([h, n])) for h in range(n)])
        found = material.figure("difference", difference(with_model, people))
        rows.append(
            (
                code_id,
                n_any,
                int(given[n]),
                people.value,
                with_model.value,
                found.value,
                found.low,
                found.high,
                found.note,
            )
        )
    columns = (
        ("code", "text"), ("given_by_people", "count"), (f"given_by.{name}", "count"),
        ("people", "score"), ("with_model", "score"), ("difference", "score"), ("low", "score"),
        ("high", "score"), ("note", "text"),
    )  # fmt: skip
    return table(f"model_{_slug(material, name)}_per_code", columns, rows)


def _slug(material: Material, name: str) -> str:
    """The model's name as part of a table's; numbered where there are several, which may look
    alike without their punctuation."""
    plain = "".join(c if c.isalnum() else "_" for c in name.lower())[:14]
    models = material.table.models
    return plain if len(models) == 1 else f"{plain}{models.index(name) + 1}"
