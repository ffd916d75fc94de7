"""study.toml: what a study is made with."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from themes.errors import ConfigError, StudyError

FILE = "study.toml"
CODEBOOK_FILE = "codebook.toml"
_DATABASE_FILE = "study.sqlite"

_HEAD = """\
# The settings of a study. Change them with care: what coders did stays as they did it.
"""
_NOTES = {
    "unit": "what gets codes: turn, sentence or window",
    "language": "auto, en or nl",
    "model": "who suggests: a shipped model, a folder, or a sentence-transformers model",
    "interviewer": 'the interviewer\'s label, "" where it may be guessed',
    "seed": "what is drawn by lot (blind share, order, samples) follows from this number",
    "database": '"" for study.sqlite in this folder, or a postgresql:// address for a team',
}


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a study, in the order of the file.

    >>> Config(name="Night work").unit
    'turn'
    """

    name: str
    unit: str = "turn"
    language: str = "auto"
    model: str = "help-seeking"
    interviewer: str = ""
    seed: int = 1
    database: str = ""


def load(folder: Path) -> Config:
    """The settings of the study in `folder`.

    Raises StudyError where there is no study, ConfigError naming the key for a wrong setting.
    """
    path = folder / FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StudyError(
            folder, "is no study", f"make one with: themes init {folder.name}"
        ) from None
    except OSError as error:
        raise StudyError(path, f"cannot be opened ({error.strerror})") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(path, "", f"is not TOML ({error})", "mend that line") from None
    known = {field.name: type(field.default) for field in fields(Config)} | {"name": str}
    for key, value in table.items():
        if key not in known:
            raise ConfigError(path, key, "is not known", "known: " + ", ".join(known))
        if type(value) is not known[key]:
            raise ConfigError(path, key, "has the wrong type", f"write a {known[key].__name__}")
    if not table.get("name"):
        raise ConfigError(path, "name", "is missing", 'add name = "..."')
    return Config(**table)


def text(config: Config) -> str:
    """The file that says `config`.

    >>> 'unit = "turn"' in text(Config("Night work"))
    True
    """
    lines = [_HEAD]
    for field in fields(Config):
        value = getattr(config, field.name)
        note = f"  # {_NOTES[field.name]}" if field.name in _NOTES else ""
        shown = str(value) if isinstance(value, int) else '"' + _escaped(value) + '"'
        lines.append(f"{field.name} = {shown}{note}\n")
    return "".join(lines)


def database_place(config: Config, folder: Path) -> Path | str:
    """Where the study's records are: the file in its folder, or the address of a server.

    >>> database_place(Config("n"), Path("study")).name
    'study.sqlite'
    """
    return config.database or folder / _DATABASE_FILE


def _escaped(value: str) -> str:
    shown = value.replace("\\", "\\\\").replace('"', '\\"')
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in shown)
