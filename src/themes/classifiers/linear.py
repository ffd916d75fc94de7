"""Trained heads: logistic regressions on the vectors of an encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import ClassVar

import numpy as np
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from themes.classifiers._pooling import accumulated, highest, sigmoid
from themes.classifiers.definition import Definition

# How strongly the weights of a head are held near zero: scikit-learn's default.
_C = 1.0


@dataclass(frozen=True, slots=True, repr=False)
class Heads:
    """Weights float64 (n_codes, dim) and biases float64 (n_codes,), on segments and on pieces."""

    whole_weights: np.ndarray
    whole_bias: np.ndarray
    part_weights: np.ndarray
    part_bias: np.ndarray


@dataclass(frozen=True, slots=True, repr=False)
class Linear:
    """Three weak witnesses a code, weighed together into one calibrated probability.

    A head on the whole segment, the smooth highest of a head on its pieces (trained on the words
    that coders marked), and the highest cosine of a piece to the codebook's definition and
    examples (`anchors`, with the column of each in `anchor_columns`). `mix` float64 (n_codes, 4)
    holds their weights and a constant, fitted on interviews that the heads had not seen, which is
    what makes the result a probability. A code without examples still has the third witness.
    """

    N_WITNESSES: ClassVar[int] = 3

    code_ids: tuple[str, ...]
    whole_weights: np.ndarray
    whole_bias: np.ndarray
    part_weights: np.ndarray
    part_bias: np.ndarray
    anchors: np.ndarray
    anchor_columns: np.ndarray
    mix: np.ndarray

    @classmethod
    def of(cls, definition: Definition, heads: Heads) -> Linear:
        """Heads beside a codebook's definitions, all witnesses weighing the same so far."""
        n_codes = len(definition.code_ids)
        mix = np.tile([1.0, 1.0, 1.0, 0.0], (n_codes, 1))
        values = (getattr(heads, f.name) for f in fields(heads))
        return cls(definition.code_ids, *values, definition.anchors, definition.anchor_columns, mix)

    def with_mix(self, mix: np.ndarray) -> Linear:
        """The same witnesses, weighed by `mix`."""
        return replace(self, mix=mix)

    def score(self, whole: np.ndarray, parts: np.ndarray, owner: np.ndarray) -> np.ndarray:
        """float64 (n_segments, n_codes), probabilities."""
        if not len(whole):
            return np.zeros((0, len(self.code_ids)))
        return weigh(self.witnesses(whole, parts, owner), self.mix)

    def locate(self, parts: np.ndarray) -> np.ndarray:
        """float64 (n_parts, n_codes): what the piece itself adds to the margin of each code."""
        return self._head(parts) * self.mix[:, 1] + self._similarity(parts) * self.mix[:, 2]

    def witnesses(self, whole: np.ndarray, parts: np.ndarray, owner: np.ndarray) -> np.ndarray:
        """float64 (n_segments, n_codes, 3): margins of both heads, and the cosine."""
        n = len(whole)
        return np.stack(
            [
                whole.astype(np.float64) @ self.whole_weights.T + self.whole_bias,
                accumulated(self._head(parts), owner, n),
                highest(self._similarity(parts), owner, n),
            ],
            axis=2,
        )

    def to_bytes(self) -> bytes:
        """The arrays as safetensors."""
        return save_tensors({f.name: getattr(self, f.name) for f in fields(self)[1:]})

    @classmethod
    def from_bytes(cls, data: bytes, code_ids: Sequence[str]) -> Linear:
        """The inverse of `to_bytes`."""
        tensors = load_tensors(data)
        return cls(tuple(code_ids), *(tensors[f.name] for f in fields(cls)[1:]))

    def _head(self, parts: np.ndarray) -> np.ndarray:
        return parts.astype(np.float64) @ self.part_weights.T + self.part_bias

    def _similarity(self, parts: np.ndarray) -> np.ndarray:
        cosine = parts.astype(np.float64) @ self.anchors.T.astype(np.float64)
        columns = range(len(self.code_ids))
        return np.stack([cosine[:, self.anchor_columns == c].max(1) for c in columns], axis=1)


def weigh(witnesses: np.ndarray, mix: np.ndarray) -> np.ndarray:
    """Probabilities (n, n_codes) of witnesses (n, n_codes, 3)."""
    return sigmoid((witnesses * mix[:, :3]).sum(2) + mix[:, 3])


def fit_heads(
    whole: np.ndarray,
    labels: np.ndarray,
    weights: np.ndarray,
    parts: np.ndarray,
    marked: np.ndarray,
    part_weights: np.ndarray,
) -> Heads:
    """Heads for vectors as they are.

    `whole` float32 (n, dim), `labels` int8 (n, n_codes) in {0, 1, -1 = unseen}, `weights` float64
    (n,); `parts`, `marked` and `part_weights` the same for pieces, 1 where a coder marked words.
    """
    return Heads(*_regressions(whole, labels, weights), *_regressions(parts, marked, part_weights))


def fit_mix(witnesses: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Weights of the witnesses, the same for all codes, and a constant for each code.

    Rows without witnesses (NaN) and labels of -1 are passed over.
    """
    from sklearn.linear_model import LogisticRegression

    n, n_codes, n_witnesses = witnesses.shape
    kept = np.isfinite(witnesses[:, :, 0]) & (labels >= 0)
    # Few codes are frequent enough for weights of their own; the constants carry how rare one is.
    rows = np.concatenate([witnesses, np.broadcast_to(np.eye(n_codes), (n, n_codes, n_codes))], 2)
    mix = np.empty((n_codes, n_witnesses + 1))
    if len(np.unique(labels[kept])) < 2:
        # Nothing to tell apart: the share that was given, whatever a segment says.
        share = np.clip(labels[kept].mean() if kept.any() else 0.0, 1e-3, 1 - 1e-3)
        mix[:] = [0.0] * n_witnesses + [np.log(share / (1 - share))]
        return mix
    line = LogisticRegression(C=1.0, max_iter=5000)
    line.fit(rows[kept], labels[kept])
    mix[:, :n_witnesses] = line.coef_[0, :n_witnesses]
    mix[:, n_witnesses] = line.coef_[0, n_witnesses:] + line.intercept_[0]
    return mix


def _regressions(
    vectors: np.ndarray, labels: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """One balanced logistic regression a column of `labels`; zeros where one class is missing."""
    from sklearn.linear_model import LogisticRegression  # scoring does not need it

    coefficients = np.zeros((labels.shape[1], vectors.shape[1]))
    biases = np.zeros(labels.shape[1])
    for column in range(labels.shape[1]):
        seen = labels[:, column] >= 0
        present = labels[seen, column]
        if len(set(present.tolist())) == 2:
            head = LogisticRegression(
                C=_C, class_weight="balanced", solver="newton-cholesky", max_iter=200
            )
            head.fit(vectors[seen].astype(np.float64), present, sample_weight=weights[seen])
            coefficients[column], biases[column] = head.coef_[0], head.intercept_[0]
    return coefficients, biases
