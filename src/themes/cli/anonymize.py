"""`themes anonymize`: the first stage on its own."""

from __future__ import annotations

from themes.cli import _options as options
from themes.cli._progress import progress


def anonymize(
    inputs: options.Inputs,
    out: options.OutFolder,
    language: options.LanguageOption = options.Language.auto,
    interviewer: options.InterviewerOption = None,
    overwrite: options.OverwriteOption = False,
) -> None:
    """Pseudonymize transcripts: the texts, and a table of what was replaced."""
    from themes import pipeline
    from themes.atomic import new_folder
    from themes.cli._save import save_anonymized, tell

    settings = pipeline.Settings(language=language.value, interviewer=interviewer)
    with new_folder(out, overwrite=overwrite) as folder, progress() as bar:
        result = pipeline.anonymize(inputs, settings, bar.step)
        save_anonymized(result, folder)
    tell(result, out)
