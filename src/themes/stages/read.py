"""Files to transcripts."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from themes import registry
from themes.atomic import is_output
from themes.errors import NotATranscriptError, ReadError, ThemesError
from themes.grammar.identity import printable
from themes.grammar.roles import assign_roles
from themes.readers._sniff import reader_of_suffix, sniff
from themes.records import Transcript


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not read, and why, each in one line without transcript text.

    File names and messages may name people ("Interview Femke Visser.docx"), so they are for the
    screen alone. `place`, which counts the files in the order they were read, and `reason` are
    for outputs that others will see. `skipped` is True for what was passed over in a folder and
    nobody asked for by name.
    """

    name: str
    message: str
    place: str
    reason: str
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What was read, in the order of the files, and what was not."""

    transcripts: tuple[Transcript, ...]
    failures: tuple[Failure, ...]


def read(
    paths: Iterable[str | PathLike[str]],
    *,
    interviewer: str | None = None,
    language: str | None = None,
    exclude: Iterable[Path] = (),
    taken: Iterable[str] = (),
    step: Callable[[int, int], None] | None = None,
) -> ReadResult:
    """The transcripts in `paths`: files in the given order, folders with all that is in them.

    Folders are searched in sorted order; hidden files, lock files, files of no known kind and what
    an earlier run made in them are skipped. A file given twice is read once. A file that cannot be
    read is a failure and the rest goes on. Transcript ids are unique, also where capitals do not
    count: of two files of one name the later gets its suffix in its id, then a number.
    `interviewer` is the label of the interviewer, `language` a BCP 47 tag; without them both are
    found out for each transcript. `exclude` names files in those folders that are something else,
    such as the attributes of the participants, `taken` ids that are not to be given again. `step(done, total)` is called after each file.
    """
    passed_over = set(map(os.path.realpath, exclude))
    files = [
        (path, named)
        for path, named in _files(paths)
        if named or os.path.realpath(path) not in passed_over
    ]
    transcripts: list[Transcript] = []
    failures: list[Failure] = []
    ids = {transcript_id.casefold() for transcript_id in taken}
    for number, (path, named) in enumerate(files, 1):
        try:
            found = _read_file(path, named)
            if interviewer is not None:
                found = tuple(assign_roles(transcript, interviewer) for transcript in found)
        except _Skipped as skipped:
            failures.append(_failure(path, number, str(skipped), skipped.reason, skipped=True))
        except ThemesError as error:
            reason = error.what if isinstance(error, ReadError) else "cannot be read"
            failures.append(_failure(path, number, str(error), reason))
        else:
            for transcript in found:
                unique = _unique(transcript.id, path.suffix.lower().strip("."), ids)
                ids.add(unique.casefold())
                tag = transcript.language if language is None else language
                transcripts.append(replace(transcript, id=unique, language=tag))
        if step:
            step(number, len(files))
    return ReadResult(tuple(transcripts), tuple(failures))


class _Skipped(Exception):
    """A file in a folder that is no transcript."""

    def __init__(self, name: str, reason: str, remedy: str = "") -> None:
        self.reason = reason
        super().__init__(str(ReadError(name, reason, remedy)))


def _failure(
    path: Path, number: int, message: str, reason: str, *, skipped: bool = False
) -> Failure:
    suffix = path.suffix.lower() if reader_of_suffix(path) else ""
    place = f"file {number}" + (f" ({suffix})" if suffix else "")
    return Failure(printable(path.name), printable(message), place, reason, skipped)


def _files(paths: Iterable[str | PathLike[str]]) -> Iterator[tuple[Path, bool]]:
    """Each file once, and whether it was named by the user rather than found in a folder."""
    seen: set[str] = set()
    for path in map(Path, paths):
        for inner in _inside(path) if os.path.isdir(path) else (path,):
            place = os.path.abspath(inner)
            if place not in seen:
                seen.add(place)
                yield inner, inner is path


def _inside(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        # Not pathlib's, which raise in a folder that can be listed but not entered.
        is_open = os.path.isdir(entry) and not os.path.islink(entry)
        if is_open and not entry.name.startswith(".") and not is_output(entry):
            yield from _inside(entry)
        else:
            yield entry


def _read_file(path: Path, named: bool) -> tuple[Transcript, ...]:
    if not named and path.name.startswith((".", "~$")):
        raise _Skipped(path.name, "is hidden or a lock file")
    if not named and os.path.islink(path) and os.path.isdir(path):
        raise _Skipped(path.name, "is a link to a folder", "name that folder itself")
    if not named and os.path.isdir(path) and is_output(path):
        raise _Skipped(path.name, "is what an earlier run made", "name that folder itself")
    if os.path.isdir(path):
        raise ReadError(path.name, "is a folder that cannot be opened", "check its permissions")
    name = ""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # reading a pipe may never end
            raise ReadError(path.name, "is a pipe or a device", "save what it holds as a file")
        name = sniff(path)
        reader = registry.load("readers", name)()
        found = reader.read(path)
    except ReadError as error:
        is_unknown = not name and reader_of_suffix(path) is None
        if not named and (is_unknown or isinstance(error, NotATranscriptError)):
            raise _Skipped(path.name, error.what, error.remedy) from None
        raise
    except ThemesError:
        raise
    except FileNotFoundError:
        raise ReadError(path.name, "does not exist", "check the path") from None
    except OSError as error:
        raise ReadError(path.name, f"cannot be opened ({error.strerror})") from None
    except Exception as error:  # noqa: BLE001 - whatever a broken file does to a library
        raise ReadError(
            path.name,
            f"is damaged or unusual: the {name or 'first'} reader met {type(error).__name__}",
            "export it again, or save it as .txt",
        ) from None
    if path.suffix.lower() not in reader.suffixes:
        found = tuple(_noted(transcript, name) for transcript in found)
    return found


def _noted(transcript: Transcript, reader: str) -> Transcript:
    if transcript.source is None:
        return transcript
    note = f"The suffix does not fit the content; the file was read as {reader}."
    source = replace(transcript.source, notes=(note, *transcript.source.notes))
    return replace(transcript, source=source)


def _unique(wanted: str, suffix: str, taken: set[str]) -> str:
    """`wanted`, else with the suffix behind it, else with a number; `taken` is casefolded.

    >>> _unique("p1", "docx", {"p1"}), _unique("p1", "docx", {"p1", "p1-docx"})
    ('p1-docx', 'p1-docx-2')
    """
    # "P1.txt" and "p1.txt" are one file on Windows and macOS.
    if wanted.casefold() not in taken:
        return wanted
    first = f"{wanted}-{suffix}" if suffix else wanted
    if first.casefold() not in taken:
        return first
    number = 2
    while f"{first}-{number}".casefold() in taken:
        number += 1
    return f"{first}-{number}"
