"""What a person decided about a name or another item that was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from themes.records.mention import CATEGORIES, Category

Act = Literal["replace", "keep", "unsure", "undo"]
ACTS: tuple[str, ...] = get_args(Act)


@dataclass(frozen=True, slots=True, repr=False)
class NameDecision:
    """One act about one distinct item of a study; appended, never changed.

    An item is its folded `words` and the category it was `found` as ("" for a word that no
    recognizer proposed). `replace` gives the `category` it counts as, and may give a `role`;
    `keep` needs a `reason`; `unsure` replaces for now and asks again; `undo` takes the item's
    last standing act back. `at` is a time in ISO 8601, `by` who decided, as they call themselves.
    `repr` never shows the words. Raises ValueError when an act lacks what it needs.

    >>> NameDecision(1, ("parkinson",), "person", "keep", reason="eponym")
    NameDecision(1, 'keep')
    """

    number: int
    words: tuple[str, ...]
    found: Category | Literal[""]
    act: Act
    category: Category | None = None
    role: str = ""
    reason: str = ""
    by: str = ""
    at: str = ""

    def __post_init__(self) -> None:
        if self.act not in ACTS:
            raise ValueError(f"unknown act {self.act!r}; known: {', '.join(ACTS)}")
        if self.act == "keep" and not self.reason.strip():
            raise ValueError("to keep a name needs a reason")
        if self.act == "replace" and self.category not in CATEGORIES:
            raise ValueError(f"unknown category {self.category!r}; known: {', '.join(CATEGORIES)}")

    def __repr__(self) -> str:
        return f"NameDecision({self.number}, {self.act!r})"
