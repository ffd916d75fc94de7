"""Writing that is never half done: a name on disk holds all of the new, or all of the old."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from themes.errors import ExportError

# The file that says "themes made this folder": without it, a folder is never replaced.
MARK = "run.json"


def write_file(path: str | os.PathLike[str], data: bytes, *, mode: int = 0o666) -> None:
    """Put `data` at `path` in one step; a file that stands there is replaced or left whole.

    The bytes go to a temporary file beside `path`, are forced to disk, and take the name last.
    `mode` is what others may do with the file, as far as the umask lets them.
    Raises ExportError when the disk is full, read-only, closed to us, or the folder is missing.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_file(Path(folder) / "a.csv", b"1")
    ...     [path.name for path in Path(folder).iterdir()]
    ['a.csv']
    """
    path = Path(path)
    with _told(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, mode & ~_umask())
            os.replace(name, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise


@contextmanager
def new_folder(target: str | os.PathLike[str], *, overwrite: bool = False) -> Iterator[Path]:
    """A temporary folder to fill; it becomes `target` when the block ends without an error.

    An existing `target` is refused unless it is empty, or `overwrite` is set and themes made it
    (it holds run.json). The old folder is moved aside first and removed last, so that any failure
    leaves it as it was; the temporary folder is removed on any failure.
    Raises ExportError for both, and for whatever the disk refuses.

    >>> with tempfile.TemporaryDirectory() as parent:
    ...     with new_folder(Path(parent) / "output") as folder:
    ...         write_file(folder / "run.json", b"{}")
    ...     [path.name for path in (Path(parent) / "output").iterdir()]
    ['run.json']
    """
    # absolute, so that "output/" and "." have a name and a parent
    target = Path(os.path.abspath(target))
    with _told(target):
        _refuse(target, overwrite)
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", dir=target.parent))
        try:
            yield temporary
            temporary.chmod(0o777 & ~_umask())
            _refuse(target, overwrite)  # it may have come into being meanwhile
            _swap(temporary, target)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise


def is_output(folder: Path) -> bool:
    """Whether themes made this folder."""
    return os.path.isfile(folder / MARK)  # False, too, for a folder closed to us


def _refuse(target: Path, overwrite: bool) -> None:
    if not target.exists() and not target.is_symlink():
        return
    if target.is_symlink() or not target.is_dir():
        raise ExportError(target, "is there already and is no folder", "choose another name")
    if not any(target.iterdir()):
        return
    if not is_output(target):
        raise ExportError(
            target, "holds files that themes did not make", "choose another or an empty folder"
        )
    if not overwrite:
        raise ExportError(
            target, "holds an earlier run", "choose another folder, or add --overwrite"
        )


def _swap(temporary: Path, target: Path) -> None:
    if not target.exists():
        os.replace(temporary, target)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.old.", dir=target.parent))
    try:
        os.replace(target, aside / target.name)
        try:
            os.replace(temporary, target)
        except BaseException:
            os.replace(aside / target.name, target)
            raise
    finally:
        # Never while it still holds the only copy of the old folder.
        if target.exists():
            shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """OSError as the one line that a person can act on."""
    try:
        yield
    except OSError as error:
        what, remedy = _REMEDIES.get(
            error.errno, (f"cannot be written ({error.strerror or error})", "try another folder")
        )
        raise ExportError(path, what, remedy) from error


_FULL = ("cannot be written, the disk is full", "free some space, or choose another disk")
_CLOSED = ("cannot be written, permission denied", "choose a folder you may write to")
_FILE_ABOVE = ("cannot be written, part of the path is a file", "choose another path")
_REMEDIES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: ("cannot be written, the disk is read-only", "choose another disk"),
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.ENOENT: ("cannot be written, its folder is not there", "make the folder first"),
    errno.ENOTDIR: _FILE_ABOVE,
    errno.EEXIST: _FILE_ABOVE,
    errno.EISDIR: ("cannot be written, a folder has that name", "choose another name"),
    errno.ENAMETOOLONG: ("cannot be written, the name is too long", "choose a shorter one"),
    errno.EBUSY: ("is in use by another program", "close it there and try again"),
}


def _umask() -> int:
    # mkstemp and mkdtemp make private files; what takes their place should be as any other file.
    mask = os.umask(0)
    os.umask(mask)
    return mask
