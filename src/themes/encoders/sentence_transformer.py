"""Encode with any model of the sentence-transformers library."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from themes.errors import MissingModelError
from themes.records import Span


class SentenceTransformer:
    """Any sentence-transformers model: a folder, or a name whose files are on this machine.

    Nothing is downloaded: a name that is not on this machine raises MissingModelError with the
    command that fetches it. Importing the library takes seconds; the onnx encoder does not need
    it. A text longer than the model's window is cut there by the library.
    """

    def __init__(self, model: str | Path) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
        os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
        name = str(model)
        import sentence_transformers  # after the settings above, which it reads when imported

        try:
            with open(os.devnull, "w") as quiet, contextlib.redirect_stderr(quiet):
                self._model = sentence_transformers.SentenceTransformer(
                    name, device="cpu", local_files_only=True
                )
        except (OSError, ValueError, KeyError) as error:
            remedy = (
                "check that the folder holds a sentence-transformers model"
                if Path(name).exists()
                else f"fetch it once with `hf download {name}` where there is a network, "
                "or give the folder it is in"
            )
            raise MissingModelError(
                name, f"cannot be loaded ({type(error).__name__})", remedy
            ) from None
        self.name = Path(name).name
        self.dim = int(self._model.get_embedding_dimension())
        self.languages: tuple[str, ...] = ()
        weights = sha256()
        for _, tensor in sorted(self._model.state_dict().items()):
            weights.update(tensor.contiguous().cpu().float().numpy().tobytes())
        self.identity = f"{self.name}:{weights.hexdigest()[:16]}"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """float32 (n_texts, dim), rows of unit length; an empty list gives (0, dim)."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        vectors = self._model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False, batch_size=32
        )
        return np.asarray(vectors, np.float32)

    def read(
        self, contexts: Sequence[str], texts: Sequence[str], pieces: Sequence[Sequence[Span]]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Texts and their pieces, each encoded alone: models of this library know no context."""
        alone = [s.of(text) for text, spans in zip(texts, pieces, strict=True) for s in spans]
        return self.encode(texts), self.encode(alone)
