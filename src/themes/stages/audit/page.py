"""The audit as one page: sentences first, then charts, then every table.

Like the report of a run it asks for nothing from elsewhere, and everything that came from the
table of codings is text in it, never markup.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from themes.exporters.refi.project import writable
from themes.exporters.tables import Cell, Column, Table
from themes.stages.audit.charts import draw

if TYPE_CHECKING:
    from themes.stages.audit import Audit

MAX_ROWS = 60  # of a table on the page; files hold all
_HERE = Path(__file__).parent
_STYLES = (_HERE.parent / "report.css", _HERE / "page.css")


def page(audit: Audit) -> str:
    """The page as one string of HTML; the same for the same audit."""
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = "".join(path.read_text(encoding="utf-8") for path in _STYLES)
    blind = audit.material.blind
    shown = [block for block in audit.blocks if block.says or block.tables]
    made = environment.get_template("page.html.jinja").render(
        style=Markup(style),  # our own files
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        blocks=[(block, [draw(chart) for chart in block.charts]) for block in shown],
        refused=[(block.title, block.refused) for block in audit.blocks if block.refused],
        notes=audit.material.table.notes,
        counts=(
            ("transcripts", len(blind.transcripts)),
            ("segments", len(blind.owner)),
            ("human coders", len(blind.coders)),
            ("codes" if audit.material.table.level == "codes" else "steps", len(blind.codes)),
            ("segments compared", int(blind.shared.sum())),
        ),
        cell=_cell,
        head=_head,
        visible=_visible,
        max_rows=MAX_ROWS,
    )
    return writable(made)


def _cell(value: Cell, column: Column) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.2f}" if abs(value) < 100 else f"{value:.0f}"
    if column.kind == "count":
        return f"{value:,}".replace(",", "\u202f")
    return str(value)


def _head(column: Column) -> str:
    """`given_by.anna` -> given by anna; what stands behind the dot is a name, and stays."""
    name, dot, of = column.name.partition(".")
    return name.replace("_", " ") + (f" {of}" if dot else "")


def _visible(table: Table) -> tuple[tuple[int, ...], tuple[tuple[Cell, ...], ...]]:
    """The columns in which something stands, and the first rows."""
    kept = tuple(
        number
        for number in range(len(table.columns))
        if any(row[number] not in (None, "") for row in table.rows)
    )
    return kept, table.rows[:MAX_ROWS]
