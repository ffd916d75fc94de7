"""`themes coder`: who works on a study."""

from __future__ import annotations

import sys
from enum import StrEnum
from getpass import getpass
from typing import Annotated

import typer

from themes.cli._study import StudyFolder

app = typer.Typer(help="Add coders to a study, and give them passwords.", no_args_is_help=True)


class Role(StrEnum):
    coder = "coder"
    adjudicator = "adjudicator"
    owner = "owner"


Name = Annotated[str, typer.Argument(metavar="NAME", help="The coder's name and login.")]


@app.command()
def add(
    study: StudyFolder,
    name: Name,
    role: Annotated[
        Role,
        typer.Option(
            help="coder: codes. adjudicator: also settles disagreements. owner: all of it."
        ),
    ] = Role.coder,
) -> None:
    """Add a coder."""
    from themes.cli._study import open_study
    from themes.database import team
    from themes.database.connect import now
    from themes.errors import InputError

    with open_study(study) as opened:
        with opened.database.write() as connection:
            try:
                made = team.add_coder(connection, name, role.value, now())
            except ValueError as error:
                raise InputError(str(error)) from None
            team.add_event(
                connection, "coder added", {"coder": made.name, "role": made.role}, now()
            )
        print(f"{made.name} ({made.role}); next: themes assign {study}")


@app.command()
def password(study: StudyFolder, name: Name) -> None:
    """Set a coder's password, for `themes review --host`; it is asked for, or read from a pipe."""
    from themes.cli._study import open_study
    from themes.database import team
    from themes.database.connect import now
    from themes.errors import InputError, StudyError
    from themes.review.password import MIN_LENGTH, hashed

    with open_study(study) as opened:
        with opened.database.read() as connection:
            found = team.find_coder(connection, name)
        if found is None:
            raise StudyError(study, f"has no coder {name}", "add one: themes coder add")
        secret = _ask(found.name)
        if len(secret) < MIN_LENGTH:
            raise InputError(
                f"the password has fewer than {MIN_LENGTH} characters; choose a longer one"
            )
        with opened.database.write() as connection:
            team.set_password_hash(connection, found.id, hashed(secret))
            team.add_event(connection, "password set", {"coder": found.name}, now())
        print(f"{found.name} has a new password; other sessions of theirs are closed")


def _ask(name: str) -> str:
    """A password from the terminal, asked twice; from a pipe, its first line."""
    from themes.errors import InputError

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass(f"password for {name}: ")
    if first != getpass("once more: "):
        raise InputError("the two passwords differ; try again")
    return first
