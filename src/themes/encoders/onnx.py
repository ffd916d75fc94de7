"""Encode with onnxruntime: the fast default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime
from safetensors.numpy import load as load_tensors
from tokenizers import Tokenizer

from themes.encoders._bert import arrays, changed
from themes.records import Span
from themes.resources import open_checked

_BATCH = 32
_REMEDY = "install themes again, or export it with scripts/export_encoder.py"


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of a text as the model reads it.

    `ids` are its tokens with the special ones; tokens `first` to `last` are the text's own.
    `pieces` are (row of the piece, from token, to token).
    """

    owner: int
    ids: list[int]
    first: int
    last: int
    pieces: tuple[tuple[int, int, int], ...] = ()


class Onnx:
    """An encoder exported by scripts/export_encoder.py: onnxruntime and a tokenizer.

    A text longer than the encoder's window is read in windows whose token means are averaged by
    their number of tokens, so that nothing is dropped. `tuned` holds what tuning changed in
    the folder's weights (`themes.encoders._bert.changed`). Raises MissingModelError when a file is
    missing or its sha256 is not the one in encoder.json.

    >>> from themes.resources import folder
    >>> encoder = Onnx(folder("models") / "all-MiniLM-L6-v2")
    >>> encoder.encode(["A question.", "Another one."]).shape
    (2, 384)
    """

    def __init__(self, folder: Path, tuned: Mapping[str, np.ndarray] | None = None) -> None:
        card, data = open_checked(folder, "encoder.json", _REMEDY)
        self.name: str = card["name"]
        self.dim: int = card["dim"]
        self.languages: tuple[str, ...] = tuple(card["languages"])
        # Changes whenever the vectors may change: part of every cache key.
        self.identity: str = f"{self.name}:{card['files']['model.safetensors'][:16]}"
        state = load_tensors(data["model.safetensors"])
        if tuned:
            state = changed(state, tuned)
            digest = sha256(b"".join(tuned[name].tobytes() for name in sorted(tuned)))
            self.identity += f"+{digest.hexdigest()[:16]}"
        self._tokenizer = Tokenizer.from_str(data["tokenizer.json"].decode())
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._begin, self._end = self._tokenizer.encode("").ids
        self._max_tokens: int = card["max_tokens"]
        self._session = _session(data["graph.onnx"], arrays(state))

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """float32 (n_texts, dim), rows of unit length; an empty list gives (0, dim)."""
        size = self._max_tokens - 2
        windows: list[_Window] = []
        for owner, encoding in enumerate(self._tokens(texts)):
            ids = encoding.ids
            for start in range(0, max(len(ids), 1), size):
                window = [self._begin, *ids[start : start + size], self._end]
                windows.append(_Window(owner, window, 0, len(window)))
        sums = np.zeros((len(texts), self.dim), np.float32)
        for window, states in self._states(windows):
            sums[window.owner] += states.sum(0)
        return _unit(sums)

    def read(
        self, contexts: Sequence[str], texts: Sequence[str], pieces: Sequence[Sequence[Span]]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Texts and their pieces, each text read once, after the context it was said in.

        `contexts` and `texts` have equal length; `pieces[i]` are spans in `texts[i]`, in order and
        without overlap. Returns float32 (n_texts, dim) and float32 (n_pieces, dim), unit rows: the
        means of the tokens of a text, and of a piece of it, none of its context. Of a context the
        last tokens are read, at most a fifth of the window. A text too long for the window is read
        in several, parted between pieces.
        """
        windows = list(self._windows(contexts, texts, pieces))
        wholes = np.zeros((len(texts), self.dim), np.float32)
        parts = np.zeros((sum(map(len, pieces)), self.dim), np.float32)
        for window, states in self._states(windows):
            wholes[window.owner] += states[window.first : window.last].sum(0)
            for row, first, last in window.pieces:
                parts[row] += states[first:last].sum(0)
        return _unit(wholes), _unit(parts)

    def _windows(
        self, contexts: Sequence[str], texts: Sequence[str], pieces: Sequence[Sequence[Span]]
    ) -> Iterator[_Window]:
        row = 0
        unknown = self._tokenizer.token_to_id("[UNK]")
        before = self._tokens(contexts)
        for owner, encoding in enumerate(self._tokens(texts)):
            context = before[owner].ids[-(self._max_tokens // 5) :]
            head = [self._begin, *context, self._end]
            room = self._max_tokens - len(head) - 1
            # A piece without a token of its own (white space, control marks) still gets a row.
            ids, offsets = encoding.ids or [unknown], encoding.offsets or [(0, len(texts[owner]))]
            ranges: list[tuple[int, int, int]] = []
            for span in pieces[owner]:
                inside = [
                    i for i, (a, b) in enumerate(offsets) if a < span.end and b > span.start
                ] or [0]
                for start in range(inside[0], inside[-1] + 1, room):
                    ranges.append((row, start, min(start + room, inside[-1] + 1)))
                row += 1
            held: list[tuple[int, int, int]] = []
            for piece in (*ranges, None):
                if held and (piece is None or piece[2] - held[0][1] > room):
                    start, stop = held[0][1], held[-1][2]
                    shift = len(head) - start
                    yield _Window(
                        owner,
                        [*head, *ids[start:stop], self._end],
                        len(head),
                        len(head) + stop - start,
                        tuple((r, a + shift, b + shift) for r, a, b in held),
                    )
                    held = []
                if piece is not None:
                    held.append(piece)

    def _tokens(self, texts: Sequence[str]) -> list:
        return self._tokenizer.encode_batch(list(texts), add_special_tokens=False)

    def _states(self, windows: Sequence[_Window]) -> Iterator[tuple[_Window, np.ndarray]]:
        """Each window with float32 (n_tokens, dim), in an order that depends on the lengths."""
        # Sorted by length a batch needs little padding; ties by place keep it deterministic.
        order = sorted(range(len(windows)), key=lambda w: (len(windows[w].ids), w))
        for start in range(0, len(order), _BATCH):
            batch = [windows[w] for w in order[start : start + _BATCH]]
            ids = np.zeros((len(batch), len(batch[-1].ids)), np.int32)
            mask = np.zeros_like(ids)
            for row, window in enumerate(batch):
                ids[row, : len(window.ids)] = window.ids
                mask[row, : len(window.ids)] = 1
            states = self._session.run(None, {"input_ids": ids, "mask": mask})[0]
            for row, window in enumerate(batch):
                yield window, states[row, : len(window.ids)]


def _session(graph: bytes, weights: Mapping[str, np.ndarray]) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # The arena keeps its largest batch for ever; without it memory stays near the model's.
    options.enable_cpu_mem_arena = False
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in weights.values()]
    options.add_external_initializers(list(weights), values)
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
