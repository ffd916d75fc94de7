"""Block 15: the paragraph for a methods section, and all that it rests on."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib import metadata

from themes import __version__
from themes.inference.intervals import MIN_TRANSCRIPTS
from themes.stages.audit.block import Block, in_words, table
from themes.stages.audit.material import MIN_POSITIVES, MIN_SEGMENTS, Material

_METHODS = {
    "t": "Student's t around the value with the delete-one-transcript jackknife error, on the "
    "scale -log(1 - value)",
    "percentile": "percentiles of the resampled values",
    "bca": "bias-corrected and accelerated percentiles (BCa)",
}
_LIBRARIES = ("numpy", "scipy", "pandas")


def methods(material: Material, blocks: Sequence[Block]) -> Block:
    """What was counted, by which definitions, and what to say about it."""
    how, blind = material.settings.how, material.blind
    main = material.measure(material.main, blind) if len(blind.coders) > 1 else None
    versions = {
        "themes": __version__,
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in _LIBRARIES},
    }
    n_shared = int(blind.shared.sum())
    unit = "ratings" if material.table.level != "codes" else "sets of codes, the empty set included"
    paragraph = (
        f"Agreement was computed from {material.table.n_rows:,} rows: {len(blind.owner):,} segments "
        f"of {len(blind.transcripts)} transcripts, coded by {len(blind.coders)} human coders with "
        f"{len(blind.codes)} {'codes' if material.table.level == 'codes' else 'steps'}. "
        f"{n_shared:,} segments were coded by two or more of them and compared as {unit}, before "
        "any difference was settled. "
    )
    if main is not None:
        paragraph += f"{main.statistic} was {in_words(main)}. "
    paragraph += (
        f"Intervals are 95 % and treat transcripts, not segments, as the units that were drawn: "
        f"{_METHODS[how.method]}; shares of resamples below a bound are from {how.n_resamples:,} "
        f"resamples of whole transcripts (seed {how.seed}). Below {MIN_TRANSCRIPTS} transcripts no "
        f"interval is given, below {MIN_POSITIVES} segments with a code nothing is said about it, "
        f"and below {MIN_SEGMENTS} compared segments little. Computed with themes {__version__}."
    )
    caution = (
        "Reflexive thematic analysis does not ask for agreement between coders, and does not treat "
        "a difference between them as error (Braun and Clarke). Where that is the approach, these "
        "tables are material for a conversation, and not a measure of quality."
    )
    notes = [*(("noticed in the table", note) for note in material.table.notes)]
    notes += [("set aside", f"{n:,} {why}") for why, n in material.set_aside]
    rows = [
        ("coders", ", ".join(blind.coders)),
        ("models", ", ".join(material.table.models) or "none"),
        ("settled layer", material.table.settled or "none"),
        ("level", material.table.level),
        (
            "codebook",
            "none given"
            if material.codebook is None
            else f"{material.codebook.name or material.codebook.id}, "
            f"version {material.codebook.version}",
        ),
        ("interval", how.method),
        ("resamples", str(how.n_resamples)),
        ("seed", str(how.seed)),
        ("margin of equivalence", f"{material.settings.margin:g}"),
        *((f"version of {name}", version) for name, version in versions.items()),
        *notes,
    ]
    refusals = [(block.title, reason) for block in blocks for reason in block.refused]
    return Block(
        "methods",
        "For the methods section",
        (paragraph, caution),
        (
            table("made_with", (("what", "text"), ("value", "text")), rows),
            table("refused", (("block", "text"), ("reason", "text")), refusals),
        ),
    )
