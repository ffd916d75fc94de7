"""One segment a sentence."""

from __future__ import annotations

from themes.grammar.sentences import sentences
from themes.records import Segment, Transcript
from themes.segmenters._cut import cut


class Sentence:
    """Every sentence of every turn; for codebooks about short remarks."""

    def segment(self, transcript: Transcript) -> tuple[Segment, ...]:
        """Sentences in reading order; white space between them belongs to none."""
        return cut(transcript, sentences)
