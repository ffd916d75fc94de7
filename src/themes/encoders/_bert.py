"""The weights of a BERT model under the names that our graph gives them.

The graph (`graph.onnx`, made by scripts/export_encoder.py) holds no weights: they are read from
the same `model.safetensors` that sentence-transformers reads, and handed to the session.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

_EMBEDDINGS = "embeddings."


def arrays(state: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """float32 arrays by graph name from a state in the naming of transformers' BertModel.

    Linear layers are stored output by input there and multiplied input by output here; queries,
    keys and values become one matrix; the one token type of an encoder is part of its positions.

    >>> from themes.encoders._bert import n_layers
    >>> n_layers({"encoder.layer.0.output.dense.bias": np.zeros(1)})
    1
    """
    made = {
        "word": _plain(state, _EMBEDDINGS + "word_embeddings.weight"),
        "position": _plain(state, _EMBEDDINGS + "position_embeddings.weight")
        + _plain(state, _EMBEDDINGS + "token_type_embeddings.weight")[0],
        "embed.gamma": _plain(state, _EMBEDDINGS + "LayerNorm.weight"),
        "embed.beta": _plain(state, _EMBEDDINGS + "LayerNorm.bias"),
    }
    for number in range(n_layers(state)):
        theirs, ours = f"encoder.layer.{number}.", f"layer.{number}."
        parts = [f"{theirs}attention.self.{name}" for name in ("query", "key", "value")]
        made[ours + "qkv"] = np.concatenate(
            [_plain(state, part + ".weight").T for part in parts], axis=1
        )
        made[ours + "qkv.bias"] = np.concatenate([_plain(state, part + ".bias") for part in parts])
        for name, block in (("mix", "attention.output"), ("down", "output")):
            made[ours + name] = _plain(state, f"{theirs}{block}.dense.weight").T
            made[f"{ours}{name}.bias"] = _plain(state, f"{theirs}{block}.dense.bias")
            made[f"{ours}{name}.gamma"] = _plain(state, f"{theirs}{block}.LayerNorm.weight")
            made[f"{ours}{name}.beta"] = _plain(state, f"{theirs}{block}.LayerNorm.bias")
        made[ours + "up"] = _plain(state, f"{theirs}intermediate.dense.weight").T
        made[ours + "up.bias"] = _plain(state, f"{theirs}intermediate.dense.bias")
    return {name: np.ascontiguousarray(array) for name, array in made.items()}


def changed(
    state: Mapping[str, np.ndarray], changes: Mapping[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """A state with what tuning changed in it.

    A matrix is changed by the product of `<name>.left` and `<name>.right`, which is far smaller
    than the matrix; anything else is replaced.

    >>> one = {"w": np.zeros((2, 2), np.float16)}
    >>> low = {"w.left": np.ones((2, 1), np.float16), "w.right": np.ones((1, 2), np.float16)}
    >>> changed(one, low)["w"].tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    made = dict(state)
    for name, change in changes.items():
        if name.endswith(".left"):
            whole = name.removesuffix(".left")
            right = changes[f"{whole}.right"]
            made[whole] = _plain(state, whole) + _plain(changes, name) @ right.astype(np.float32)
        elif not name.endswith(".right"):
            made[name] = change
    return made


def n_layers(state: Mapping[str, np.ndarray]) -> int:
    """How many layers a state has."""
    return len({name.split(".")[2] for name in state if name.startswith("encoder.layer.")})


def _plain(state: Mapping[str, np.ndarray], name: str) -> np.ndarray:
    return np.asarray(state[name], np.float32)
