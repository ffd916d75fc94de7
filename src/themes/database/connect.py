"""Opening a study's database, and reading and writing it so that nothing confirmed is lost."""

from __future__ import annotations

import getpass
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError

from themes.database import migrations
from themes.database.backup import backup
from themes.errors import StudyError

PASSWORD_VARIABLE = "THEMES_DATABASE_PASSWORD"
_BUSY_S = 15
_APPLICATION_ID = 0x7E3E5  # written into the file's head: `file` and sqlite3 can tell whose it is


def now() -> str:
    """This moment as every table writes it: ISO 8601, UTC, microseconds.

    >>> len(now()), now()[-1]
    (27, 'Z')
    """
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Database:
    """An open study: `read()` and `write()` give a connection for the length of a block.

    A write is one transaction: when the block ends without an error, everything in it is on disk
    (SQLite: write-ahead log, synchronous=FULL; PostgreSQL: its own); otherwise nothing of it is.
    Raises StudyError, in one line, for a database that is locked, full, read-only, damaged, out
    of reach, or made by a newer version.
    """

    def __init__(self, place: Path | str) -> None:
        self.place = place
        self._engine = _engine(place)
        # SQLite has one writer; waiting here is fairer and quicker than trying again there.
        self._turn = threading.Lock()

    @property
    def is_file(self) -> bool:
        return isinstance(self.place, Path)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        if self.is_file:
            with self._turn, self._told(), self._engine.connect() as connection:
                connection.execute(text("BEGIN IMMEDIATE"))
                yield connection
                connection.commit()
        else:
            with self._told(), self._engine.begin() as connection:
                yield connection

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise _told(self.place, error) from error
        except OSError as error:  # pg8000 lets these through
            raise StudyError(
                _shown(self.place), "is out of reach", "check the server, then try again"
            ) from error


def create(place: Path | str) -> Database:
    """A new, empty study database. Raises StudyError where there is one."""
    if isinstance(place, Path) and place.exists():
        raise StudyError(place, "exists", "choose another folder")
    with _closed_on_error(Database(place)) as database:
        with database.write() as connection:
            if migrations.version(connection) is not None:
                raise StudyError(_shown(place), "holds a study already", "choose another database")
            migrations.create(connection, now())
            if database.is_file:
                connection.execute(text(f"PRAGMA application_id = {_APPLICATION_ID}"))
        return database


def connect(place: Path | str) -> Database:
    """An existing study database, migrated to this version after a backup of its file.

    Raises StudyError when there is none, or when a newer version of themes made it.
    """
    if isinstance(place, Path) and not place.is_file():
        raise StudyError(place, "is not there", "restore it: themes restore STUDY BACKUP")
    with _closed_on_error(Database(place)) as database:
        with database.read() as connection:
            found = migrations.version(connection)
        if found is None:
            raise StudyError(_shown(place), "holds no study", "make one: themes init")
        if found > migrations.LATEST:
            raise StudyError(
                _shown(place),
                f"was made by a newer version of themes (schema {found}, this one knows "
                f"{migrations.LATEST})",
                "install that version",
            )
        if found < migrations.LATEST:
            if isinstance(place, Path):
                backup(place, place.parent / "backups", f"before-schema-{migrations.LATEST}")
            with database.write() as connection:
                migrations.migrate(connection, now())
        return database


@contextmanager
def _closed_on_error(database: Database) -> Iterator[Database]:
    try:
        yield database
    except BaseException:
        database.close()
        raise


def _engine(place: Path | str) -> Engine:
    if isinstance(place, Path):
        engine = create_engine(
            URL.create("sqlite", database=str(place.absolute())),
            connect_args={"timeout": _BUSY_S, "check_same_thread": False},
            pool_size=8,
            max_overflow=32,
        )
        event.listen(engine, "connect", _prepare)
        return engine
    try:
        url = make_url(place)
        if url.drivername != "postgresql" or not url.host or not url.database:
            raise ArgumentError
    except ArgumentError:
        raise StudyError(
            "study.toml",
            "database is no postgresql://user@host/name address",
            "mend it, or leave it empty",
        ) from None
    if url.username is None:
        url = url.set(username=getpass.getuser())
    if url.password is None and PASSWORD_VARIABLE in os.environ:
        url = url.set(password=os.environ[PASSWORD_VARIABLE])
    return create_engine(
        url.set(drivername="postgresql+pg8000"), pool_pre_ping=True, pool_size=8, max_overflow=32
    )


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    # Transactions are begun by hand, so that a writer waits at its beginning and not at its end.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        f"busy_timeout = {_BUSY_S * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


_SQLITE = {
    sqlite3.SQLITE_BUSY: ("is locked by another program", "close it there and try again"),
    sqlite3.SQLITE_LOCKED: ("is locked by another program", "close it there and try again"),
    sqlite3.SQLITE_FULL: ("cannot be written, the disk is full", "free some space"),
    sqlite3.SQLITE_READONLY: ("cannot be written, it is read-only", "allow writing, try again"),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "check the folder and its permissions"),
    sqlite3.SQLITE_PERM: ("cannot be opened, permission denied", "check its permissions"),
    sqlite3.SQLITE_CORRUPT: ("is damaged", "restore a backup: themes restore"),
    sqlite3.SQLITE_NOTADB: ("is no SQLite file", "restore a backup: themes restore"),
    sqlite3.SQLITE_IOERR: ("cannot be read or written, the disk fails", "check the disk"),
}


def _told(place: Path | str, error: DBAPIError) -> StudyError:
    # The driver's message quotes what was written, which may be a memo; its code never does.
    code = getattr(error.orig, "sqlite_errorcode", None)
    what, remedy = _SQLITE.get(
        None if code is None else code & 0xFF,
        (f"gave {type(error.orig).__name__}", "try again; if it stays, restore a backup"),
    )
    if not isinstance(place, Path):
        what, remedy = f"gave {type(error.orig).__name__}", "check the server, then try again"
    return StudyError(_shown(place), what, remedy)


def _shown(place: Path | str) -> str:
    if isinstance(place, Path):
        return str(place)
    url = make_url(place)
    return f"database {url.database} on {url.host}"
