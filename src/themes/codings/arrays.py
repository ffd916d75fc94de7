"""Codings of fixed segments: one row a segment, one column a coder."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from numbers import Real

import numpy as np

PRESENT = np.array([[False], [True]])


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Codings:
    """What each coder gave to each segment.

    `values` is int32 (n_segments, n_coders): the row of `members` that holds the value, or -1
    where a coder did not code a segment. `members` is bool (n_values, n_codes): which codes a
    value consists of; the empty set is a value like any other. `owner` is int32 (n_segments,):
    the place in `transcripts` of each segment's transcript. `ratings` is float64 (n_values,), the
    numbers of numeric values, or None.

    Raises ValueError when the shapes do not fit together.
    """

    values: np.ndarray
    members: np.ndarray
    owner: np.ndarray
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    transcripts: tuple[str, ...]
    ratings: np.ndarray | None = field(default=None)

    def __post_init__(self) -> None:
        if self.values.shape != (len(self.owner), len(self.coders)):
            raise ValueError(f"values are {self.values.shape}, not segments by coders")
        if self.members.shape[1:] != (len(self.codes),):
            raise ValueError(f"members are {self.members.shape}, codes {len(self.codes)}")
        if self.values.size and self.values.max() >= len(self.members):
            raise ValueError("a value is not in the list of values")

    def __repr__(self) -> str:
        return f"Codings({len(self.owner)} segments, {len(self.coders)} coders)"

    @classmethod
    def of(
        cls,
        rows: Sequence[Sequence[Hashable | None]],
        transcripts: Sequence[str] | None = None,
        coders: Sequence[str] | None = None,
    ) -> Codings:
        """Codings from one sequence a segment, one value a coder; None where there is none.

        A set is a value of several codes, and anything else of one. `transcripts` names the
        transcript of each segment; without it every segment is one of its own.

        >>> Codings.of([["a", "b"], ["a", None]]).values.tolist()
        [[0, 1], [0, -1]]
        """
        found = sorted(
            {value for row in rows for value in row if value is not None}, key=_sorting_key
        )
        place = {value: number for number, value in enumerate(found)}
        sets = [value if isinstance(value, frozenset) else frozenset({value}) for value in found]
        codes = sorted({code for value in sets for code in value}, key=_sorting_key)
        members = np.array([[code in value for code in codes] for value in sets], bool)
        n_coders = len(rows[0]) if rows else len(coders or ())
        names = [str(n) for n in range(len(rows))] if transcripts is None else list(transcripts)
        order = list(dict.fromkeys(names))
        at = {name: number for number, name in enumerate(order)}
        return cls(
            np.array(
                [[-1 if v is None else place[v] for v in row] for row in rows], np.int32
            ).reshape(len(rows), n_coders),
            members.reshape(len(found), len(codes)),
            np.array([at[name] for name in names], np.int32),
            tuple(coders or (str(n + 1) for n in range(n_coders))),
            tuple(map(str, codes)),
            tuple(order),
            np.array(found, float) if found and all(isinstance(v, Real) for v in found) else None,
        )

    @property
    def n_values(self) -> int:
        return len(self.members)

    @property
    def n_codings(self) -> np.ndarray:
        """int64 (n_segments,): how many coders coded each segment."""
        return (self.values >= 0).sum(axis=1)

    @property
    def shared(self) -> np.ndarray:
        """bool (n_segments,): coded by two coders or more, so that there is something to compare."""
        return self.n_codings >= 2

    def present(self, code: int) -> np.ndarray:
        """int8 (n_segments, n_coders): 1 where the code was given, 0 where not, -1 not coded."""
        given = self.members[self.values, code].astype(np.int8)
        given[self.values < 0] = -1
        return given

    def one_code(self, code: int) -> Codings:
        """The same codings seen through one code: absent (0) or present (1).

        >>> two = Codings.of([[frozenset("ab"), frozenset()], [frozenset("b"), None]])
        >>> two.one_code(0).values.tolist()
        [[1, 0], [0, -1]]
        """
        return replace(
            self,
            values=self.present(code).astype(np.int32),
            members=PRESENT,
            codes=(self.codes[code],),
            ratings=None,
        )

    def merged(self, groups: Sequence[int], names: Sequence[str]) -> Codings:
        """With the codes put together: code j becomes part of `names[groups[j]]`."""
        joined = np.zeros((self.n_values, len(names)), bool)
        for code, group in enumerate(groups):
            joined[:, group] |= self.members[:, code]
        members, place = np.unique(joined, axis=0, return_inverse=True)
        values = np.where(self.values < 0, -1, place.reshape(-1)[self.values])
        return replace(
            self,
            values=values.astype(np.int32),
            members=members,
            codes=tuple(names),
            ratings=None,
        )

    def compact(self) -> Codings:
        """The same codings over the values that somebody gave, and no others."""
        given = np.unique(self.values[self.values >= 0])
        if len(given) == self.n_values:
            return self
        place = np.full(self.n_values + 1, -1, np.int32)  # the last is that of -1
        place[given] = np.arange(len(given))
        return replace(
            self,
            values=place[self.values],
            members=self.members[given],
            ratings=None if self.ratings is None else self.ratings[given],
        )

    def of_coders(self, columns: Sequence[int]) -> Codings:
        """Of some coders only, in the order given."""
        columns = list(columns)
        return replace(
            self, values=self.values[:, columns], coders=tuple(self.coders[c] for c in columns)
        )

    def of_segments(self, rows: np.ndarray) -> Codings:
        """Of some segments only (a mask, or row numbers)."""
        return replace(self, values=self.values[rows], owner=self.owner[rows])

    def hidden(self, cells: np.ndarray) -> Codings:
        """Without the codings where `cells`, bool (n_segments, n_coders), is true."""
        return replace(self, values=np.where(cells, -1, self.values).astype(np.int32))

    def per_transcript(self, of_segments: np.ndarray) -> np.ndarray:
        """Sums of float (n_segments,) by transcript: float64 (n_transcripts,)."""
        return np.bincount(self.owner, weights=of_segments, minlength=len(self.transcripts))


def _sorting_key(value: Hashable) -> tuple[int, object]:
    if isinstance(value, Real):
        return 0, value
    return (1, len(value), sorted(map(str, value))) if isinstance(value, frozenset) else (2, value)  # type: ignore[return-value]
