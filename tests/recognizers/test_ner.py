"""The networks: opened late, checked, without names in them, and the same twice."""

import shutil
import subprocess
import sys

import pytest

from themes import resources
from themes.errors import MissingModelError
from themes.recognizers import _network
from themes.recognizers.ner import Ner
from themes.records import DOUBT, Span, Transcript, Turn
from themes.stages.detect import detect
from themes.stages.queue import queue_items

SAID = (
    "Then Aukelien Zwartsenburg rang me from the ward, and Ongwe too. Gastroenteritis it was, and the "
    "gastroenteritis was bad. I asked Brambleton, because Aukelien was in theatre."
)


def spoken(text, language="en"):
    return Transcript("t", text, (Turn(Span(0, len(text)), "", "respondent"),), language)


def test_spacy_waits_for_the_first_speech():
    script = (
        "import sys; from themes.stages.detect import default_recognizers;"
        "default_recognizers('en'); print('spacy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_the_same_twice_and_alone_as_in_a_batch():
    whole = spoken(SAID + "\n\n" + SAID)
    half = len(SAID)
    apart = Transcript(
        "t", whole.text,
        (Turn(Span(0, half), "", "other"), Turn(Span(half + 2, len(whole.text)), "", "other")), "en",
    )  # fmt: skip
    found = list(Ner().find(apart))
    assert found == list(Ner().find(apart))
    alone = [m.span for m in Ner().find(spoken(SAID))]
    assert [m.span for m in found if m.span.end <= half] == alone


def test_an_ordinary_word_is_doubted_and_put_into_the_queue():
    found = detect([spoken(SAID)])
    names = {m.span.of(SAID) for m in found.mentions[0]}
    assert {"Aukelien Zwartsenburg", "Aukelien", "Brambleton"} <= names
    assert "gastroenteritis" not in {name.lower() for name in names}
    assert all(mention.confidence < DOUBT for mention in found.doubtful[0])
    queued = {span for item in queue_items([spoken(SAID)], found.mentions, found.doubtful)
              for _, span in item.places}  # fmt: skip
    assert {m.span for m in found.doubtful[0]} <= queued


@pytest.mark.parametrize("name", [_network.CASED, _network.SMALL])
def test_no_name_of_the_training_text_lies_in_a_network(name):
    data = (resources.folder("models") / name / "network.bin").read_bytes().lower()
    for word in (b"joost", b"femke", b"hoekstra", b"ackroyd", b"groningen"):
        assert word not in data


def test_the_networks_are_small_and_a_damaged_one_is_refused(tmp_path, monkeypatch):
    models = resources.folder("models")
    sizes = [(models / n / "network.bin").stat().st_size for n in (_network.CASED, _network.SMALL)]
    assert sum(sizes) < 15_000_000
    shutil.copytree(models / _network.CASED, tmp_path / _network.CASED)
    (tmp_path / _network.CASED / "network.bin").write_bytes(b"no network")
    monkeypatch.setattr(resources, "folder", lambda kind: tmp_path)
    _network.network.cache_clear()
    with pytest.raises(MissingModelError, match="not the file it was made with"):
        _network.network(_network.CASED)
    _network.network.cache_clear()
