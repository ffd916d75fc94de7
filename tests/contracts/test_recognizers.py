"""What every recognizer promises: its examples are found, its near misses are not.

A new recognizer brings `tests/examples/recognizers/<name>.json`, a list of objects with "text",
"language", "find" (the longest spans found, in reading order), "not" (words no mention may touch) and, where
the recognizer is known to fail, "known_failure": true. A known failure that stops failing fails
here, so that the list stays true. "|" in "text" starts a new turn of another speaker.
"""

import json
from pathlib import Path

import pytest

from themes import registry
from themes.grammar import compose
from themes.records import CATEGORIES, Transcript, Turn

EXAMPLES = Path(__file__).parents[1] / "examples" / "recognizers"
MEMBERS = registry.names("recognizers")


def transcript(text: str, language: str) -> Transcript:
    speakers = ("Femke", "P12")  # a name as a label must be left alone here
    parts = [(speakers[n % 2], piece.strip()) for n, piece in enumerate(text.split("|"))]
    whole, spans = compose(parts)
    turns = (Turn(s, who, "other") for s, (who, _) in zip(spans, parts, strict=True))
    return Transcript("t", whole, tuple(turns), language)


def examples(name: str) -> list[dict]:
    return json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))


CASES = [(name, case) for name in MEMBERS for case in examples(name)]


def as_promised(name: str, case: dict) -> bool:
    given = transcript(case["text"], case["language"])
    spans = sorted({mention.span for mention in registry.load("recognizers", name)().find(given)})
    # A recognizer may offer "March" inside "March 2021"; the stage takes the longest.
    longest = [s for s in spans if not any(o != s and o.contains(s) for o in spans)]
    words = list(dict.fromkeys(span.of(given.text) for span in longest))
    touched = any(miss in word or word in miss for miss in case.get("not", ()) for word in words)
    return words == list(dict.fromkeys(case["find"])) and not touched


@pytest.mark.parametrize(
    ("name", "case"), CASES, ids=[f"{name}-{case['text'][:40]}" for name, case in CASES]
)
def test_examples_are_found_and_near_misses_are_not(name, case):
    assert as_promised(name, case) is not case.get("known_failure", False)


@pytest.mark.parametrize("name", MEMBERS)
def test_every_recognizer_has_found_and_near_missed(name):
    cases = examples(name)
    assert any(case["find"] for case in cases)
    assert any(case.get("not") or not case["find"] for case in cases)
    assert {case["language"] for case in cases} >= {"en", "nl"}


@pytest.mark.parametrize("name", MEMBERS)
def test_mentions_lie_in_speech_under_their_own_name(name):
    texts = [case["text"] for each in MEMBERS for case in examples(each)]
    for language in ("en", "nl", "und"):
        given = transcript("|".join(texts), language)
        for mention in registry.load("recognizers", name)().find(given):
            assert mention.recognizer == name
            assert mention.category in CATEGORIES
            assert any(turn.span.contains(mention.span) for turn in given.turns)


@pytest.mark.parametrize("name", MEMBERS)
def test_the_docstring_is_the_specification(name):
    doc = registry.load("recognizers", name).__doc__
    assert "Found:" in doc
    assert "Not found:" in doc


@pytest.mark.parametrize("name", MEMBERS)
@pytest.mark.parametrize("text", ["", "[laughs]", "…", "12", "é̂", "שלום", "(pause) [00:14:05]"])
def test_odd_text_is_survived(name, text):
    if text:
        given = transcript(text, "en")
        assert list(registry.load("recognizers", name)().find(given)) == []
