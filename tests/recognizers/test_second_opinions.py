"""Recognizers of others: Presidio's plugged in, deduce in a process of its own."""

import sys

import pytest

from stages.test_anonymize import spoken
from themes.errors import ConfigError
from themes.recognizers._deduce import Deduce
from themes.recognizers._presidio import Presidio
from themes.stages.detect import detect

# Stands for deduce: finds "Femke" and says so in deduce's words.
STAND_IN = (
    "import sys, json\n"
    "for line in sys.stdin:\n"
    "    text = json.loads(line)\n"
    "    at = text.find('Femke')\n"
    "    print(json.dumps([[at, at + 5, 'persoon']] if at >= 0 else []), flush=True)\n"
)


@pytest.fixture
def deduce():
    made = Deduce([sys.executable, "-c", STAND_IN])
    yield made
    made.close()


def test_deduce_is_asked_about_dutch_alone(deduce):
    said = spoken("Toen, é, zei Femke iets.", language="nl")
    (mention,) = deduce.find(said)
    assert mention.span.of(said.text) == "Femke"
    assert (mention.category, mention.recognizer) == ("person", "deduce")
    assert list(deduce.find(spoken("Then Femke came.", language="en"))) == []


def test_a_deduce_that_ends_leaves_out_the_transcript():
    broken = Deduce([sys.executable, "-c", ""])
    found = detect([spoken("Femke.", language="nl")], [], more=[broken])
    assert set(found.failures) == {0}
    assert found.mentions == ((),)
    broken.close()


def test_a_missing_deduce_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr("themes.recognizers._deduce.find_spec", lambda _name: None)
    with pytest.raises(ConfigError, match="pip install deduce"):
        Deduce()


def test_deduce_itself():
    pytest.importorskip("deduce", reason="deduce is not installed")
    engine = Deduce()
    said = spoken("Ik belde dokter Jansen in Utrecht.", language="nl")
    assert any(m.span.of(said.text) == "Jansen" for m in engine.find(said))
    engine.close()


def test_presidio_itself():
    analyzer = pytest.importorskip("presidio_analyzer", reason="presidio is not installed")
    badge = analyzer.PatternRecognizer("BADGE", patterns=[analyzer.Pattern("b", r"B-\d", 0.9)])
    said = spoken("My badge is B-7.")
    (mention,) = detect([said], [], more=[Presidio(badge)]).mentions[0]
    assert (mention.span.of(said.text), mention.category) == ("B-7", "id")
