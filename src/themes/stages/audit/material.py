"""What all blocks start from: the codings that may be compared, and how intervals are made."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from themes.codings import Codings
from themes.codings.table import CodingTable
from themes.inference.intervals import Interval, Resampling, interval
from themes.inference.tally import Tally
from themes.records import Agreement, Codebook
from themes.statistics._coefficient import NO_OVERLAP, Coefficient
from themes.statistics.ac1 import Ac1
from themes.statistics.ac2 import Ac2
from themes.statistics.alpha import Alpha
from themes.statistics.percent import Percent

MIN_POSITIVES = 10
MIN_SEGMENTS = 30


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be chosen: how intervals are made, what counts as equivalent to a person, and how
    many rows the lists for reading have."""

    how: Resampling = field(default_factory=Resampling)
    margin: float = 0.10
    n_second_look: int = 50
    n_sample: int = 60


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Material:
    """The table, and the codings of people that can be compared.

    `blind` are the first codings of human coders, without those made with suggestions in sight
    and without segments that coders coded with different versions of the codebook; `set_aside`
    counts what was left out, and why.
    """

    table: CodingTable
    blind: Codings
    settings: Settings
    codebook: Codebook | None
    set_aside: tuple[tuple[str, int], ...]

    @property
    def main(self) -> Coefficient:
        """The coefficient of the headline: MASI for codes, by rank or distance for ratings."""
        level = self.table.level
        return Alpha("masi") if level == "codes" else Alpha(level)

    @property
    def coefficients(self) -> tuple[Coefficient, ...]:
        """Those of the headline, the main one first."""
        if self.table.level == "codes":
            return Alpha("masi"), Alpha("jaccard"), Alpha("nominal"), Ac1(), Percent()
        return self.main, Alpha("nominal"), Ac2(), Percent()

    def name(self, code_id: str) -> str:
        """The code's name in the codebook, or its id."""
        if self.codebook is not None and any(c.id == code_id for c in self.codebook.codes):
            return self.codebook[code_id].name
        return code_id

    def measure(
        self, coefficient: Coefficient, codings: Codings, code_id: str | None = None
    ) -> Agreement:
        """A coefficient with its interval."""
        return self.figure(
            coefficient.definition, coefficient.tally(codings), codings.coders, code_id
        )

    def figure(
        self, name: str, tally: Tally, coders: tuple[str, ...] = (), code_id: str | None = None
    ) -> Agreement:
        """Any tally with its interval, and why there is none."""
        found = interval(tally, self.settings.how)
        return agreement(name, tally, found, coders, code_id)


def agreement(
    name: str,
    tally: Tally,
    found: Interval,
    coders: tuple[str, ...] = (),
    code_id: str | None = None,
) -> Agreement:
    """A tally and its interval as a record."""
    value, n = tally.value, int(tally.n_segments.sum())
    note = found.note if n else NO_OVERLAP
    return Agreement(
        name,
        code_id,
        coders,
        None if np.isnan(value) else value,
        found.low,
        found.high,
        n,
        int(tally.taking_part.sum()),
        note,
    )


def material(table: CodingTable, settings: Settings, codebook: Codebook | None) -> Material:
    """Choose the codings that may be compared, and count what is left out."""
    humans = list(table.humans)
    blind = table.codings.of_coders(humans)
    set_aside: list[tuple[str, int]] = []

    def leave_out(cells: np.ndarray, why: str) -> None:
        nonlocal blind
        n = int((cells & (blind.values >= 0)).sum())
        if n:
            set_aside.append((why, n))
            blind = blind.hidden(cells)

    if table.shown is not None:
        shown = table.shown[:, humans]
        leave_out(shown == 1, "codings made with suggestions in sight")
        leave_out(shown == -1, "codings of which it is not known whether suggestions were in sight")
    if table.version is not None:
        version = np.where(blind.values >= 0, table.version[:, humans], -1)
        highest = version.max(axis=1, keepdims=True)
        mixed = ((version != highest) & (blind.values >= 0)).any(axis=1)
        leave_out(
            np.broadcast_to(mixed[:, None], blind.values.shape),
            "codings of segments that coders coded with different versions of the codebook",
        )
    return Material(table, blind, settings, codebook, tuple(set_aside))
