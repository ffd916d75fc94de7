"""Where the files lie that come with the package: models and codebooks."""

from __future__ import annotations

from pathlib import Path

from themes.errors import InputError

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


def shipped(kind: str) -> tuple[str, ...]:
    """The sorted names of what is shipped of a kind.

    >>> shipped("codebooks")
    ('help-seeking',)
    """
    return tuple(sorted(p.stem for p in folder(kind).iterdir() if not p.name.startswith(".")))
