"""Which classifier a model name and a codebook lead to."""

import json
import shutil
from dataclasses import replace

import pytest

from contracts.test_encoders import packaged_model
from themes import codebooks
from themes.errors import MissingModelError
from themes.records import Code
from themes.resources import folder
from themes.stages.open_model import open_model

BOOK = codebooks.load("help-seeking")


def kind(model):
    return type(model.classifier).__name__


def test_the_default_has_trained_heads_for_its_codebook():
    model = open_model("help-seeking", BOOK)
    assert kind(model) == "Linear"
    assert model.notes == ()
    assert "calibrated" in model.score_meaning


def test_another_codebook_is_compared_with_its_definitions():
    other = replace(BOOK, id="mine")
    model = open_model("help-seeking", other)
    assert kind(model) == "Definition"
    assert "was trained for help-seeking" in model.notes[0]


def test_another_version_with_other_codes_says_what_differs():
    changed = replace(BOOK, version="2.0", codes=(*BOOK.codes, Code("new", "New")))
    model = open_model("help-seeking", changed)
    assert kind(model) == "Definition"
    assert "differs in new" in model.notes[0]


def test_another_version_with_the_same_codes_is_noted():
    reworded = replace(BOOK, version="1.1", description="Said otherwise.")
    model = open_model("help-seeking", reworded)
    assert kind(model) == "Linear"
    assert "what is said about them is not" in model.notes[0]
    assert model.codebook_version == "1.1"


def test_an_encoder_alone_goes_with_definitions():
    assert kind(open_model("all-MiniLM-L6-v2", BOOK)) == "Definition"


def test_a_sentence_transformers_folder_goes_with_definitions():
    model = open_model(str(packaged_model()), BOOK)
    assert kind(model) == "Definition"
    assert model.knows("nl")


def test_the_default_knows_english_only():
    model = open_model("help-seeking", BOOK)
    assert [model.knows(tag) for tag in ("en", "en-GB", "nl", "und")] == [True, True, False, False]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda place: (place / "model.json").write_text("{"),
        lambda place: (place / "heads.safetensors").unlink(),
        lambda place: (place / "model.json").write_text(
            json.dumps(
                json.loads((place / "model.json").read_text()) | {"encoder_identity": "another"}
            )
        ),
    ],
)
def test_a_broken_model_folder_is_refused(tmp_path, spoil):
    place = shutil.copytree(folder("models") / "help-seeking", tmp_path / "broken")
    spoil(place)
    with pytest.raises(MissingModelError, match="install themes again"):
        open_model(str(place), BOOK)
