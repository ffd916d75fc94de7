"""`themes check-leaks`: does anything that the key knows still stand somewhere?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from themes.cli import _options as options


def check_leaks(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...", help="Files and folders of any kind.", show_default=False
        ),
    ],
    key: options.KeyOf,
) -> None:
    """Search files of any kind for everything in the key; exit code 1 if something stands there."""
    from themes.cli._keys import key_of
    from themes.cli._proof import files_in, show
    from themes.errors import InputError
    from themes.stages.leaks import find_leaks

    missing = [path for path in paths if not path.exists()]
    if missing:
        raise InputError(f"{missing[0]}: does not exist; check the path")
    file = key_of(key)
    own = os.path.realpath(key)
    files = [
        each
        for path in paths
        for each in (files_in(path) if path.is_dir() else [(path.name, path.read_bytes())])
        if not path.is_file() or os.path.realpath(path) != own
    ]
    leaks = find_leaks(files, file.key)
    show(leaks)
    print(f"{len(leaks)} leaks in {len(files)} files")
    if leaks:
        raise typer.Exit(1)
