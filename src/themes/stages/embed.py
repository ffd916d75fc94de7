"""Segments and their sentences as vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from themes.grammar.sentences import sentences
from themes.records import Segment, Span

_BATCH = 256

Step = Callable[[int, int], None]


class Encoder(Protocol):
    """A member of the encoders family."""

    name: str
    dim: int
    identity: str
    languages: tuple[str, ...]

    def encode(self, texts: Sequence[str]) -> np.ndarray: ...


@dataclass(frozen=True, slots=True, repr=False)
class Embedded:
    """Vectors of segments and of their sentences.

    `whole` is float32 (n_segments, dim) and `parts` float32 (n_parts, dim), unit rows; `owner`
    int64 (n_parts,) is the segment row of each sentence, ascending; `spans` are the sentences'
    places in the *transcripts'* texts. Every segment has at least one sentence.
    """

    whole: np.ndarray
    parts: np.ndarray
    owner: np.ndarray
    spans: tuple[Span, ...]


def embed(segments: Sequence[Segment], encoder: Encoder, step: Step | None = None) -> Embedded:
    """Encode every distinct text once; rows in segment order.

    `step(done, total)` is called after each batch of texts.
    """
    owner: list[int] = []
    spans: list[Span] = []
    wanted: list[str] = []
    for row, segment in enumerate(segments):
        # A segment of white space or marks alone still is its own single sentence.
        for span in sentences(segment.text) or (Span(0, len(segment.text)),):
            owner.append(row)
            spans.append(span.shift(segment.span.start))
            wanted.append(span.of(segment.text))
    wholes = [segment.text for segment in segments]
    row_of = {text: row for row, text in enumerate(dict.fromkeys((*wholes, *wanted)))}
    # Sorted by length, so that a batch of one length needs no padding, whatever the order was.
    texts = sorted(row_of, key=lambda text: (len(text), text))
    vectors = np.zeros((len(texts), encoder.dim), np.float32)
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        vectors[[row_of[text] for text in batch]] = encoder.encode(batch)
        if step:
            step(start + len(batch), len(texts))
    return Embedded(
        vectors[[row_of[text] for text in wholes]],
        vectors[[row_of[text] for text in wanted]],
        np.asarray(owner, np.int64),
        tuple(spans),
    )
