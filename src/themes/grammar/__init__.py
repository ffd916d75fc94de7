"""One grammar for all readers: decoding, speaker labels, timestamps, roles, and the canonical text.

A reader turns its format into paragraphs or utterances; everything after that happens here, so
that a label or a timestamp means the same in every format.
"""

from themes.grammar.compose import compose
from themes.grammar.utterance import Utterance

__all__ = ["Utterance", "compose"]
