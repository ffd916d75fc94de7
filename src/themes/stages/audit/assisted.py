"""Block 9: codings made with suggestions in sight, beside codings made blind."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from themes.codings import Codings
from themes.inference.tally import Tally
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


def assisted(material: Material) -> Block:
    """How coders agree, with each other and with the model, when they see its suggestions."""
    title = "With suggestions in sight, and without"
    source = material.table
    if source.shown is None:
        return Block(
            "assisted",
            title,
            refused=("Assisted against blind: the table has no column shown.",),
        )
    humans = list(source.humans)
    people, shown = source.codings.of_coders(humans), source.shown[:, humans]
    seen, hidden = people.hidden(shown != 1), people.hidden(shown != 0)
    rows, estimates, says, refused = [], [], [], []
    for name, codings in (("suggestions hidden", hidden), ("suggestions shown", seen)):
        found = material.measure(material.main, codings)
        rows.append(("between coders", name, *agreement_row(found)))
        estimates.append(
            Estimate(f"between coders, {name}", found.value, found.low, found.high, found.note)
        )
    if hidden.shared.any() and seen.shared.any():
        says.append(
            f"Coders agree with each other {in_words_of(rows[0])} blind and "
            f"{in_words_of(rows[1])} with suggestions in sight. Only the first is agreement of "
            "people; the second holds what they took over from the same suggestion."
        )
    else:
        refused.append(
            "Agreement between coders, blind beside assisted: one of the two has no segment that "
            "two coders coded."
        )
    breadth = []
    sizes = people.members.sum(axis=1) if people.ratings is None else people.ratings
    for number, coder in enumerate(people.coders):
        for name, codings in (("hidden", hidden), ("shown", seen)):
            own = codings.values[:, number]
            if (own >= 0).any():
                breadth.append(
                    (coder, name, int((own >= 0).sum()), float(sizes[own[own >= 0]].mean()))
                )
    for machine in source.machines:
        more, told = _with_model(material, people, shown, machine)
        rows += [row for row, _ in more]
        estimates += [estimate for _, estimate in more]
        says += told
    if not source.machines:
        refused.append(
            "What was taken over from suggestions: no coder is named as the model (--model-coder)."
        )
    measure = "codes_per_segment" if people.ratings is None else "mean_rating"
    return Block(
        "assisted",
        title,
        tuple(says),
        (
            table("assisted", (("between", "text"), ("suggestions", "text"), *AGREEMENT), rows),
            table(
                "assisted_breadth",
                (
                    ("coder", "text"),
                    ("suggestions", "text"),
                    ("segments", "count"),
                    (measure, "score"),
                ),
                breadth,
            ),
        ),
        (Dots("Agreement, suggestions hidden and shown", tuple(estimates)),),
        tuple(refused),
    )


def in_words_of(row: tuple) -> str:
    """A row of the table above, in words."""
    value, low, high = row[3:6]
    if value is None:
        return f"(undefined: {row[8]})"
    return f"{value:.2f}" + (f" ({low:.2f} to {high:.2f})" if low is not None else "")


def _with_model(material: Material, people: Codings, shown: np.ndarray, machine: int):
    """The same sets as the model, shown and hidden, and the gap; and pairs where it was wrong."""
    source = material.table
    model = source.codings.values[:, machine]
    name = source.codings.coders[machine]
    known = (people.values >= 0) & (model[:, None] >= 0)
    same = known & (people.values == model[:, None])
    made, says = [], []
    for label, cells in (("suggestions hidden", shown == 0), ("suggestions shown", shown == 1)):
        found = material.figure(f"same as {name}", _share(people, same & cells, known & cells))
        made.append(_row(f"coders and {name}", label, found))
    gap = material.figure(
        f"same as {name}, shown minus hidden",
        _gap(people, same, known, shown),
    )
    made.append(_row(f"coders and {name}", "shown minus hidden", gap))
    if gap.value is not None:
        says.append(
            f"With suggestions in sight coders left a segment exactly as {name} has it "
            f"{made[1][0][3] or 0:.0%} of the time, blind {made[0][0][3] or 0:.0%}: a gap of {in_words(gap)}. "
            "If segments were shown or hidden at random, this is how far the suggestions pull."
        )
    if source.settled is not None:
        truth = source.codings.values[:, source.codings.coders.index(source.settled)]
        wrong = (truth >= 0) & (model >= 0) & (truth != model)
        for label, cells in (("hidden", shown == 0), ("shown", shown == 1)):
            pairs = followed = 0
            for a, b in combinations(range(people.values.shape[1]), 2):
                both = wrong & cells[:, a] & cells[:, b] & known[:, a] & known[:, b]
                pairs += int(both.sum())
                followed += int((both & same[:, a] & same[:, b]).sum())
            if pairs:
                says.append(
                    f"Where the settled coding says that {name} was wrong, suggestions {label}: "
                    f"both coders of a pair made its mistake in {followed} of {pairs} pairs."
                )
    return made, says


def _row(between: str, label: str, found):
    return (
        (between, label, *agreement_row(found)),
        Estimate(f"{between}, {label}", found.value, found.low, found.high, found.note),
    )


def _share(people: Codings, part: np.ndarray, whole: np.ndarray) -> Tally:
    sums = np.column_stack(
        [people.per_transcript(part.sum(axis=1)), people.per_transcript(whole.sum(axis=1))]
    )
    return Tally(
        sums, lambda s: s[..., 0] / s[..., 1], sums[:, 1].astype(int), "nothing to compare"
    )


def _gap(people: Codings, same: np.ndarray, known: np.ndarray, shown: np.ndarray) -> Tally:
    seen, hidden = (_share(people, same & (shown == v), known & (shown == v)) for v in (1, 0))
    return Tally(
        np.hstack([seen.sums, hidden.sums]),
        lambda s: seen.formula(s[..., :2]) - hidden.formula(s[..., 2:]),
        seen.n_segments + hidden.n_segments,
        "nothing to compare",
        ends_at_one=False,
    )
