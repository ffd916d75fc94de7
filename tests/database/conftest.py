"""A PostgreSQL server from Debian's packages, started for the tests and gone after them."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

_DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def _program(name: str) -> str | None:
    return shutil.which(name) or next(
        (str(p / name) for p in _DEBIAN[::-1] if (p / name).exists()), None
    )


@pytest.fixture(scope="session")
def postgres():
    """The address of a server, without a database name; each test makes its own database."""
    initdb, server = _program("initdb"), _program("postgres")
    if initdb is None or server is None:
        pytest.skip("postgresql is not installed")
    # PostgreSQL refuses to run as root; Debian's package brings a user for it.
    who = "postgres" if os.getuid() == 0 else None
    if who and who not in {entry.pw_name for entry in pwd.getpwall()}:
        pytest.skip("postgresql cannot run as root here")
    folder = Path(tempfile.mkdtemp(prefix="themes-postgres-"))
    if who:
        os.chown(folder, pwd.getpwnam(who).pw_uid, -1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    subprocess.run(
        [initdb, "-D", folder / "data", "-U", "themes", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True,
        capture_output=True,
        user=who,
    )
    process = subprocess.Popen(
        [server, "-D", folder / "data", "-p", str(port), "-k", folder, "-h", "127.0.0.1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=who,
    )
    try:
        subprocess.run(
            [_program("pg_isready"), "-h", "127.0.0.1", "-p", str(port), "-t", "30"],
            check=False,
            capture_output=True,
        )
        _wait(port)
        yield f"postgresql://themes@127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(port: int) -> None:
    import time

    import pg8000.native

    until = time.monotonic() + 30
    while True:
        try:
            pg8000.native.Connection("themes", "127.0.0.1", "postgres", port).close()
            return
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """Where a study's records go: a file, and a database of its own on a server."""
    if request.param == "sqlite":
        return None
    import pg8000.native

    server = request.getfixturevalue("postgres")
    name = (
        "study_" + tmp_path.name.lower().replace("-", "_").replace("[", "_").replace("]", "")[-40:]
    )
    port = int(server.rpartition(":")[2])
    connection = pg8000.native.Connection("themes", "127.0.0.1", "postgres", port)
    connection.run(f'DROP DATABASE IF EXISTS "{name}"')
    connection.run(f'CREATE DATABASE "{name}"')
    connection.close()
    return f"{server}/{name}"
