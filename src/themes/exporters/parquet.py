"""Apache Parquet: typed columns, for pandas, polars, R (arrow) and DuckDB."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pyarrow
from pyarrow import parquet

from themes.atomic import write_file
from themes.exporters import _losses
from themes.exporters.tables import Table, suggestions
from themes.records import Study

_TYPES = {
    "text": pyarrow.string(),
    "count": pyarrow.int64(),
    "seconds": pyarrow.float64(),
    "score": pyarrow.float64(),
}


class Parquet:
    """Writes the suggestions of a study as a Parquet file."""

    def write(self, study: Study, path: Path) -> tuple[str, ...]:
        """One row a suggestion; says what did not survive. Raises ExportError."""
        write_file(path, self.encode(suggestions(study)))
        return _losses.of_suggestions(study)

    def encode(self, table: Table) -> bytes:
        """The bytes of any table; the same for the same rows and version of pyarrow.

        >>> from themes.exporters.tables import Column
        >>> Parquet().encode(Table("t", (Column("a"),), (("x",),)))[:4]
        b'PAR1'
        """
        fields = [(column.name, _TYPES[column.kind]) for column in table.columns]
        cells = zip(*table.rows, strict=True) if table.rows else ([] for _ in fields)
        arrays = [
            pyarrow.array(column, kind) for column, (_, kind) in zip(cells, fields, strict=True)
        ]
        buffer = BytesIO()
        parquet.write_table(
            pyarrow.Table.from_arrays(arrays, schema=pyarrow.schema(fields)), buffer
        )
        return buffer.getvalue()
