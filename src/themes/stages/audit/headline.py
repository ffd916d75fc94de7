"""Block 1: how far coders agree over all codes, and what the figures rest on."""

from __future__ import annotations

from themes.inference.intervals import share_below
from themes.stages.audit.block import (
    AGREEMENT,
    Block,
    Dots,
    Estimate,
    agreement_row,
    in_words,
    table,
)
from themes.stages.audit.material import MIN_SEGMENTS, Material

BOUNDS = (0.667, 0.80)


def headline(material: Material) -> Block:
    """Alpha, AC1 and percent with intervals, and the ledger of what was counted."""
    blind, coders = material.blind, material.blind.coders
    rows, estimates, says, refused = [], [], [], []
    if len(coders) < 2:
        refused.append(
            f"Agreement between coders: the table has {len(coders)} human coder"
            f"{'' if len(coders) == 1 else 's'}; two are needed."
        )
    elif not blind.shared.any():
        why = (
            "all codings that overlap were made with suggestions in sight, and coders who saw the "
            "same suggestion do not agree independently"
            if any("in sight" in why for why, _ in material.set_aside)
            else "no segment was coded by two of them"
        )
        refused.append(f"Agreement between coders: {why}.")
    else:
        for coefficient in material.coefficients:
            tally = coefficient.tally(blind)
            found = material.figure(coefficient.definition, tally, coders)
            alpha = coefficient.definition.startswith("alpha")
            below = [
                share_below(tally, bound, material.settings.how) if alpha else None
                for bound in BOUNDS
            ]
            rows.append((*agreement_row(found), *below))
            estimates.append(
                Estimate(found.statistic, found.value, found.low, found.high, found.note)
            )
            if coefficient.definition == material.main.definition:
                says += _sentences(material, found, below)
    ledger = _ledger(material)
    charts = (Dots("All codes together", tuple(estimates), BOUNDS, "agreement"),) if rows else ()
    columns = (*AGREEMENT, ("below_667", "score"), ("below_800", "score"))
    tables = (table("headline", columns, rows),) if rows else ()
    return Block(
        "headline",
        "Agreement between coders",
        tuple(says),
        (*tables, table("ledger", (("what", "text"), ("n", "count")), ledger)),
        charts,
        tuple(refused),
    )


def _sentences(material: Material, found, below) -> list[str]:
    n = int(material.blind.shared.sum())
    said = [
        f"{len(found.coders)} coders, {n:,} segments that two or more of them coded, from "
        f"{found.n_transcripts} transcripts: {found.statistic} is {in_words(found)}."
    ]
    if below[0] is not None:
        said.append(
            f"Of resamples of whole transcripts, {below[0]:.0%} lie below .667 and {below[1]:.0%} "
            "below .80, the lines that Krippendorff draws for tentative and for firm conclusions. "
            "Whether these lines suit a study is for its researchers to say."
        )
    elif found.note:
        said.append(f"No interval: {found.note}.")
    if n < MIN_SEGMENTS:
        said.append(f"{n} segments are too few to say much: below {MIN_SEGMENTS}, read the cases.")
    return said


def _ledger(material: Material) -> list[tuple[str, int]]:
    every, blind = material.table.codings, material.blind
    n = blind.n_codings
    empty = ~blind.members.any(axis=1)
    given = blind.values >= 0
    bare = (empty[blind.values] & given).sum(axis=1)
    several = (blind.members.sum(axis=1) > 1)[blind.values] & given
    return [
        ("rows in the table", material.table.n_rows),
        ("transcripts", len(every.transcripts)),
        ("segments", len(every.owner)),
        ("human coders", len(blind.coders)),
        ("codes", len(every.codes)),
        ("codings that may be compared (a coder, a segment)", int(given.sum())),
        ("segments coded by two or more", int((n >= 2).sum())),
        ("segments coded by one only, not compared", int((n == 1).sum())),
        ("segments coded by nobody who may be compared", int((n == 0).sum())),
        ("compared segments that all left without a code", int(((n >= 2) & (bare == n)).sum())),
        ("codings with several codes, compared as sets", int(several.sum())),
        *((f"set aside: {why}", count) for why, count in material.set_aside),
    ]
