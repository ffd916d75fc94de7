"""The arguments of the commands that learn from a table of coded text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Table = Annotated[
    Path,
    typer.Argument(
        metavar="TABLE.csv", help="Coded text, one row a segment and coder.", show_default=False
    ),
]
Text = Annotated[str, typer.Option("--text", metavar="COLUMN", help="What was said.")]
Codes = Annotated[
    str, typer.Option("--codes", metavar="COLUMN", help="Its codes, apart by a semicolon.")
]
Group = Annotated[
    str,
    typer.Option("--group", metavar="COLUMN", help="The transcript it is from."),
]
Context = Annotated[
    str | None,
    typer.Option(
        "--context", metavar="COLUMN", help="What was said just before.", show_default=False
    ),
]
Coder = Annotated[
    str | None,
    typer.Option("--coder", metavar="COLUMN", help="Who gave the codes.", show_default=False),
]
CodebookFile = Annotated[
    str | None,
    typer.Option(
        "--codebook",
        metavar="NAME|FILE",
        help="Where the codes are defined; without it they are those of the table.",
        show_default=False,
    ),
]
Frozen = Annotated[
    bool,
    typer.Option(
        "--frozen", help="Leave the encoder as it is: minutes instead of an hour, and weaker."
    ),
]
