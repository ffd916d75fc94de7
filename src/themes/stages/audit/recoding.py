"""Block 8: a coder against their own earlier coding."""

from __future__ import annotations

import numpy as np

from themes.codings import Codings
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


def recoding(material: Material) -> Block:
    """Agreement of each coder's two rounds, and codes that come and go between them."""
    title = "Coders against themselves"
    again, first = material.table.again, material.table.codings
    if again is None:
        return Block(
            "recoding",
            title,
            refused=("Coders against themselves: the table has no column round with two rounds.",),
        )
    rows, estimates, codes, says, refused = [], [], [], [], []
    for column in material.table.humans:
        coder = first.coders[column]
        own = rounds(first, again, column)
        n = int(own.shared.sum())
        if not n:
            refused.append(f"{coder} coded no segment twice.")
            continue
        found = material.measure(material.main, own)
        rows.append((coder, *agreement_row(found)))
        estimates.append(Estimate(coder, found.value, found.low, found.high, found.note))
        says.append(f"{coder}, {n} segments coded twice: {in_words(found)}.")
        if first.ratings is None:
            both = own.of_segments(own.shared)
            before, after = (both.members[both.values[:, turn]] for turn in (0, 1))
            for number, code_id in enumerate(first.codes):
                a, b = before[:, number], after[:, number]
                if (a | b).any():
                    kept, gone, new = int((a & b).sum()), int((a & ~b).sum()), int((~a & b).sum())
                    codes.append((coder, code_id, kept, gone, new))
    if rows:
        says.append(
            "How well people agree with themselves bounds how well they can agree with others: a "
            "code that one person cannot give twice alike, no two people will."
        )
    tables = [table("recoding", (("coder", "text"), *AGREEMENT), rows)]
    if codes:
        columns = (
            ("coder", "text"), ("code", "text"), ("kept", "count"), ("given_first_only", "count"),
            ("given_later_only", "count"),
        )  # fmt: skip
        tables.append(table("recoding_per_code", columns, codes))
    charts = (Dots("First round against second", tuple(estimates), (), material.main.definition),)
    return Block(
        "recoding", title, tuple(says), tuple(tables), charts if rows else (), tuple(refused)
    )


def rounds(first: Codings, again: Codings, column: int) -> Codings:
    """Two rounds of one coder, as if they were two coders."""
    values = np.column_stack([first.values[:, column], again.values[:, column]])
    return Codings(
        values,
        first.members,
        first.owner,
        ("first round", "second round"),
        first.codes,
        first.transcripts,
        first.ratings,
    )
