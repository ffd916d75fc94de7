"""Cold start: how much a segment sounds like a code's definition and examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from themes.classifiers._pooling import highest, sigmoid
from themes.records import Codebook

# One line for all codes and codebooks, from similarity to probability. The model card of the
# default model has the line that fits the training interviews best; a rough guide for others.
_SLOPE, _MIDDLE = 8.1, 0.71


class Definition:
    """Similarity to what the codebook says, without any training.

    A code's score rises with the highest cosine between one of the segment's sentences (or the
    whole segment) and the code's definition or one of its examples. Works for any codebook at
    once, and weakly: the page on what the figures mean says how weakly.
    """

    # Ask from, suggest from; the same for every code, since nothing is known of any.
    THRESHOLDS = (0.15, 0.4)

    def __init__(self, codebook: Codebook, encode: Callable[[Sequence[str]], np.ndarray]) -> None:
        self.code_ids = tuple(code.id for code in codebook.codable)
        texts: list[str] = []
        column: list[int] = []
        for number, code in enumerate(codebook.codable):
            described = " ".join(filter(None, (code.name, code.definition, code.include)))
            for text in (described, *code.examples):
                texts.append(text)
                column.append(number)
        self.anchors = encode(texts)
        self.anchor_columns = np.asarray(column)

    def score(self, whole: np.ndarray, parts: np.ndarray, owner: np.ndarray) -> np.ndarray:
        """float64 (n_segments, n_codes), rough probabilities."""
        if not len(whole):
            return np.zeros((0, len(self.code_ids)))
        similarity = np.maximum(self.locate(whole), highest(self.locate(parts), owner, len(whole)))
        return sigmoid(_SLOPE * (similarity - _MIDDLE))

    def locate(self, parts: np.ndarray) -> np.ndarray:
        """float64 (n_parts, n_codes): cosine to the nearest definition or example of each code."""
        cosine = (parts @ self.anchors.T).astype(np.float64)
        return np.stack(
            [
                cosine[:, self.anchor_columns == number].max(axis=1)
                for number in range(len(self.code_ids))
            ],
            axis=1,
        )
