"""From spans within a turn to segments."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from themes.records import Segment, Span, Transcript


def cut(transcript: Transcript, pieces: Callable[[str], Iterable[Span]]) -> tuple[Segment, ...]:
    """Cut every turn's speech into `pieces`; each segment's context is the turn before."""
    segments: list[Segment] = []
    before = ""
    for number, turn in enumerate(transcript.turns, 1):
        speech = transcript.speech(turn)
        for piece in pieces(speech):
            segments.append(
                Segment(
                    transcript.id,
                    number,
                    piece.shift(turn.span.start),
                    turn.speaker,
                    turn.role,
                    piece.of(speech),
                    before,
                )
            )
        before = speech
    return tuple(segments)
