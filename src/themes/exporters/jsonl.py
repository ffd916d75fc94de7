"""JSON Lines: one object a row, UTF-8, keys in column order, unknown is null."""

from __future__ import annotations

import json
from pathlib import Path

from themes.atomic import write_file
from themes.exporters import _losses
from themes.exporters.tables import Table, suggestions
from themes.records import Study


class Jsonl:
    """Writes the suggestions of a study as JSON Lines."""

    def write(self, study: Study, path: Path) -> tuple[str, ...]:
        """One line a suggestion; says what did not survive. Raises ExportError."""
        write_file(path, self.encode(suggestions(study)))
        return _losses.of_suggestions(study)

    def encode(self, table: Table) -> bytes:
        """The bytes of any table.

        >>> from themes.exporters.tables import Column
        >>> Jsonl().encode(Table("t", (Column("a"), Column("n", "count")), (("x", 1), ("y", None))))
        b'{"a": "x", "n": 1}\\n{"a": "y", "n": null}\\n'
        """
        names = [column.name for column in table.columns]
        lines = (
            json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) for row in table.rows
        )
        return "".join(line + "\n" for line in lines).encode()
