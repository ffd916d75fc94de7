"""Writing an audit, and saying in a few lines what is in it."""

from __future__ import annotations

import json
import platform
import sys
from dataclasses import asdict
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from themes import __version__, registry
from themes.atomic import write_file
from themes.stages.audit import Audit

_LIBRARIES = ("numpy", "scipy", "pandas")
N_NOTES = 10


def save_audit(made: Audit, source: Path, folder: Path) -> None:
    """audit.html, audit.xlsx with every table, a csv for each, and run.json."""
    csv = registry.load("exporters", "csv")()
    (folder / "tables").mkdir()
    filled = [table for table in made.tables if table.rows]
    for table in filled:
        write_file(folder / "tables" / f"{table.name}.csv", csv.encode(table))
    write_file(folder / "audit.xlsx", registry.load("exporters", "xlsx")().encode(*filled))
    write_file(folder / "audit.html", made.page().encode())
    summary = {
        "versions": {
            "themes": __version__,
            "python": platform.python_version(),
            **{name: metadata.version(name) for name in _LIBRARIES},
        },
        "settings": asdict(made.material.settings),
        "input": sha256(
            (source / "study.sqlite" if source.is_dir() else source).read_bytes()
        ).hexdigest(),
        "notes": list(made.material.table.notes),
        "refused": list(made.refused),
        "tables": [table.name for table in filled],
    }
    text = json.dumps(summary, ensure_ascii=False, indent=2) + "\n"
    write_file(folder / "run.json", text.encode())


def tell_audit(made: Audit, out: Path) -> None:
    """The headline on stdout; what was noticed, and what was refused, on stderr."""
    said = made.blocks[0].says
    print(f"{said[0]} {out}/audit.html" if said else f"{out}/audit.html")
    notes = made.material.table.notes
    for note in notes[:N_NOTES]:
        print(f"note: {note}", file=sys.stderr)
    if len(notes) > N_NOTES:
        print(f"note: {len(notes) - N_NOTES} more notes in audit.html", file=sys.stderr)
    for reason in made.blocks[0].refused:
        print(f"note: not computed: {reason}", file=sys.stderr)
    others = len(made.refused) - len(made.blocks[0].refused)
    if others:
        print(f"note: {others} more parts were not computed; audit.html says why", file=sys.stderr)
