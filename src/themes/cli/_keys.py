"""Opening the key of a study: where it may lie, whose it is, and what its passphrase is."""

from __future__ import annotations

import getpass
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from themes.errors import KeyFileError

if TYPE_CHECKING:
    from themes.keyfile import KeyFile

PASSPHRASE = "THEMES_PASSPHRASE"


def key_for(path: Path, outputs: Path) -> KeyFile:
    """The key at `path`, or a new one, for what is written into `outputs`.

    Raises KeyFileError when it lies in or beside the outputs, when they were made with another
    key, and for whatever keeps it from being opened.
    """
    from themes.keyfile import create_key, open_key, refuse_near

    refuse_near(path, outputs)
    if path.exists():
        file = open_key(path, _passphrase(path))
        _refuse_another(file, outputs)
        return file
    if not path.parent.is_dir():
        raise KeyFileError(path, "its folder does not exist", "make it first")
    said = _passphrase(path, again=True)
    return create_key(path, said)


def key_of(path: Path, outputs: Path | None = None) -> KeyFile:
    """A key that exists; with `outputs`, the one they were made with."""
    from themes.keyfile import open_key

    file = open_key(path, _passphrase(path))
    if outputs is not None:
        _refuse_another(file, outputs)
    return file


def _refuse_another(file: KeyFile, outputs: Path) -> None:
    try:
        made_with = json.loads((outputs / "run.json").read_text(encoding="utf-8")).get("key")
    except (OSError, ValueError):
        return
    if made_with and made_with != file.key.id:
        raise KeyFileError(
            file.path,
            f"is the key of another study ({file.key.id}); {outputs.name} was made with {made_with}",
            "take that study's key",
        )


def _passphrase(path: Path, *, again: bool = False) -> str:
    said = os.environ.get(PASSPHRASE)
    if said is not None:
        return said
    if not sys.stdin.isatty():
        raise KeyFileError(
            path, "its passphrase cannot be asked for here", f"put it in {PASSPHRASE}"
        )
    if not again:
        return getpass.getpass(f"Passphrase of {path.name}: ")
    print(
        f"{path.name} is a new key. Whoever has it and its passphrase can tell who said what; "
        "without the passphrase nobody can, you neither.",
        file=sys.stderr,
    )
    said = getpass.getpass("New passphrase, 12 characters or more: ")
    if getpass.getpass("The same again: ") != said:
        raise KeyFileError(path, "the two passphrases differ", "start again")
    return said
