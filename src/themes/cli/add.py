"""`themes add`: transcripts into a study, pseudonymized on the way."""

from __future__ import annotations

import sys

from themes.cli import _options as options
from themes.cli._progress import progress
from themes.cli._study import StudyFolder


def add(
    study: StudyFolder,
    inputs: options.Inputs,
    attributes: options.AttributesOption = None,
    key: options.KeyOption = None,
    people: options.PeopleOption = None,
    already_anonymized: options.AlreadyAnonymizedOption = False,
) -> None:
    """Read transcripts, pseudonymize them, cut them into segments. Adding twice changes nothing.

    With a key, people keep their pseudonyms over all that is ever added, and the outputs of
    `themes anonymize --key` say the same.
    """
    from themes import pipeline
    from themes.cli._keys import key_for
    from themes.cli._proof import remember
    from themes.cli._save import tell
    from themes.cli._study import open_study
    from themes.database import corpus, team
    from themes.database.connect import now
    from themes.stages.anonymize import NO_KEY

    with open_study(study) as opened:
        config = opened.config
        settings = pipeline.Settings(
            language=config.language,
            unit=config.unit,
            interviewer=config.interviewer or None,
            attributes=attributes,
            already_anonymized=already_anonymized,
            people=people,
        )
        file = None if key is None else key_for(key, study)
        with opened.database.read() as connection:
            present = corpus.transcripts(connection)
        with progress() as bar:
            searched = pipeline.search(
                inputs, settings, bar.step, file.key if file else NO_KEY, present
            )
            if file is not None:
                bar.stop()
                file.save(searched.known)
            done = pipeline.pseudonymize(searched, file.key if file else NO_KEY)
        segments = pipeline.segment(done.transcripts, config.unit)
        with opened.database.write() as connection:
            corpus.add_transcripts(connection, done.transcripts, segments, now())
            team.add_event(
                connection, "add", {"transcripts": [t.id for t in done.transcripts]}, now()
            )
        if file is not None:
            remember(done, file)
        elif present and done.transcripts and not already_anonymized:
            print(
                f"note: {len(present)} transcripts were here before; people who are in both have "
                "another number in the new ones. Add all at once, or with --key, where that matters",
                file=sys.stderr,
            )
        tell(done, study)
