"""`themes export`: what coders did, as tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from themes.cli import _options as options
from themes.cli._study import StudyFolder


def export(
    study: StudyFolder,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder to make.", show_default=False)
    ],
    overwrite: options.OverwriteOption = False,
) -> None:
    """Write codings, results, decisions, adjudications, memos and the audit trail as csv tables."""
    import json

    from themes import __version__, registry
    from themes.atomic import MARK, new_folder, write_file
    from themes.cli._study import open_study
    from themes.database import team
    from themes.database.connect import now
    from themes.exporters.tables import coded
    from themes.snapshot import read_snapshot
    from themes.stages.adjudicate import results

    with open_study(study) as opened:
        with opened.database.read() as connection:
            snapshot = read_snapshot(connection)
            events = team.events(connection)
        materials = snapshot.materials
        names = {coder.id: coder.name for coder in snapshot.coders}
        codes = [code.id for code in materials.book.codable]
        by_id = {a.id: a for a in snapshot.assignments}
        tables = (
            coded.codings(snapshot.codings(), materials.by_id, names, "codings"),
            coded.codings(
                snapshot.codings(independent=True), materials.by_id, names, "codings_independent"
            ),
            coded.results(
                results(snapshot.assignments, snapshot.standings, snapshot.decided, codes),
                materials.by_id,
            ),
            coded.decisions(snapshot.decisions, by_id, names),
            coded.adjudications(snapshot.adjudications, names),
            coded.memos(snapshot.memos, names),
            coded.trail(
                snapshot.decisions, snapshot.adjudications, snapshot.memos, by_id, events, names
            ),
        )
        csv = registry.load("exporters", "csv")()
        with new_folder(out, overwrite=overwrite) as folder:
            for table in tables:
                write_file(folder / f"{table.name}.csv", csv.encode(table))
            summary = {
                "themes": __version__,
                "at": now(),
                "codebook": {"id": materials.book.id, "version": materials.book.version},
                "rows": {table.name: len(table.rows) for table in tables},
            }
            write_file(folder / MARK, (json.dumps(summary, indent=2) + "\n").encode())
        with opened.database.write() as connection:
            team.add_event(connection, "export", summary["rows"], now())
        for table in tables:
            print(f"{table.name}.csv: {len(table.rows)} rows")
