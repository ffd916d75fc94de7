"""Segments and their sentences as vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from themes.grammar.sentences import pieces
from themes.records import Segment, Span, Transcript
from themes.vectors import Vectors, key

_BATCH = 256

Step = Callable[[int, int], None]


class Encoder(Protocol):
    """A member of the encoders family."""

    name: str
    dim: int
    identity: str
    languages: tuple[str, ...]

    def encode(self, texts: Sequence[str]) -> np.ndarray: ...

    def read(
        self, contexts: Sequence[str], texts: Sequence[str], pieces: Sequence[Sequence[Span]]
    ) -> tuple[np.ndarray, np.ndarray]: ...


@dataclass(frozen=True, slots=True, repr=False)
class Embedded:
    """Vectors of segments and of their pieces.

    `whole` is float32 (n_segments, dim) and `parts` float32 (n_parts, dim), unit rows; `owner`
    int64 (n_parts,) is the segment row of each piece (a sentence, or a part of a long one),
    ascending; `spans` are the pieces' places in the *transcripts'* texts. Every segment has at
    least one.
    """

    whole: np.ndarray
    parts: np.ndarray
    owner: np.ndarray
    spans: tuple[Span, ...]


def contexts(segments: Sequence[Segment], transcripts: Sequence[Transcript]) -> list[str]:
    """What somebody else said last before each segment, "" where nobody did.

    In an interview that is the question. Segments of one turn have the same context.
    """
    before: dict[tuple[str, int], str] = {}
    for transcript in transcripts:
        last = {"": ""}
        for number, turn in enumerate(transcript.turns, 1):
            others = [speech for speaker, speech in last.items() if speaker != turn.speaker]
            before[transcript.id, number] = others[-1] if others else ""
            last.pop(turn.speaker, None)
            last[turn.speaker] = transcript.speech(turn)
    return [before.get((s.transcript_id, s.turn), "") for s in segments]


def embed(
    segments: Sequence[Segment],
    encoder: Encoder,
    questions: Sequence[str] | None = None,
    known: Vectors | None = None,
    step: Step | None = None,
) -> Embedded:
    """Vectors of all segments, rows in their order; equal texts are read once.

    With `questions`, one a segment, each is read once, after its question, and its pieces as parts
    of it, and what is in `known` is taken from there, the rest put there; without, segments and
    pieces are each encoded alone. `step(done, total)` is called after
    each batch of texts.
    """
    cut = [pieces(segment.text) for segment in segments]
    owner = np.repeat(np.arange(len(segments)), [len(spans) for spans in cut])
    spans = tuple(
        span.shift(segment.span.start)
        for segment, found in zip(segments, cut, strict=True)
        for span in found
    )
    texts = [segment.text for segment in segments]
    alone = [span.of(text) for text, found in zip(texts, cut, strict=True) for span in found]
    if questions is None:
        vectors = _alone([*texts, *alone], encoder, step)
        whole, parts = vectors[: len(texts)], vectors[len(texts) :]
    else:
        whole, parts = _in_context(questions, texts, cut, encoder, known, step)
    return Embedded(whole, parts, owner, spans)


def _alone(wanted: Sequence[str], encoder: Encoder, step: Step | None) -> np.ndarray:
    row_of = {text: row for row, text in enumerate(dict.fromkeys(wanted))}
    # Sorted by length, so that a batch of one length needs no padding, whatever the order was.
    texts = sorted(row_of, key=lambda text: (len(text), text))
    vectors = np.zeros((len(texts), encoder.dim), np.float32)
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        vectors[[row_of[text] for text in batch]] = encoder.encode(batch)
        if step:
            step(start + len(batch), len(texts))
    return vectors[[row_of[text] for text in wanted]]


def _in_context(
    questions: Sequence[str],
    texts: Sequence[str],
    cut: Sequence[Sequence[Span]],
    encoder: Encoder,
    known: Vectors | None,
    step: Step | None,
) -> tuple[np.ndarray, np.ndarray]:
    """Each distinct pair of question and text is read once, or taken from what is known."""
    keys = [key(question, text) for question, text in zip(questions, texts, strict=True)]
    row_of = {name: row for row, name in reversed(list(enumerate(keys)))}
    made = known.find(keys) if known else {}
    order = sorted(
        (row for name, row in row_of.items() if name not in made),
        key=lambda row: (len(texts[row]) + len(questions[row]), row),
    )
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        whole, parts = encoder.read(
            *([list_[row] for row in batch] for list_ in (questions, texts, cut))
        )
        ends = np.cumsum([len(cut[row]) for row in batch])[:-1]
        fresh = {
            keys[row]: np.vstack([whole[number : number + 1], own])
            for number, (row, own) in enumerate(zip(batch, np.split(parts, ends), strict=True))
        }
        if known:
            known.add(fresh)
        made |= fresh
        if step:
            step(start + len(batch), len(order))
    if not keys:
        empty = np.zeros((0, encoder.dim), np.float32)
        return empty, empty
    return np.stack([made[name][0] for name in keys]), np.vstack([made[n][1:] for n in keys])
