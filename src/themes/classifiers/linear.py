"""Trained heads: logistic regressions on a frozen encoder's vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from themes.classifiers._pooling import highest, sigmoid

# How strongly the weights of a head are held near zero: scikit-learn's default.
_C = 1.0


@dataclass(frozen=True, slots=True, repr=False)
class Examples:
    """Coded segments to learn from.

    `whole` float32 (n, dim), `parts` float32 (m, dim), `owner` int (m,) as everywhere;
    `labels` int8 (n, n_codes) in {0, 1, -1 = unseen}; `marked` int8 (m, n_codes), 1 where a
    sentence holds words that a coder marked for the code; `groups` (n,) the interview of each
    segment, "" for isolated segments, which are never held out and never calibrated on;
    `weights` float64 (n,).
    """

    whole: np.ndarray
    parts: np.ndarray
    owner: np.ndarray
    labels: np.ndarray
    marked: np.ndarray
    groups: np.ndarray
    weights: np.ndarray

    def select(self, keep: np.ndarray) -> Examples:
        """The segments where `keep` (n,) is True, with their sentences."""
        rows = np.flatnonzero(keep)
        new_row = np.full(len(keep), -1)
        new_row[rows] = np.arange(len(rows))
        parts = keep[self.owner]
        return Examples(
            self.whole[rows],
            self.parts[parts],
            new_row[self.owner[parts]],
            self.labels[rows],
            self.marked[parts],
            self.groups[rows],
            self.weights[rows],
        )


@dataclass(frozen=True, slots=True, repr=False)
class Linear:
    """Three weak witnesses a code, weighed together into one calibrated probability.

    A head on the whole segment, the highest of a head on its sentences (trained on the words that
    coders marked), and the highest cosine of a sentence to the codebook's definition and examples
    (`anchors`, with the column of each in `anchor_columns`). `mix` float64 (n_codes, 4) holds
    their weights and a constant, fitted on interviews that the heads had not seen, which is what
    makes the result a probability. A code without examples still has the third witness.
    """

    code_ids: tuple[str, ...]
    whole_weights: np.ndarray
    whole_bias: np.ndarray
    part_weights: np.ndarray
    part_bias: np.ndarray
    anchors: np.ndarray
    anchor_columns: np.ndarray
    mix: np.ndarray

    @classmethod
    def fit(
        cls,
        code_ids: Sequence[str],
        anchors: np.ndarray,
        anchor_columns: np.ndarray,
        examples: Examples,
    ) -> tuple[Linear, np.ndarray]:
        """Heads for `examples`, and what such heads say of interviews they had not seen.

        These scores are float64 (n, n_codes): neither the heads nor the mix behind a row had seen
        its interview. Rows of isolated segments are NaN. Deterministic.
        """
        n_codes = len(code_ids)
        witnesses = np.full((len(examples.whole), n_codes, 3), np.nan)
        for group in sorted(set(examples.groups) - {""}):
            held_out = examples.groups == group
            heads = _heads(examples.select(~held_out))
            tested = examples.select(held_out)
            blank = cls(tuple(code_ids), *heads, anchors, anchor_columns, np.zeros((n_codes, 4)))
            witnesses[held_out] = blank._witnesses(tested.whole, tested.parts, tested.owner)
        unseen = np.full((len(examples.whole), n_codes), np.nan)
        for group in sorted(set(examples.groups) - {""}):
            held_out = examples.groups == group
            mix = _mix(witnesses[~held_out], examples.labels[~held_out])
            unseen[held_out] = _weigh(witnesses[held_out], mix)
        mix = _mix(witnesses, examples.labels)
        return cls(tuple(code_ids), *_heads(examples), anchors, anchor_columns, mix), unseen

    def score(self, whole: np.ndarray, parts: np.ndarray, owner: np.ndarray) -> np.ndarray:
        """float64 (n_segments, n_codes), probabilities."""
        if not len(whole):
            return np.zeros((0, len(self.code_ids)))
        return _weigh(self._witnesses(whole, parts, owner), self.mix)

    def locate(self, parts: np.ndarray) -> np.ndarray:
        """float64 (n_parts, n_codes): what the sentence itself adds to the margin of each code."""
        return self._head(parts) * self.mix[:, 1] + self._similarity(parts) * self.mix[:, 2]

    def to_bytes(self) -> bytes:
        """The arrays as safetensors."""
        return save_tensors({f.name: getattr(self, f.name) for f in fields(self)[1:]})

    @classmethod
    def from_bytes(cls, data: bytes, code_ids: Sequence[str]) -> Linear:
        """The inverse of `to_bytes`."""
        tensors = load_tensors(data)
        return cls(tuple(code_ids), *(tensors[f.name] for f in fields(cls)[1:]))

    def _witnesses(self, whole: np.ndarray, parts: np.ndarray, owner: np.ndarray) -> np.ndarray:
        n = len(whole)
        return np.stack(
            [
                whole.astype(np.float64) @ self.whole_weights.T + self.whole_bias,
                highest(self._head(parts), owner, n),
                highest(self._similarity(parts), owner, n),
            ],
            axis=2,
        )

    def _head(self, parts: np.ndarray) -> np.ndarray:
        return parts.astype(np.float64) @ self.part_weights.T + self.part_bias

    def _similarity(self, parts: np.ndarray) -> np.ndarray:
        cosine = parts.astype(np.float64) @ self.anchors.T.astype(np.float64)
        columns = range(len(self.code_ids))
        return np.stack([cosine[:, self.anchor_columns == c].max(1) for c in columns], axis=1)


def _weigh(witnesses: np.ndarray, mix: np.ndarray) -> np.ndarray:
    """Probabilities (n, n_codes) of witnesses (n, n_codes, 3)."""
    return sigmoid((witnesses * mix[:, :3]).sum(2) + mix[:, 3])


def _heads(examples: Examples) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Weights and biases on whole segments, then on sentences."""
    whole = _regressions(examples.whole, examples.labels, examples.weights)
    seen = np.where(examples.labels[examples.owner] == -1, -1, examples.marked)
    parts = _regressions(examples.parts, seen, examples.weights[examples.owner])
    return *whole, *parts


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


def _mix(witnesses: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Weights of the witnesses, the same for all codes, and a constant for each code."""
    from sklearn.linear_model import LogisticRegression

    n, n_codes, n_witnesses = witnesses.shape
    kept = np.isfinite(witnesses[:, :, 0]) & (labels >= 0)
    # Few codes are frequent enough for weights of their own; the constants carry how rare one is.
    rows = np.concatenate([witnesses, np.broadcast_to(np.eye(n_codes), (n, n_codes, n_codes))], 2)
    line = LogisticRegression(C=1.0, max_iter=5000)
    line.fit(rows[kept], labels[kept])
    mix = np.empty((n_codes, 4))
    mix[:, :n_witnesses] = line.coef_[0, :n_witnesses]
    mix[:, 3] = line.coef_[0, n_witnesses:] + line.intercept_[0]
    return mix
