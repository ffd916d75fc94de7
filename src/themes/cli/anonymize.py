"""`themes anonymize`: the first stage on its own."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from themes.cli import _options as options
from themes.cli._progress import progress


class SecondOpinion(StrEnum):
    deduce = "deduce"


def anonymize(
    inputs: options.Inputs,
    out: options.OutFolder,
    language: options.LanguageOption = options.Language.auto,
    interviewer: options.InterviewerOption = None,
    attributes: options.AttributesOption = None,
    key: options.KeyOption = None,
    people: options.PeopleOption = None,
    profile: options.ProfileOption = options.Profile.numbered,
    review: Annotated[
        bool,
        typer.Option(
            "--review",
            help="Decide here, item by item, what is replaced and what stays; needs --key.",
            show_default=False,
        ),
    ] = False,
    by: Annotated[
        str,
        typer.Option(
            "--by", metavar="INITIALS", help="Who decides, for the log.", show_default=False
        ),
    ] = "",
    second_opinion: Annotated[
        SecondOpinion | None,
        typer.Option(
            "--second-opinion",
            metavar="deduce",
            help="Another program to ask as well, if it is installed: deduce, for Dutch.",
            show_default=False,
        ),
    ] = None,
    allow_leaks: options.AllowLeaksOption = None,
    overwrite: options.OverwriteOption = False,
) -> None:
    """Pseudonymize transcripts: the texts, what was replaced, and with a key the proof of it."""
    from themes import pipeline
    from themes.atomic import new_folder
    from themes.cli._keys import key_for
    from themes.cli._proof import prove, remember
    from themes.cli._review_names import review as review_names
    from themes.cli._review_names import terminal
    from themes.cli._save import save_anonymized, tell
    from themes.errors import ConfigError
    from themes.stages.anonymize import NO_KEY

    if review and key is None:
        raise ConfigError(
            "themes anonymize", "--review", "has nowhere to keep decisions", "add --key FILE"
        )
    file = None if key is None else key_for(key, out)
    settings = pipeline.Settings(
        language=language.value,
        interviewer=interviewer,
        attributes=attributes,
        profile=profile.value,
        people=people,
        second_opinion=second_opinion.value if second_opinion else "",
    )
    with new_folder(out, overwrite=overwrite) as folder, progress() as bar:
        searched = pipeline.search(inputs, settings, bar.step, file.key if file else NO_KEY)
        if file is not None:
            bar.stop()
            file.save(searched.known)
            if review and not review_names(searched, file, by, *terminal()):
                print(f"Stopped; your decisions are in {file.path.name}. Nothing else was written.")
                raise typer.Exit
        result = pipeline.pseudonymize(searched, file.key if file else NO_KEY)
        save_anonymized(result, folder)
        if file is not None:
            prove(result, folder, out, allow_leaks)
            remember(result, file)
    tell(result, out)
