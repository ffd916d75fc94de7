"""`themes init`: an empty study."""

from __future__ import annotations

from typing import Annotated

import typer

from themes.cli import _options as options
from themes.cli._study import StudyFolder


def init(
    study: StudyFolder,
    codebook: options.CodebookOption = "help-seeking",
    unit: options.UnitOption = options.Unit.turn,
    language: options.LanguageOption = options.Language.auto,
    model: options.ModelOption = "help-seeking",
    interviewer: options.InterviewerOption = None,
    database: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="A postgresql:// address for a team on several machines; else a file.",
            show_default=False,
        ),
    ] = "",
) -> None:
    """Make a study: a folder with its settings, its codebook, and a place for what coders do."""
    from themes import codebooks, config
    from themes.atomic import write_file
    from themes.database import corpus, team
    from themes.database.connect import create, now
    from themes.errors import StudyError

    book = codebooks.load(codebook)
    if study.exists() and (not study.is_dir() or any(study.iterdir())):
        raise StudyError(study, "is there already", "choose another name")
    settings = config.Config(
        study.absolute().name, unit.value, language.value, model, interviewer or "", 1, database
    )
    study.mkdir(parents=True, exist_ok=True)
    opened = create(config.database_place(settings, study))
    with opened.write() as connection:
        corpus.add_codebook(connection, book, codebooks.fingerprint(book), {}, now())
        team.add_event(connection, "init", {"codebook": f"{book.id} {book.version}"}, now())
    opened.close()
    write_file(study / config.CODEBOOK_FILE, codebooks.find(codebook).read_bytes())
    # Last: a folder without it is no study, so a failure above leaves nothing that looks like one.
    write_file(study / config.FILE, config.text(settings).encode())
    print(f"{study}: a study with codebook {book.id} {book.version}")
    print(f"next: themes add {study} TRANSCRIPTS, then themes suggest {study}")
