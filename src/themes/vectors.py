"""Vectors on disk: what was embedded once is not embedded again. Deletable at any time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file
from safetensors.numpy import save as save_tensors

from themes.atomic import write_file


class Vectors:
    """A folder of vectors of one encoder, keyed by what was read.

    Each batch is a file of its own, named by its content, so that runs side by side and kills at
    any moment do no harm; a file that cannot be read is passed over and its vectors made again.
    No text is kept, only its hash. Vectors are as confidential as the pseudonymized text.
    """

    def __init__(self, folder: Path, identity: str) -> None:
        self._folder = folder / sha256(identity.encode()).hexdigest()[:16]
        self._known: dict[str, np.ndarray] = {}
        for path in sorted(self._folder.glob("*.safetensors")):
            try:
                self._known |= load_file(path)
            except (OSError, SafetensorError):
                continue

    def find(self, keys: Sequence[str]) -> dict[str, np.ndarray]:
        """Those of `keys` that are known: float32 (n_rows, dim) each."""
        return {key: self._known[key] for key in keys if key in self._known}

    def add(self, vectors: Mapping[str, np.ndarray]) -> None:
        """Keep vectors, on disk before this returns."""
        self._known |= vectors
        data = save_tensors({key: np.ascontiguousarray(v) for key, v in vectors.items()})
        self._folder.mkdir(parents=True, exist_ok=True)
        write_file(self._folder / f"{sha256(data).hexdigest()[:32]}.safetensors", data)


def key(*texts: str) -> str:
    """A name for what was read: equal for equal texts in the same order.

    >>> key("a", "bc") == key("ab", "c")
    False
    """
    digest = sha256()
    for text in texts:
        data = text.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()
