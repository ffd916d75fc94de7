"""Starting the server, with as little said as possible."""

from __future__ import annotations

import logging
from pathlib import Path

import uvicorn

from themes.review.app import create_app
from themes.review.room import Room


def serve(
    room: Room,
    host: str,
    port: int,
    certificate: Path | None = None,
    key: Path | None = None,
) -> None:
    """Serve one study until it is told to stop.

    Addresses and bodies are never logged: only where an unexpected error came from.
    """
    logging.basicConfig(level=logging.ERROR, format="themes review: %(message)s")
    uvicorn.run(
        create_app(room),
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        log_level="critical",
        server_header=False,
        ssl_certfile=certificate,
        ssl_keyfile=key,
        timeout_graceful_shutdown=5,
    )
