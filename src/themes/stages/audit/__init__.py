"""Codings to an audit of their consistency: tables, sentences and charts, block by block.

Each block is one file and one pure function over `Material`. A block computes what the table
allows and says by name what it refuses; none stops the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themes.codings.table import CodingTable
from themes.exporters.tables import Table
from themes.records import Codebook
from themes.stages.audit.adjudication import adjudication
from themes.stages.audit.assisted import assisted
from themes.stages.audit.block import Block
from themes.stages.audit.boundaries import boundaries
from themes.stages.audit.confusion import confusion
from themes.stages.audit.drift import drift
from themes.stages.audit.groups import groups
from themes.stages.audit.headline import headline
from themes.stages.audit.material import Material, Settings, material
from themes.stages.audit.methods import methods
from themes.stages.audit.missed import missed
from themes.stages.audit.model import model
from themes.stages.audit.pairs import pairs
from themes.stages.audit.per_code import per_code
from themes.stages.audit.planning import planning
from themes.stages.audit.recoding import recoding
from themes.stages.audit.saturation import saturation
from themes.stages.audit.second_look import second_look

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Audit", "Block", "Settings", "audit"]

# In the order in which they are read.
BLOCKS: tuple[Callable[[Material], Block], ...] = (
    headline,
    per_code,
    pairs,
    groups,
    confusion,
    boundaries,
    drift,
    recoding,
    assisted,
    model,
    missed,
    second_look,
    adjudication,
    planning,
    saturation,
)

Step = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, repr=False)
class Audit:
    """All blocks of an audit, in the order in which they are read."""

    blocks: tuple[Block, ...]
    material: Material

    def __repr__(self) -> str:
        return f"Audit({len(self.blocks)} blocks, {len(self.tables)} tables)"

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table of every block."""
        return tuple(table for block in self.blocks for table in block.tables)

    @property
    def refused(self) -> tuple[str, ...]:
        """What was not computed, and why."""
        return tuple(reason for block in self.blocks for reason in block.refused)

    def frame(self, name: str) -> pd.DataFrame:
        """A table as a pandas frame. Raises KeyError naming the tables there are."""
        import pandas as pd

        found = {table.name: table for table in self.tables}
        if name not in found:
            raise KeyError(f"there is no table {name!r}; there are {', '.join(found)}")
        table = found[name]
        made = pd.DataFrame(table.rows, columns=[column.name for column in table.columns])
        numbers = [column.name for column in table.columns if column.kind != "text"]
        return made.assign(**{name: pd.to_numeric(made[name]) for name in numbers})

    def page(self) -> str:
        """The audit as one page of HTML that loads nothing."""
        from themes.stages.audit.page import page

        return page(self)


def audit(
    table: CodingTable,
    settings: Settings | None = None,
    codebook: Codebook | None = None,
    step: Step | None = None,
) -> Audit:
    """Every block of the audit over a table of codings; the same for the same arguments."""
    made = material(table, settings or Settings(), codebook)
    blocks: list[Block] = []
    for number, block in enumerate(BLOCKS):
        if step is not None:
            step("auditing", number, len(BLOCKS))
        blocks.append(block(made))
    blocks.append(methods(made, blocks))
    return Audit(tuple(blocks), made)
