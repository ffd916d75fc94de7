"""Families and their members: a family is a folder, a member is a file.

The file's name is the member's name everywhere. A member module holds one class with the
module's name in CamelCase (`window.py` holds `Window`). Other packages add members through the
entry-point group `themes.<family>`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from themes.errors import ConfigError

FAMILIES = (
    "readers",
    "recognizers",
    "segmenters",
    "encoders",
    "classifiers",
    "statistics",
    "exporters",
    "profiles",
)


@cache
def names(family: str) -> tuple[str, ...]:
    """The sorted member names of `family`, found without importing any of them.

    >>> names("segmenters")
    ('sentence', 'turn', 'window')
    """
    _check(family)
    folder = Path(__file__).parent / family
    found = {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}
    found |= {point.name for point in entry_points(group=f"themes.{family}")}
    return tuple(sorted(found))


@cache
def load(family: str, name: str) -> Any:
    """The class of member `name`; the one place where members, and their libraries, are imported.

    Raises ConfigError naming the known members when there is none of that name.

    >>> load("segmenters", "turn").__name__
    'Turn'
    """
    if name not in names(family):
        raise ConfigError(family, name, "is not known", "use one of " + ", ".join(names(family)))
    for point in entry_points(group=f"themes.{family}"):
        if point.name == name:
            return point.load()
    module = import_module(f"themes.{family}.{name}")
    return getattr(module, "".join(part.capitalize() for part in name.split("_")))


def _check(family: str) -> None:
    if family not in FAMILIES:
        raise ConfigError("families", family, "is not known", "use one of " + ", ".join(FAMILIES))
