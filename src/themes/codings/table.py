"""A table of who coded what, taken apart into arrays: the one way codings come in.

Everything the audit needs of a study or a file passes through `codings_from`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np

from themes.codings._cells import Cells, cells_of
from themes.codings._columns import long_form
from themes.codings.arrays import Codings
from themes.codings.spans import Spans
from themes.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Level = Literal["codes", "ordinal", "interval"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class CodingTable:
    """All codings of a study, and what is known about them.

    `codings` holds every coder's first coding of every segment; segments stand by transcript, in
    the order of the table. `again` holds codings of a later round in the same shape, -1 where
    there is none, or is None. The arrays (n_segments, n_coders) beside them are None where the
    table does not say: `shown` int8 (1 suggestions were visible, 0 hidden, -1 unknown), `at`
    float64 (seconds since 1970, or any running number; nan unknown), `version` int (place in
    `versions`, -1 unknown). `spans` are the stretches
    marked in first codings, `segment_of_span` the row of the segment of each. `models` and `settled` name the
    coders that are a model, and the layer that settles differences; neither is a human coder.
    `notes` say what was found wrong in the table, and what was done about it.
    """

    codings: Codings
    segments: tuple[str, ...]
    level: Level
    again: Codings | None = None
    shown: np.ndarray | None = None
    at: np.ndarray | None = None
    version: np.ndarray | None = None
    versions: tuple[str, ...] = ()
    spans: Spans | None = None
    segment_of_span: np.ndarray | None = None
    questions: tuple[str, ...] | None = None
    texts: tuple[str, ...] | None = None
    reasons: tuple[str, ...] | None = None
    models: tuple[str, ...] = ()
    settled: str | None = None
    attributes: Mapping[str, Mapping[str, str]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    notes: tuple[str, ...] = ()
    n_rows: int = 0

    def __repr__(self) -> str:
        return f"CodingTable({self.codings!r}, {len(self.codings.codes)} codes)"

    @property
    def humans(self) -> tuple[int, ...]:
        """The columns of human coders."""
        return tuple(
            number
            for number, name in enumerate(self.codings.coders)
            if name not in self.models and name != self.settled
        )

    @property
    def machines(self) -> tuple[int, ...]:
        """The columns of models."""
        return tuple(self.codings.coders.index(name) for name in self.models)


def codings_from(
    frame: pd.DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    coders: Sequence[str] | None = None,
    models: Sequence[str] = (),
    settled: str | None = None,
    level: Level = "codes",
    none: Sequence[str] = ("none", "-"),
    unit: Literal["segment", "transcript"] = "segment",
    codes: Sequence[str] | None = None,
    attributes: Mapping[str, Mapping[str, str]] | None = None,
    notes: Sequence[str] = (),
) -> CodingTable:
    """Codings from a table in long form, or in wide form.

    Long: a row a given code, with the columns segment, transcript, coder and code; a row with an
    empty code says that a segment was read and got none. Further columns that are understood:
    start and end (code points of the marked words), time, shown, version (of the codebook),
    round, question, text, reason. Wide: segment, transcript, and a column a coder (`coders` names
    them where there are other columns); several codes in a cell are apart by ";", a word of `none`
    says read and none, and an empty cell says not coded.

    `columns` maps these names to those in the frame. `level` says what code is: names of codes,
    of which a segment may have several, or one number with an order. `codes` are those of the
    codebook; `notes` are what was noticed before. Raises InputError, naming column and row, for what cannot be understood; what can be
    mended is mended and told in `notes`.

    >>> import pandas as pd
    >>> wide = pd.DataFrame({"segment": ["1", "2"], "transcript": ["p", "p"], "a": ["x", "none"], "b": ["x;y", "y"]})
    >>> table = codings_from(wide)
    >>> table.codings.codes, table.codings.values.shape
    (('x', 'y'), (2, 2))
    """
    long = long_form(frame, columns or {}, coders, tuple(none), unit)
    cells, found = cells_of(long.frame, level, codes)
    spans, segment_of_span = _spans(cells)
    names = list(cells.coders)
    for name in (*models, *([settled] if settled else [])):
        if name not in names:
            raise InputError(
                f"there is no coder {name!r} in the table; there are {', '.join(names[:8])}"
            )
    known = dict(attributes or {})
    without = [name for name in cells.codings.transcripts if name not in known]
    if known and without:
        found.append(f"{len(without)} transcripts have no row in the table of attributes")
    return CodingTable(
        codings=cells.codings,
        segments=cells.segments,
        level=level,
        again=cells.again,
        shown=cells.shown,
        at=cells.at,
        version=cells.version,
        versions=cells.versions,
        spans=spans,
        segment_of_span=segment_of_span,
        questions=cells.questions,
        texts=cells.texts,
        reasons=cells.reasons,
        models=tuple(models),
        settled=settled,
        attributes=MappingProxyType(known),
        notes=(*notes, *long.notes, *found),
        n_rows=len(frame),
    )


def _spans(cells: Cells) -> tuple[Spans | None, np.ndarray | None]:
    """The marked stretches, and the segment of each; a continuum ends where its last one does."""
    rows = cells.marked
    if rows is None or not len(rows):
        return None, None
    length = np.zeros(len(cells.codings.transcripts), np.int64)
    np.maximum.at(length, rows[:, 0], rows[:, 4])
    rows = np.unique(rows, axis=0)
    rows = rows[np.lexsort((rows[:, 4], rows[:, 3], rows[:, 1], rows[:, 0]))]
    names = cells.codings.transcripts, cells.coders, cells.codings.codes
    return Spans(*rows[:, :5].T, length, *names), rows[:, 5]
