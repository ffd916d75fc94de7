"""What a profile is told about one mention, and about everything that was given out before."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

Part = Literal["full", "first", "last"]


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """One mention: its words, which part of a name they are, and how dates of its speaker move.

    `shift_days` is the participant's own secret, in whole weeks; None where there is no secret, or
    where a public event close by would give it away. `repr` never shows the words.
    """

    text: str
    part: Part = "full"
    language: str = "und"
    shift_days: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Given:
    """What limits a new pseudonym: those `taken`, roles that `several` share, words that `occurs`.

    `occurs(word)` says whether the folded word stands anywhere in the study or its roster.
    """

    taken: Collection[str]
    several: Collection[str]
    occurs: Callable[[str], bool]
