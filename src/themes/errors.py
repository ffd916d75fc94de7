"""Everything that can go wrong in a way a user can mend.

    ThemesError
    ├── InputError
    │   ├── ReadError(path, line)
    │   │   └── NotATranscriptError(path)
    │   ├── CodebookError(path, key)
    │   ├── ConfigError(path, key)
    │   └── KeyFileError(path)
    ├── StudyError(path)
    │   └── RefusedError(reason)
    ├── MissingModelError(name)
    └── ExportError(path)
        └── LeakError(path)

A message is one line: what, where, and what to do next. It never shows transcript text.
Only `themes.cli` prints errors and ends the process.
"""

from __future__ import annotations

from os import PathLike, fspath


class ThemesError(Exception):
    """The root: catch this to catch all that this package raises on purpose."""


class InputError(ThemesError):
    """A file or value that a person supplied cannot be used."""


class ReadError(InputError):
    """A transcript that cannot be read.

    >>> str(ReadError("interview.docx", "is empty", "record or export it again"))
    'interview.docx: is empty; record or export it again'
    >>> str(ReadError("a.vtt", "no cue has a time", line=3))
    'a.vtt, line 3: no cue has a time'
    """

    def __init__(
        self,
        path: str | PathLike[str],
        what: str,
        remedy: str = "",
        *,
        line: int | None = None,
    ) -> None:
        self.path, self.what, self.remedy, self.line = fspath(path), what, remedy, line
        place = self.path if line is None else f"{self.path}, line {line}"
        super().__init__(f"{place}: {what}" + (f"; {remedy}" if remedy else ""))


class NotATranscriptError(ReadError):
    """A file that is plainly something else: passed over in a folder, an error when named."""


class _KeyedInputError(InputError):
    def __init__(self, path: str | PathLike[str], key: str, what: str, remedy: str = "") -> None:
        self.path, self.key = fspath(path), key
        place = f"{self.path}, {key}" if key else self.path
        super().__init__(f"{place}: {what}" + (f"; {remedy}" if remedy else ""))


class CodebookError(_KeyedInputError):
    """A codebook that cannot be used; `key` names the code or field.

    >>> str(CodebookError("codes.toml", "cost", "has no name", "add name = \\"...\\""))
    'codes.toml, cost: has no name; add name = "..."'
    """


class ConfigError(_KeyedInputError):
    """A setting that cannot be used; `key` names it."""


class KeyFileError(InputError):
    """A key that cannot be opened, is another study's, or lies where it must not."""

    def __init__(self, path: str | PathLike[str], what: str, remedy: str = "") -> None:
        self.path = fspath(path)
        super().__init__(f"{self.path}: {what}" + (f"; {remedy}" if remedy else ""))


class StudyError(ThemesError):
    """A study that cannot be opened or changed.

    >>> str(StudyError("my-study", "is no study", "make one: themes init my-study"))
    'my-study: is no study; make one: themes init my-study'
    """

    def __init__(self, path: str | PathLike[str], what: str, remedy: str = "") -> None:
        self.path, self.what, self.remedy = fspath(path), what, remedy
        super().__init__(f"{self.path}: {what}" + (f"; {remedy}" if remedy else ""))


class RefusedError(StudyError):
    """Something a coder asked for that the study does not allow; nothing was changed.

    `reason` is a short word that programs can tell apart, such as "stale" or "forbidden".

    >>> RefusedError("stale", "the turn was changed in another tab", "look again").reason
    'stale'
    """

    def __init__(self, reason: str, what: str, remedy: str = "") -> None:
        self.reason = reason
        super().__init__("review", what, remedy)


class MissingModelError(ThemesError):
    """A model that is not on this machine, or not in one piece."""

    def __init__(self, name: str, what: str, remedy: str) -> None:
        self.name = name
        super().__init__(f"model {name}: {what}; {remedy}")


class ExportError(ThemesError):
    """An output that cannot be written."""

    def __init__(self, path: str | PathLike[str], what: str, remedy: str = "") -> None:
        self.path = fspath(path)
        super().__init__(f"{self.path}: {what}" + (f"; {remedy}" if remedy else ""))


class LeakError(ExportError):
    """An output in which something still stands that the key says was to be replaced."""
