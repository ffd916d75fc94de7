"""Write docs/reference.md from the code: commands, formats, recognizers, outputs, errors, keys.

    python scripts/make_reference.py

What the code says in docstrings, signatures and fields is taken from there. Only the meanings of
columns, files and keys, which no docstring holds, are written here; a column or key without one
ends the script with a KeyError, and a test compares the page with the code.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields
from enum import Enum
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import typer
from typer.models import ArgumentInfo, OptionInfo

from meanings import (
    ANONYMIZE_FILES,
    AUDIT_FILES,
    AUDIT_TABLES,
    CODE_KEYS,
    CODEBOOK_KEYS,
    COLUMNS,
    KEY_FILES,
    PEOPLE_COLUMNS,
    RUN_FILES,
    RUN_KEYS,
)
from themes import attributes, cli, codebooks, errors, registry, rosters
from themes.codings.table import codings_from
from themes.exporters import tables
from themes.exporters.refi import project
from themes.exporters.tables import Table
from themes.inference import intervals
from themes.records import Code, Codebook, Study

PAGE = Path(__file__).parents[1] / "docs" / "reference.md"


def reference() -> str:
    """The whole page, ending in a newline."""
    parts = [
        "# Reference",
        "Made from the code by `python scripts/make_reference.py`; do not edit. "
        "For what the figures mean see [figures.md](figures.md).",
        *_commands(),
        *_exit_codes(),
        *_formats(),
        *_recognizers(),
        *_profiles(),
        *_settings(),
        *_outputs(),
        *_audit(),
        *_codebook(),
        "## Attributes table",
        _prose(attributes.load),
        "## Errors",
        "A message is one line: what, where, and what to do next. In Python, catch `ThemesError`.",
        "```text\n" + _drawn(errors.__doc__ or "") + "\n```",
    ]
    return "\n\n".join(parts) + "\n"


def commands(app: typer.Typer, prefix: str = "themes") -> Iterator[tuple[str, Any]]:
    """(command as it is typed, function) of every command, in the order of the help."""
    for command in app.registered_commands:
        yield f"{prefix} {command.name or command.callback.__name__}", command.callback
    for group in app.registered_groups:
        yield from commands(group.typer_instance, f"{prefix} {group.name}")


def columns() -> dict[str, Table]:
    """Every table that is written, without rows."""
    study = Study("", Codebook("", "", ()), (), (), (), "")
    none = np.zeros((0, 0))
    return {
        "suggestions.csv": tables.suggestions(study),
        "segments.csv": tables.segments(study),
        "scores.csv": tables.scores((), (), none),
        "mentions.csv": tables.mentions(()),
        "themes classify": tables.classified((), (), none, ()),
        "themes discover": tables.candidates(()),
    }


def _commands() -> Iterator[str]:
    yield "## Commands"
    yield "Every command and group has `--help`."
    for name, function in commands(cli.app):
        hints = get_type_hints(function, include_extras=True)
        options = [
            (hints[parameter.name], parameter)
            for parameter in inspect.signature(function).parameters.values()
        ]
        arguments = [h for h, _ in options if isinstance(h.__metadata__[0], ArgumentInfo)]
        typed = "".join(f" {hint.__metadata__[0].metavar}" for hint in arguments)
        yield f"### `{name}{typed}`"
        yield _first(function)
        if options:
            yield _table(
                ("option", "meaning", "default"),
                (_option(hint, parameter) for hint, parameter in options),
            )


def _option(hint: Any, parameter: inspect.Parameter) -> tuple[str, str, str]:
    info: ArgumentInfo | OptionInfo = hint.__metadata__[0]
    kind, value = hint.__origin__, parameter.default
    choices = [member.value for member in kind] if _is_enum(kind) else []
    shown = info.metavar or "|".join(choices)
    if isinstance(info, OptionInfo):
        flag = info.param_decls[0] if info.param_decls else f"--{parameter.name.replace('_', '-')}"
        shown = flag if kind is bool else f"{flag} {shown}"
    if value is inspect.Parameter.empty:
        default = "required"
    elif value in (None, False):
        default = ""
    else:
        default = f"`{value.value if isinstance(value, Enum) else value}`"
    return f"`{shown}`", info.help or "", default


def _exit_codes() -> Iterator[str]:
    said = re.search(r"Exit codes: (.+?)\.\s*$", cli.__doc__ or "", re.MULTILINE)
    assert said is not None
    codes = re.findall(r"(\d) ([^,]+)", said[1])
    yield "## Exit codes"
    yield _table(("code", "meaning"), codes)
    yield (
        "A run in which a file could not be read goes on with the others, writes its output, names "
        "the file on stderr, and ends with 1. What was made goes to stdout in one line; notes and "
        "errors go to stderr. `THEMES_DEBUG=1` shows where an unexpected error came from; its "
        "output may quote a transcript."
    )


def _formats() -> Iterator[str]:
    yield "## Formats"
    yield (
        "A file is recognized by its content, and only then by its suffix. "
        "`themes formats` prints this list."
    )
    rows = []
    for name in registry.names("readers"):
        reader = registry.load("readers", name)
        rows.append((f"`{' '.join(reader.suffixes)}`", _prose(reader)))
    yield _table(("suffixes", "what is read"), rows)


def _recognizers() -> Iterator[str]:
    yield "## Recognizers"
    yield (
        "What `themes run` and `themes anonymize` look for. Each docstring in "
        "`src/themes/recognizers/` says what is found, what is not, and the source of the rule."
    )
    yield _members("recognizers")


def _profiles() -> Iterator[str]:
    yield "## Profiles"
    yield "What `--profile` may be: what stands in place of names, dates, ages and numbers."
    yield _table(
        ("name", "what it does"),
        ((f"`{n}`", _prose(registry.load("profiles", n))) for n in registry.names("profiles")),
    )
    yield "## People table"
    yield _rest(rosters.load)
    yield _table(("column", "meaning"), ((f"`{k}`", v) for k, v in PEOPLE_COLUMNS.items()))
    yield "## Key file"
    yield (
        "One file, encrypted: scrypt (RFC 7914) makes a key of the passphrase, AES-256-GCM (NIST SP "
        "800-38D) seals what is inside. Only its id, version and parameters can be read without the "
        "passphrase. It holds names, decisions and the way back for every transcript."
    )


def _settings() -> Iterator[str]:
    yield "## Units"
    yield "What `--unit` may be."
    yield _members("segmenters")
    sizes = inspect.signature(registry.load("segmenters", "window")).parameters
    yield (
        f"A window has {sizes['size'].default} sentences and starts "
        f"{sizes['step'].default} after the one before."
    )
    yield "## Classifiers and encoders"
    yield _members("classifiers")
    yield _members("encoders")


def _outputs() -> Iterator[str]:
    yield "## Output"
    yield (
        "`themes run` makes a folder with these files. `themes anonymize` makes "
        + ", ".join(f"`{name}`" for name in ANONYMIZE_FILES)
        + ". `themes classify` and `themes discover` make one table. The same input gives the same bytes, but for "
        "`run.json`, which tells the time."
    )
    yield _table(("file", "what is in it"), ((f"`{k}`", v) for k, v in RUN_FILES.items()))
    yield "With `--key` both commands add these."
    yield _table(("file", "what is in it"), ((f"`{k}`", v) for k, v in KEY_FILES.items()))
    yield (_prose(tables) + " A csv file is UTF-8 with a byte-order mark; read it as `utf-8-sig`.")
    for file, table in columns().items():
        title = f"The table of `{file}`" if " " in file else f"`{file}`"
        yield f"### {title}"
        yield _table(
            ("column", "meaning"), ((f"`{c.name}`", COLUMNS[c.name]) for c in table.columns)
        )
        if table.name in ("scores", "classified"):
            yield "Then a column for each code that can be given, with its score."
        if table.name == "segments":
            yield _rest(tables.segments)
    yield "### `project.qdpx`"
    yield (
        "The format is REFI-QDA (QDA-XML 1.0). The file is checked against REFI's schema and read "
        "back in tests; it has not been opened in MAXQDA, ATLAS.ti or NVivo yet."
    )
    yield _rest(project)
    yield "### `run.json`"
    yield _table(("key", "meaning"), ((f"`{k}`", v) for k, v in RUN_KEYS.items()))


def _audit() -> Iterator[str]:
    yield "## Audit"
    yield "`themes audit` reads one table. " + _prose(codings_from)
    yield "It makes a folder with these files."
    yield _table(("file", "what is in it"), ((f"`{k}`", v) for k, v in AUDIT_FILES.items()))
    yield "A table is there when it has rows."
    yield _table(("table", "what is in it"), ((f"`{k}`", v) for k, v in AUDIT_TABLES.items()))
    yield "### Coefficients"
    yield _members("statistics")
    yield "### Intervals"
    yield _prose(intervals.interval)


def _codebook() -> Iterator[str]:
    yield "## Codebook file"
    yield "A TOML file in UTF-8. Unknown keys are refused. " + _rest(codebooks.load)
    # The file says [[code]], the record holds codes.
    names = ["code" if field.name == "codes" else field.name for field in fields(Codebook)]
    yield _table(("key", "meaning"), ((f"`{n}`", CODEBOOK_KEYS[n]) for n in names))
    yield "In each `[[code]]`:"
    yield _table(
        ("key", "needed", "meaning"),
        (
            (f"`{f.name}`", "yes" if f.default is MISSING else "", CODE_KEYS[f.name])
            for f in fields(Code)
        ),
    )


def _members(family: str) -> str:
    return _table(
        ("name", "what it is"),
        ((f"`{n}`", _first(registry.load(family, n))) for n in registry.names(family)),
    )


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _paragraphs(thing: Any) -> list[str]:
    """The docstring without its example, a line a paragraph."""
    text = (inspect.getdoc(thing) or "").partition(">>>")[0].strip()
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def _first(thing: Any) -> str:
    return _paragraphs(thing)[0]


def _rest(thing: Any) -> str:
    return " ".join(_paragraphs(thing)[1:])


def _prose(thing: Any) -> str:
    return " ".join(_paragraphs(thing))


def _drawn(docstring: str) -> str:
    """The indented drawing in a docstring."""
    lines = [line[4:] for line in docstring.splitlines() if line.startswith("    ")]
    return "\n".join(lines)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(c.replace("|", "\\|") for c in row) + " |" for row in lines)


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
