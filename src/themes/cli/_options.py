"""The arguments that several commands share, so that they mean and read the same."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Language(StrEnum):
    auto = "auto"
    en = "en"
    nl = "nl"


class Unit(StrEnum):
    turn = "turn"
    sentence = "sentence"
    window = "window"


class Profile(StrEnum):
    numbered = "numbered"
    roles = "roles"
    natural = "natural"
    strict = "strict"


Inputs = Annotated[
    list[Path],
    typer.Argument(
        metavar="INPUT...", help="Transcripts, and folders of them.", show_default=False
    ),
]
OutFolder = Annotated[
    Path,
    typer.Option("--out", metavar="DIR", help="The folder to make.", show_default=False),
]
CodebookOption = Annotated[
    str,
    typer.Option("--codebook", metavar="NAME|FILE", help="A shipped codebook or a TOML file."),
]
LanguageOption = Annotated[
    Language,
    typer.Option("--language", help="What is spoken; auto tells each transcript by its words."),
]
UnitOption = Annotated[Unit, typer.Option("--unit", help="What gets codes.")]
ModelOption = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="NAME|DIR",
        help="A shipped model, a model folder, or any sentence-transformers model.",
    ),
]
InterviewerOption = Annotated[
    str | None,
    typer.Option(
        "--interviewer",
        metavar="LABEL",
        help="The interviewer's label in the transcripts, where the guess is wrong.",
        show_default=False,
    ),
]
OverwriteOption = Annotated[
    bool,
    typer.Option("--overwrite", help="Replace what an earlier run wrote.", show_default=False),
]
KeyOption = Annotated[
    Path | None,
    typer.Option(
        "--key",
        metavar="FILE",
        help="The encrypted key, in a folder of its own; made if it is not there.",
        show_default=False,
    ),
]
KeyOf = Annotated[
    Path,
    typer.Option("--key", metavar="FILE", help="The key of the study.", show_default=False),
]
PeopleOption = Annotated[
    Path | None,
    typer.Option(
        "--people",
        metavar="FILE.csv",
        help="The people and places you know: name, nicknames, role, kind.",
        show_default=False,
    ),
]
ProfileOption = Annotated[
    Profile, typer.Option("--profile", help="What stands in place of names, dates and ages.")
]
AllowLeaksOption = Annotated[
    str | None,
    typer.Option(
        "--allow-leaks",
        metavar="REASON",
        help="Write although something that the key knows still stands; the reason is logged.",
        show_default=False,
    ),
]
AttributesOption = Annotated[
    Path | None,
    typer.Option(
        "--attributes",
        metavar="FILE.csv",
        help="Participant attributes: first column transcript, one row each.",
        show_default=False,
    ),
]
AlreadyAnonymizedOption = Annotated[
    bool,
    typer.Option(
        "--already-anonymized",
        help="The texts are pseudonymized already: replace nothing.",
        show_default=False,
    ),
]
