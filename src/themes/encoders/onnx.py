"""Encode with onnxruntime: the fast default."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from themes.resources import open_checked

_BATCH = 32
_REMEDY = "install themes again, or export it with scripts/export_encoder.py"


class Onnx:
    """An encoder exported to ONNX by scripts/export_encoder.py: onnxruntime and a tokenizer.

    A text longer than the encoder's window is read in windows whose token means are averaged by
    their number of tokens, so that nothing is dropped. Raises MissingModelError when a file is
    missing or its sha256 is not the one in encoder.json.

    >>> from themes.resources import folder
    >>> encoder = Onnx(folder("models") / "all-MiniLM-L6-v2")
    >>> encoder.encode(["A question.", "Another one."]).shape
    (2, 384)
    """

    def __init__(self, folder: Path) -> None:
        card, data = open_checked(folder, "encoder.json", _REMEDY)
        self.name: str = card["name"]
        self.dim: int = card["dim"]
        self.languages: tuple[str, ...] = tuple(card["languages"])
        # Changes whenever the vectors may change: part of every cache key.
        self.identity: str = f"{self.name}:{card['files']['model.onnx'][:16]}"
        self._tokenizer = Tokenizer.from_str(data["tokenizer.json"].decode())
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._first, self._last = self._tokenizer.encode("").ids
        self._window = card["max_tokens"] - 2
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # The arena keeps its largest batch for ever; without it memory stays near the model's.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(
            data["model.onnx"], options, providers=["CPUExecutionProvider"]
        )

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """float32 (n_texts, dim), rows of unit length; an empty list gives (0, dim)."""
        windows: list[list[int]] = []
        owner: list[int] = []
        for number, encoding in enumerate(
            self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        ):
            ids = encoding.ids
            for start in range(0, max(len(ids), 1), self._window):
                windows.append(ids[start : start + self._window])
                owner.append(number)
        sums = np.zeros((len(texts), self.dim), np.float32)
        # Sorted by length a batch needs little padding; ties by place keep it deterministic.
        order = sorted(range(len(windows)), key=lambda w: (len(windows[w]), w))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            means = self._means([windows[w] for w in batch])
            for w, mean in zip(batch, means, strict=True):
                sums[owner[w]] += mean * (len(windows[w]) + 2)
        return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)

    def _means(self, windows: Sequence[Sequence[int]]) -> np.ndarray:
        longest = max(map(len, windows)) + 2
        ids = np.zeros((len(windows), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, window in enumerate(windows):
            ids[row, : len(window) + 2] = [self._first, *window, self._last]
            mask[row, : len(window) + 2] = 1
        return self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
