"""`themes backup` and `themes restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from themes.cli._study import StudyFolder


def backup(
    study: StudyFolder,
    to: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Where to put it; else STUDY/backups.", show_default=False
        ),
    ] = None,
) -> None:
    """Copy everything that people did to a file of its own; coders may go on working."""
    from themes.cli._study import open_study
    from themes.database.backup import backup as copy

    with open_study(study) as opened:
        print(copy(opened.database.place, to or study / "backups"))


def restore(
    study: StudyFolder,
    backup_file: Annotated[
        Path, typer.Argument(metavar="BACKUP", help="A file that themes backup made.")
    ],
) -> None:
    """Put a backup in the place of a study's database; what stood there is kept beside it.

    Stop `themes review` first.
    """
    from themes import config
    from themes.database.backup import restore as put_back
    from themes.errors import StudyError

    place = config.database_place(config.load(study), study)
    if not isinstance(place, Path):
        raise StudyError(study, "is in a PostgreSQL database", "use pg_restore")
    kept = put_back(backup_file, place)
    print(f"{place}: restored" + (f"; what stood there is {kept}" if kept else ""))
