"""What the commands on a study share: opening it, and the argument that names it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from themes.config import Config
    from themes.database.connect import Database

StudyFolder = Annotated[
    Path, typer.Argument(metavar="STUDY", help="The folder of the study.", show_default=False)
]


@dataclass(frozen=True, slots=True)
class OpenStudy:
    """A study's folder, its settings and its database."""

    folder: Path
    config: Config
    database: Database


@contextmanager
def open_study(folder: Path) -> Iterator[OpenStudy]:
    """Open a study that `themes init` made, for the length of a block.

    Raises StudyError or ConfigError.
    """
    from themes import config
    from themes.database.connect import connect

    settings = config.load(folder)
    database = connect(config.database_place(settings, folder))
    try:
        yield OpenStudy(folder, settings, database)
    finally:
        database.close()
