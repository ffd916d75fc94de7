"""The command line: parse, load, call, save, print. One file a command.

Heavy libraries are imported in the bodies of commands only, so that `themes --help` is quick.
Exit codes: 0 done, 1 an error in one line on stderr, 2 wrong usage.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import traceback

import typer

from themes.cli import (
    add,
    adjudicate,
    anonymize,
    assign,
    audit,
    backup,
    check_leaks,
    classify,
    codebook,
    coder,
    discover,
    doctor,
    evaluate,
    export,
    formats,
    init,
    reidentify,
    review,
    run,
    small_cells,
    status,
    suggest,
    train,
)
from themes.errors import ThemesError

app = typer.Typer(
    name="themes",
    help="Pseudonymize interview transcripts, suggest codes, and let human coders decide. "
    "Nothing leaves this machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(run.run)
app.command()(anonymize.anonymize)
app.command()(classify.classify)
app.command()(discover.discover)
app.command()(train.train)
app.command()(audit.audit)
app.add_typer(codebook.app, name="codebook")
app.add_typer(evaluate.app, name="evaluate")
app.command()(reidentify.reidentify)
app.command()(reidentify.forget)
app.command("check-leaks")(check_leaks.check_leaks)
app.command("small-cells")(small_cells.small_cells)
app.command()(init.init)
app.command()(add.add)
app.command()(suggest.suggest)
app.add_typer(coder.app, name="coder")
app.command()(assign.assign)
app.command()(review.review)
app.command()(adjudicate.adjudicate)
app.command()(status.status)
app.command()(export.export)
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(formats.formats)
app.command()(doctor.doctor)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    # A terminal or pipe that cannot show a letter is no reason to fail after the work is done.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    # As an interrupt from the keyboard, so that nothing half-written is left behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app()
    except ThemesError as error:
        _fail(str(error))
    except MemoryError:
        _fail("out of memory; give fewer transcripts at once")
    except Exception as error:
        if os.environ.get("THEMES_DEBUG"):
            raise
        # The message of a stranger's exception may quote a transcript; its place never does.
        place = traceback.extract_tb(error.__traceback__)[-1]
        module = os.path.basename(place.filename)
        _fail(
            f"unexpected {type(error).__name__} at {module}:{place.lineno}; "
            "please report it (THEMES_DEBUG=1 shows where it came from)"
        )


def _fail(message: str) -> None:
    print("themes: " + " ".join(message.split("\n")), file=sys.stderr)
    raise SystemExit(1)
