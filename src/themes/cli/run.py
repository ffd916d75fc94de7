"""`themes run`: from a folder of transcripts to suggestions, in one go."""

from __future__ import annotations

from themes.cli import _options as options
from themes.cli._progress import progress


def run(
    inputs: options.Inputs,
    out: options.OutFolder,
    codebook: options.CodebookOption = "help-seeking",
    language: options.LanguageOption = options.Language.auto,
    unit: options.UnitOption = options.Unit.turn,
    attributes: options.AttributesOption = None,
    already_anonymized: options.AlreadyAnonymizedOption = False,
    model: options.ModelOption = "help-seeking",
    interviewer: options.InterviewerOption = None,
    key: options.KeyOption = None,
    people: options.PeopleOption = None,
    profile: options.ProfileOption = options.Profile.numbered,
    allow_leaks: options.AllowLeaksOption = None,
    overwrite: options.OverwriteOption = False,
) -> None:
    """Pseudonymize transcripts, suggest codes, and write what coders and QDA programs open."""
    from themes import pipeline
    from themes.atomic import new_folder
    from themes.cli._keys import key_for
    from themes.cli._proof import prove, remember
    from themes.cli._save import save_run, tell
    from themes.stages.anonymize import NO_KEY

    file = None if key is None else key_for(key, out)
    settings = pipeline.Settings(
        codebook=codebook,
        language=language.value,
        unit=unit.value,
        model=model,
        interviewer=interviewer,
        attributes=attributes,
        already_anonymized=already_anonymized,
        profile=profile.value,
        people=people,
    )
    with new_folder(out, overwrite=overwrite) as folder, progress() as bar:
        result = pipeline.run(inputs, settings, bar.step, file.key if file else NO_KEY)
        save_run(result, folder)
        if file is not None:
            prove(result.anonymized, folder, out, allow_leaks)
            remember(result.anonymized, file)
    tell(result, out)
