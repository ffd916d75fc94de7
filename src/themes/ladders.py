"""Ladders: what the values of an attribute may become, step by step, so that fewer stand alone."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from themes.errors import ConfigError


def load(path: Path) -> dict[str, tuple[Mapping[str, str], ...]]:
    """The ladder of each column of a TOML file; each step maps values to what they become.

    A column is a list of tables, a table a step, a key in it the broader value and its list the
    values that become it:

        [[specialty]]
        surgical = ["neurosurgery", "orthopaedics"]

    Raises ConfigError naming the key for anything else.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            path, "", f"cannot be opened ({type(error).__name__})", "check --ladder"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path, "", f"is no TOML: {error}", "see the how-to") from None
    ladders: dict[str, tuple[Mapping[str, str], ...]] = {}
    for column, steps in data.items():
        if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
            raise ConfigError(
                path, column, "is no list of steps", f"write [[{column}]] before each"
            )
        made = []
        for step in steps:
            becomes: dict[str, str] = {}
            for broad, narrow in step.items():
                if not isinstance(narrow, list) or not all(isinstance(v, str) for v in narrow):
                    raise ConfigError(
                        path, f"{column}.{broad}", "is no list of values", 'write ["a", "b"]'
                    )
                becomes |= dict.fromkeys(narrow, broad)
            made.append(becomes)
        ladders[column] = tuple(made)
    return ladders
