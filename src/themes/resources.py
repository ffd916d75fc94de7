"""Where the files lie that come with the package: models and codebooks."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from themes.errors import InputError, MissingModelError

# Tried in order: inside the installed wheel, then a source checkout.
_ROOTS = {
    "models": (
        Path(__file__).parent / "_shipped" / "models",
        Path(__file__).parents[2] / "models",
    ),
    "codebooks": (
        Path(__file__).parent / "_shipped" / "codebooks",
        Path(__file__).parents[2] / "corpora" / "codebooks",
    ),
}


def folder(kind: str) -> Path:
    """The folder of shipped "models" or "codebooks".

    >>> (folder("codebooks") / "help-seeking.toml").exists()
    True
    """
    for root in _ROOTS[kind]:
        if root.is_dir():
            return root
    raise InputError(f"this installation has no {kind} folder; install themes again")


def open_checked(
    place: Path, card_file: str, remedy: str
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The card of a model folder and the files it lists under "files" with their sha256.

    Raises MissingModelError, ending with `remedy`, when one is missing or is another file.
    """
    try:
        card = json.loads((place / card_file).read_text(encoding="utf-8"))
        data = {name: (place / name).read_bytes() for name in card["files"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MissingModelError(
            place.name, f"cannot be opened ({type(error).__name__})", remedy
        ) from None
    for name, expected in card["files"].items():
        if sha256(data[name]).hexdigest() != expected:
            raise MissingModelError(place.name, f"{name} is not the file it was made with", remedy)
    return card, data


def shipped(kind: str) -> tuple[str, ...]:
    """The sorted names of what is shipped of a kind.

    >>> shipped("codebooks")
    ('help-seeking',)
    """
    return tuple(sorted(p.stem for p in folder(kind).iterdir() if not p.name.startswith(".")))
