"""Block 12: how differences were settled."""

from __future__ import annotations

from collections import Counter

import numpy as np

from themes.stages.audit.block import Block, table
from themes.stages.audit.material import Material

TITLE = "How differences were settled"


def adjudication(material: Material) -> Block:
    """Whom the settled coding followed, what it changed, and where it changed what all agreed on."""
    source = material.table
    if source.settled is None:
        return Block(
            "adjudication",
            TITLE,
            refused=("How differences were settled: no layer is named as settled (--settled).",),
        )
    humans = list(source.humans)
    people = source.codings.of_coders(humans)
    truth = source.codings.values[:, source.codings.coders.index(source.settled)]
    known = (truth >= 0) & people.shared
    if not known.any():
        why = "How differences were settled: no segment that two people coded was settled."
        return Block("adjudication", TITLE, refused=(why,))
    values = people.values
    first = np.where(values >= 0, values, np.iinfo(np.int32).max).min(axis=1)
    last = values.max(axis=1)
    differ = known & (first != last)
    alike = known & ~differ
    rows = []
    for column, coder in enumerate(people.coders):
        own = differ & (values[:, column] >= 0)
        kept = int((own & (values[:, column] == truth)).sum())
        rows.append((coder, int(own.sum()), kept, kept / max(int(own.sum()), 1)))
    nobody = differ & ~((values == truth[:, None]) & (values >= 0)).any(axis=1)
    overturned = int((alike & (first != truth)).sum())
    ledger = [
        ("segments that were settled", int(known.sum())),
        ("coders had agreed", int(alike.sum())),
        ("of these, settled otherwise", overturned),
        ("coders had differed", int(differ.sum())),
        ("of these, settled as one of them had it", int((differ & ~nobody).sum())),
        ("of these, settled as nobody had it", int(nobody.sum())),
    ]
    if source.reasons is not None:
        reasons = Counter(
            reason for reason, row in zip(source.reasons, known, strict=True) if reason and row
        )
        ledger.append(("settled with a reason", sum(reasons.values())))
    says = [
        f"{int(differ.sum())} of {int(known.sum())} segments were coded differently and settled. "
        + " ".join(f"{row[0]} was followed in {row[3]:.0%}." for row in rows)
        + f" In {int(nobody.sum())} the settled coding is one that no coder had."
    ]
    if overturned:
        says.append(
            f"In {overturned} segments on which coders had agreed, the settled coding is another."
        )
    says.append(
        "All figures of agreement are computed from the codings before this. Agreement after "
        "settling is no agreement of coders."
    )
    tables = [
        table("adjudication", (("what", "text"), ("n", "count")), ledger),
        table(
            "adjudication_by_coder",
            (
                ("coder", "text"),
                ("differences", "count"),
                ("followed", "count"),
                ("share", "score"),
            ),
            rows,
        ),
    ]
    if source.level == "codes":
        tables.append(_per_code(people, truth, known))
    return Block("adjudication", TITLE, tuple(says), tuple(tables))


def _per_code(people, truth: np.ndarray, known: np.ndarray):
    """Judgements on each code that the settled coding took away or added."""
    rows = []
    for number, code_id in enumerate(people.codes):
        given = people.present(number)[known]
        fact = people.members[truth[known], number][:, None]
        away = int(((given == 1) & ~fact).sum())
        added = int(((given == 0) & fact).sum())
        kept = int(((given == 1) & fact).sum())
        rows.append((code_id, kept, away, added))
    columns = (("code", "text"), ("kept", "count"), ("taken_away", "count"), ("added", "count"))
    return table("adjudication_per_code", columns, rows)
