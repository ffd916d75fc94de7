"""`themes review`: start the page where coders verify."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from themes.cli._study import StudyFolder

Coder = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Who codes on this machine; needed where there are several.",
        show_default=False,
    ),
]
Port = Annotated[int, typer.Option(metavar="NUMBER", help="The port to listen on.")]


def review(
    study: StudyFolder,
    coder: Coder = None,
    host: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Serve a team on this address; everybody logs in with a password.",
            show_default=False,
        ),
    ] = None,
    port: Port = 8765,
    certificate: Annotated[
        Path | None,
        typer.Option(metavar="FILE.pem", help="The TLS certificate.", show_default=False),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option(metavar="FILE.pem", help="The TLS certificate's key.", show_default=False),
    ] = None,
    behind_proxy: Annotated[
        bool,
        typer.Option(
            "--behind-proxy",
            help="A proxy on this machine speaks TLS for us.",
            show_default=False,
        ),
    ] = False,
) -> None:
    """Start the page where coders verify, on this machine alone unless --host says otherwise."""
    from themes.errors import InputError

    if (certificate is None) != (key is None):
        raise InputError("--certificate and --key belong together; give both")
    for path in (certificate, key):
        if path is not None and not path.is_file():
            raise InputError(f"{path}: is not there; check the path")
    if host is not None and host not in _LOCAL and certificate is None and not behind_proxy:
        raise InputError(
            f"--host {host}: passwords would cross the network unprotected; give --certificate "
            "and --key, or put a proxy in front and say --behind-proxy"
        )
    start(
        study,
        coder,
        host,
        port,
        certificate,
        key,
        accounts=host is not None or behind_proxy or certificate is not None,
    )


_LOCAL = ("127.0.0.1", "localhost", "::1")


def start(
    study: Path,
    coder: str | None,
    host: str | None = None,
    port: int = 8765,
    certificate: Path | None = None,
    key: Path | None = None,
    *,
    accounts: bool = False,
    to: str = "",
) -> None:
    """Open a study and serve it; `to` is the page to begin with."""
    from themes.cli._study import open_study
    from themes.database import team
    from themes.errors import StudyError
    from themes.review.room import Room
    from themes.review.serve import serve

    with open_study(study) as opened:
        with opened.database.read() as connection:
            coders = team.coders(connection)
            with_password = [c for c in coders if team.password_hash(connection, c.id)]
        if accounts and not with_password:
            raise StudyError(
                study, "nobody has a password", f"set one: themes coder password {study} NAME"
            )
        room = Room(
            study,
            opened.config,
            opened.database,
            accounts=accounts,
            names=() if accounts else ("127.0.0.1", "localhost"),
        )
        scheme = "https" if certificate else "http"
        address = f"{scheme}://{host or '127.0.0.1'}:{port}"
        if accounts:
            print(f"{address}: {len(with_password)} of {len(coders)} coders can log in")
        else:
            wanted = _only(study, coders, coder, to)
            ticket = room.sessions.ticket(wanted.id)
            print(f"{address}/enter?ticket={ticket}" + (f"&to={to}" if to else ""))
            print(f"open this address as {wanted.name}; it works once. Stop with Ctrl+C.")
        sys.stdout.flush()
        serve(room, host or "127.0.0.1", port, certificate, key)


def _only(study, coders, name, to):
    from themes.errors import StudyError

    able = [c for c in coders if c.may_adjudicate] if to else list(coders)
    if name is not None:
        able = [c for c in able if c.name.casefold() == name.casefold()]
    what = "adjudicator" if to else "coder"
    if not able:
        raise StudyError(
            study,
            f"has no {what}" + (f" {name}" if name else ""),
            f"add one: themes coder add {study} NAME" + (" --role adjudicator" if to else ""),
        )
    if len(able) > 1:
        names = ", ".join(c.name for c in able)
        raise StudyError(study, f"has several {what}s ({names})", "say which: --coder NAME")
    return able[0]
