"""The default encoder against the library it was exported from, and its files."""

import json
import shutil

import numpy as np
import pytest

from contracts.test_encoders import packaged_model
from themes.encoders.onnx import Onnx
from themes.encoders.sentence_transformer import SentenceTransformer
from themes.errors import MissingModelError
from themes.resources import folder

SHIPPED = folder("models") / "all-MiniLM-L6-v2"


def test_it_equals_the_library_within_a_thousandth():
    path = folder("codebooks").parent / "targeted" / "segments-en.jsonl"
    if not path.exists():
        pytest.skip("corpora/targeted is not here")
    lines = path.read_text(encoding="utf-8").splitlines()[:60]
    texts = [json.loads(line)["text"] for line in lines]
    ours = Onnx(SHIPPED).encode(texts)
    theirs = SentenceTransformer(packaged_model()).encode(texts)
    assert np.abs(ours - theirs).max() < 1e-3


def test_nothing_is_dropped_from_a_long_text():
    encoder = Onnx(SHIPPED)
    long = "We waited on the ward. " * 200
    plain, changed = encoder.encode([long, long + "Then the goat came in and ate the chart."])
    assert not np.allclose(plain, changed, atol=1e-4)


def test_a_changed_byte_is_refused(tmp_path):
    copy = shutil.copytree(SHIPPED, tmp_path / "model")
    data = bytearray((copy / "model.onnx").read_bytes())
    data[len(data) // 2] ^= 1
    (copy / "model.onnx").write_bytes(data)
    with pytest.raises(MissingModelError, match=r"model\.onnx is not the file"):
        Onnx(copy)


def test_a_missing_folder_says_what_to_do(tmp_path):
    with pytest.raises(MissingModelError, match="install themes again"):
        Onnx(tmp_path)


def test_a_model_that_is_not_here_is_never_fetched():
    with pytest.raises(MissingModelError, match="hf download some/model-that-is-not-here"):
        SentenceTransformer("some/model-that-is-not-here")
