"""Who codes, and what for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

CoderRole = Literal["coder", "adjudicator", "owner"]
CODER_ROLES: tuple[str, ...] = get_args(CoderRole)

_NAME = re.compile(r"[^\W_][\w .'-]{0,39}")


@dataclass(frozen=True, slots=True)
class Coder:
    """A person in a study.

    A `coder` codes; an `adjudicator` also settles disagreements; an `owner` also sees the whole
    team's progress. `name` is a login and a column in exports: 1 to 40 letters, digits, spaces,
    and . ' - _, the first a letter or digit. Names are told apart without regard to capitals.

    >>> Coder(1, "anna", "coder").may_adjudicate
    False
    """

    id: int
    name: str
    role: CoderRole

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or self.name != self.name.strip():
            raise ValueError(
                f"{self.name!r} cannot be a coder's name: use up to 40 letters, digits, "
                "spaces, and . ' - _"
            )
        if self.role not in CODER_ROLES:
            raise ValueError(f"unknown role {self.role!r}; known: {', '.join(CODER_ROLES)}")

    @property
    def may_adjudicate(self) -> bool:
        """Whether this person may see several coders' work and decide between them."""
        return self.role in ("adjudicator", "owner")


@dataclass(frozen=True, slots=True)
class Assignment:
    """That a coder is to code a segment.

    `shown` is False for the blind share: suggestions stay hidden until an answer is locked.
    `round` is 0, and 1 for a silent repeat, which comes back `after_days` days after the same
    coder locked the same segment in round 0. `position` orders a coder's work.

    >>> Assignment(7, "p1:0-9", 1, True, 0).round
    0
    """

    id: int
    segment_id: str
    coder_id: int
    shown: bool
    position: int
    round: int = 0
    after_days: int = 0

    def __post_init__(self) -> None:
        if self.round not in (0, 1) or self.after_days < 0:
            raise ValueError(f"assignment {self.id}: round {self.round}, {self.after_days} days")
