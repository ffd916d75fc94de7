"""`themes suggest`: let the study's model propose codes."""

from __future__ import annotations

import sys

from themes.cli._progress import progress
from themes.cli._study import StudyFolder


def suggest(study: StudyFolder) -> None:
    """Suggest codes for every answer in the study; what coders decided stays as it is."""
    from themes import pipeline
    from themes.cli._study import open_study
    from themes.database import corpus, team, vectors
    from themes.database.connect import now
    from themes.errors import StudyError
    from themes.stages.open_model import open_model
    from themes.vectors import Vectors

    with open_study(study) as opened:
        with opened.database.read() as connection:
            transcripts = corpus.transcripts(connection)
            segments = corpus.segments(connection, transcripts)
            book = corpus.codebook_versions(connection)[-1].book
        if not segments:
            raise StudyError(study, "has no transcripts", f"add some: themes add {study} FILES")
        model = open_model(opened.config.model, book)
        known = Vectors(study / "vectors", model.encoder.identity)
        with progress() as bar:
            classified, embedded, warnings = pipeline.classify(
                transcripts, segments, model, opened.config.unit, bar.step, known=known
            )
        vectors.save(study, [s.id for s in classified.segments], embedded.whole)
        with opened.database.write() as connection:
            corpus.add_run(
                connection,
                model=model.name,
                identity=model.identity,
                codebook_version=book.version,
                score_meaning=model.score_meaning,
                suggestions=classified.suggestions,
                at=now(),
            )
            team.add_event(
                connection,
                "suggest",
                {"model": model.identity, "suggestions": len(classified.suggestions)},
                now(),
            )
        for warning in (*warnings, *model.notes):
            print(f"note: {warning}", file=sys.stderr)
        n_asked = sum(s.outcome == "ask" for s in classified.suggestions)
        print(
            f"{len(classified.segments)} answers: {len(classified.suggestions) - n_asked} suggestions, "
            f"{n_asked} asked about"
        )
