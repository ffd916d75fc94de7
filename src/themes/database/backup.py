"""Copies of a study's database, made while people work, and putting one back."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from themes.errors import StudyError


def backup(place: Path | str, folder: Path, why: str = "") -> Path:
    """Copy the database at `place` into `folder`, under the time of day, and check the copy.

    Coders may go on working. Raises StudyError for a PostgreSQL database (its own pg_dump does
    that) and for a copy that is not whole.
    """
    place = _file(place)
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    target = folder / f"study-{stamp}{f'-{why}' if why else ''}.sqlite"
    _copy(place, target)
    return target


def restore(backup_file: Path, place: Path) -> Path | None:
    """Put a backup where a study's database is; the present one is kept beside it.

    Returns where the present one went, None if there was none. Raises StudyError for a file that
    is no whole backup.
    """
    check(backup_file)
    kept = None
    if place.exists():
        _refuse_in_use(place)
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        (place.parent / "backups").mkdir(exist_ok=True)
        kept = place.parent / "backups" / f"study-{stamp}-before-restore.sqlite"
        try:
            _copy(place, kept)
        except StudyError:
            # A damaged file cannot be copied page by page; it is kept as it is.
            for suffix in ("", "-wal"):
                if (found := place.with_name(place.name + suffix)).exists():
                    kept.with_name(kept.name + suffix).write_bytes(found.read_bytes())
    new = place.with_name(f".{place.name}.restored")
    new.unlink(missing_ok=True)
    _copy(backup_file, new)
    for suffix in ("-wal", "-shm"):
        place.with_name(place.name + suffix).unlink(missing_ok=True)
    os.replace(new, place)
    return kept


def _refuse_in_use(place: Path) -> None:
    # Leaving write-ahead logging needs the file for oneself: whoever else has it open is found
    # out, who would otherwise go on writing into a file that has no name any more.
    try:
        with closing(sqlite3.connect(place, timeout=1)) as file:
            file.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise StudyError(place, "is in use", "stop themes review, then try again") from None
    except sqlite3.Error:
        pass  # a damaged file is what a backup is restored for


def check(path: Path) -> None:
    """Raises StudyError unless `path` is a whole study database."""
    if not path.is_file():
        raise StudyError(path, "is not there", "check the name")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            fine = file.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            tables = {row[0] for row in file.execute("SELECT name FROM sqlite_master")}
    except sqlite3.Error:
        fine, tables = False, set()
    if not fine:
        raise StudyError(path, "is damaged or no SQLite file", "use another backup")
    if "schema_version" not in tables:
        raise StudyError(path, "holds no study", "use another file")


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(f".{target.name}.part")
    try:
        with (
            closing(sqlite3.connect(source, timeout=15)) as old,
            closing(sqlite3.connect(part)) as new,
        ):
            old.backup(new)
            # One file, whole in itself, wherever it is carried.
            new.execute("PRAGMA journal_mode = DELETE")
        check(part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(part, target)
    except (sqlite3.Error, OSError) as error:
        raise StudyError(
            source, f"cannot be copied to {target.parent} ({type(error).__name__})", "see both"
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _file(place: Path | str) -> Path:
    if not isinstance(place, Path):
        address = re.sub(r"//[^@/]*@", "//", place)
        raise StudyError(address, "is a PostgreSQL database", "use pg_dump and pg_restore")
    return place
