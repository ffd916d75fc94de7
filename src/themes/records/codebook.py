"""What is looked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_ID = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a codebook.

    `id` is a slug (lower case, digits, dots, underscores, hyphens) that survives renaming;
    `include` and `exclude` say what counts and what does not; `parent` is the id of the code
    above it or None; `codable` is False for a heading; `color` is "#RRGGBB" or "".

    >>> Code("barrier.cost", "Perceived high costs").codable
    True
    """

    id: str
    name: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    examples: tuple[str, ...] = ()
    parent: str | None = None
    codable: bool = True
    color: str = ""

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(
                f"code id {self.id!r} is not a slug: lower case, digits, and . _ - between them"
            )
        if not self.name.strip():
            raise ValueError(f"code {self.id} has no name")
        if self.color and not _COLOR.fullmatch(self.color):
            raise ValueError(f"code {self.id}: color {self.color!r} is not #RRGGBB")


@dataclass(frozen=True, slots=True)
class Codebook:
    """A versioned set of codes, in the order people read them.

    Raises ValueError for doubled ids, a parent that is not there, or a circle of parents.

    >>> book = Codebook("help", "1.0", (Code("a", "A", codable=False), Code("a.b", "B", parent="a")))
    >>> [code.id for code in book.codable]
    ['a.b']
    """

    id: str
    version: str
    codes: tuple[Code, ...]
    name: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        parents = {code.id: code.parent for code in self.codes}
        if len(parents) != len(self.codes):
            seen: set[str] = set()
            doubled = next(c.id for c in self.codes if c.id in seen or seen.add(c.id))
            raise ValueError(f"code id {doubled!r} stands twice")
        for code in self.codes:
            above, path = code.parent, {code.id}
            while above is not None:
                if above not in parents:
                    raise ValueError(f"code {code.id}: parent {above!r} is not in the codebook")
                if above in path:
                    raise ValueError(f"code {code.id}: its parents run in a circle")
                path.add(above)
                above = parents[above]

    def __getitem__(self, code_id: str) -> Code:
        for code in self.codes:
            if code.id == code_id:
                return code
        raise KeyError(code_id)

    @property
    def codable(self) -> tuple[Code, ...]:
        """The codes that may be given to a segment, in codebook order: the columns of scores."""
        return tuple(code for code in self.codes if code.codable)

    def children(self, code_id: str | None) -> tuple[Code, ...]:
        """The codes directly under `code_id`; the top of the tree for None."""
        return tuple(code for code in self.codes if code.parent == code_id)
