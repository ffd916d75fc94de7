"""The codings of a study as the table that the audit reads."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from themes.errors import StudyError

if TYPE_CHECKING:
    import pandas as pd

    from themes.records import Codebook
    from themes.snapshot import Snapshot


def study_codings(
    study: Path,
) -> tuple[pd.DataFrame, Codebook, tuple[str, ...], Mapping[str, Mapping[str, str]]]:
    """A row a given code, the codebook, the models among the coders, participants' attributes.

    Of a blind turn the answer before the suggestions were seen; of any other the answer that
    stands, marked as shown. What was accepted in bulk is left out. The model that suggested last
    is a coder of its own. Raises StudyError where nobody has locked an answer.
    """
    import pandas as pd

    from themes.cli._study import open_study
    from themes.snapshot import read_snapshot

    with open_study(study) as opened, opened.database.read() as connection:
        snapshot = read_snapshot(connection)
    rows = _people(snapshot)
    if not rows:
        raise StudyError(
            study, "holds no locked answer", f"let coders code first: themes review {study}"
        )
    models = _model(snapshot, rows)
    transcripts = snapshot.materials.transcripts
    attributes = {t.id: t.attributes for t in transcripts.values() if t.attributes}
    return pd.DataFrame(rows), snapshot.materials.book, models, attributes


def _people(snapshot: Snapshot) -> list[dict[str, Any]]:
    chosen: dict[tuple[str, int, int], list[Any]] = {}
    blind = snapshot.codings(independent=True)
    for coding in blind:
        chosen.setdefault((coding.segment_id, coding.coder_id, coding.round), []).append(coding)
    own = set(chosen)
    for coding in snapshot.codings():
        place = (coding.segment_id, coding.coder_id, coding.round)
        if place not in own and not coding.bulk:
            chosen.setdefault(place, []).append(coding)
    rows: list[dict[str, Any]] = []
    for (segment_id, coder_id, round_), codings in chosen.items():
        given = [c for c in codings if c.present]
        segment = snapshot.materials.by_id[segment_id]
        for coding in given or codings[:1]:
            span = coding.span if coding.present else None
            rows.append(
                {
                    "segment": segment_id,
                    "transcript": segment.transcript_id,
                    "coder": snapshot.name_of(coder_id),
                    "code": coding.code_id if coding.present else "",
                    "shown": "yes" if coding.shown else "no",
                    "time": coding.at,
                    "version": coding.codebook_version,
                    "round": str(round_ + 1),
                    "start": str(span.start) if span else "",
                    "end": str(span.end) if span else "",
                    "text": segment.text,
                }
            )
    return rows


def _model(snapshot: Snapshot, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """Add what the last model suggested for the segments that people coded."""
    if snapshot.materials.run is None:
        return ()
    name = f"model {snapshot.materials.run.model}"
    for segment_id in dict.fromkeys(row["segment"] for row in rows):
        segment = snapshot.materials.by_id[segment_id]
        given = [s.code_id for s in snapshot.materials.firm.get(segment_id, ())]
        rows += [
            {
                "segment": segment_id,
                "transcript": segment.transcript_id,
                "coder": name,
                "code": code_id,
                "shown": "no",
                "time": "",
                "version": snapshot.materials.book.version,
                "round": "1",
                "start": "",
                "end": "",
                "text": segment.text,
            }
            for code_id in given or [""]
        ]
    return (name,)
