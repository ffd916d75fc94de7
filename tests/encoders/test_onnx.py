"""The default encoder against the library it was exported from, and its files."""

import json
import shutil

import numpy as np
import pytest

from contracts.test_encoders import packaged_model
from themes.encoders.onnx import Onnx
from themes.encoders.sentence_transformer import SentenceTransformer
from themes.errors import MissingModelError
from themes.records import Span
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


def test_the_library_reads_the_same_folder():
    texts = ["I rang the senior resident first.", "No.", "So we waited. " * 30]
    ours, theirs = Onnx(SHIPPED).encode(texts), SentenceTransformer(SHIPPED).encode(texts)
    assert np.abs(ours - theirs).max() < 1e-3


def test_a_text_is_read_after_its_context_and_its_pieces_within_it():
    encoder = Onnx(SHIPPED)
    text = "No. I asked the nurse."
    spans = [Span(0, 3), Span(4, len(text))]
    whole, parts = encoder.read(["", "Who came?"], [text, text], [spans, spans])
    assert (whole.shape, parts.shape) == ((2, 384), (4, 384))
    np.testing.assert_allclose(np.linalg.norm(parts, axis=1), 1, atol=1e-5)
    assert not np.allclose(whole[0], whole[1], atol=1e-3)
    alone, _ = encoder.read([""], [text], [spans])
    np.testing.assert_allclose(alone[0], whole[0], atol=1e-5)


def test_a_long_text_is_read_to_its_end_and_every_piece_gets_a_row():
    encoder = Onnx(SHIPPED)
    text = "We waited on the ward. " * 200
    spans = [Span(at, at + 22) for at in range(0, len(text), 23)]
    _, parts = encoder.read(["Why?"], [text], [spans])
    assert parts.shape == (200, 384)
    assert (np.linalg.norm(parts, axis=1) > 0.99).all()


def test_a_change_of_weights_changes_vectors_and_identity():
    plain = Onnx(SHIPPED)
    name = "encoder.layer.5.output.dense.weight"
    low = {
        f"{name}.left": np.linspace(-1, 1, 384, dtype=np.float16)[:, None],
        f"{name}.right": np.full((1, 1536), 0.05, np.float16),
    }
    tuned = Onnx(SHIPPED, low)
    assert tuned.identity != plain.identity
    assert not np.allclose(tuned.encode(["A nurse."]), plain.encode(["A nurse."]), atol=1e-3)


def test_a_changed_byte_is_refused(tmp_path):
    copy = shutil.copytree(SHIPPED, tmp_path / "model")
    data = bytearray((copy / "model.safetensors").read_bytes())
    data[len(data) // 2] ^= 1
    (copy / "model.safetensors").write_bytes(data)
    with pytest.raises(MissingModelError, match=r"model\.safetensors is not the file"):
        Onnx(copy)


def test_a_missing_folder_says_what_to_do(tmp_path):
    with pytest.raises(MissingModelError, match="install themes again"):
        Onnx(tmp_path)


def test_a_model_that_is_not_here_is_never_fetched():
    with pytest.raises(MissingModelError, match="hf download some/model-that-is-not-here"):
        SentenceTransformer("some/model-that-is-not-here")
