"""One segment a turn."""

from __future__ import annotations

from themes.records import Segment, Span, Transcript
from themes.segmenters._cut import cut


class Turn:
    """The whole of what one speaker says before another speaks: the studies' own unit."""

    def segment(self, transcript: Transcript) -> tuple[Segment, ...]:
        """One segment a turn, in reading order.

        >>> from themes.records import Span, Transcript, Turn as SpokenTurn
        >>> t = Transcript("p1", "I: Hello?", (SpokenTurn(Span(3, 9), "I", "interviewer"),))
        >>> Turn().segment(t)
        (Segment('p1:3-9', turn 1, interviewer),)
        """
        return cut(transcript, lambda speech: (Span(0, len(speech)),))
