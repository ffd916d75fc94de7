"""What a table of suggestions leaves behind, said the same way by every member that writes one."""

from __future__ import annotations

from themes.records import Study


def of_suggestions(study: Study) -> tuple[str, ...]:
    """One sentence for each thing of `study` that a table of its suggestions does not hold."""
    with_any = {suggestion.segment_id for suggestion in study.suggestions}
    spoken_in = {s.transcript_id for s in study.segments if s.id in with_any}
    silent = len(study.transcripts) - len(spoken_in)
    lost = ["The codebook's names and definitions are not in this file; codes stand by their ids."]
    if silent:
        lost.append(
            f"{silent} of {len(study.transcripts)} transcripts have no suggestion and are not in it."
        )
    if any(transcript.attributes for transcript in study.transcripts):
        lost.append("What is known of the participants is not in it; the segments table has it.")
    return tuple(lost)
