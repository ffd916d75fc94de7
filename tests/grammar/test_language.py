"""Languages told apart by their small words."""

from __future__ import annotations

import pytest

from themes.grammar.language import detect

SAMPLES = {
    "en": "I think that we had a good talk with the doctor, but it was not what I wanted.",
    "nl": "Ik vond het wel lastig, want er was niemand die naar mij wilde luisteren en dat is niet fijn.",
    "de": "Ich habe das nicht gewusst, aber es war auch schwer, weil man mit der Zeit müde wird.",
    "fr": "Je ne sais pas, mais il y avait beaucoup de monde dans la salle et on a attendu.",
    "es": "No lo sé, pero es que en la sala había mucha gente y yo no quería esperar más.",
}


@pytest.mark.parametrize("tag", SAMPLES)
def test_known_language(tag: str) -> None:
    assert detect(SAMPLES[tag]) == tag


@pytest.mark.parametrize("text", ["", "Hm.", "12:30", "Zubzub wubwub.", "采访者：你好吗？"])
def test_unknown_language(text: str) -> None:
    assert detect(text) == "und"


def test_afrikaans_danish_and_italian_are_not_claimed() -> None:
    assert detect("Ek het nie geweet wat om te sê nie, maar dit was baie moeilik vir my.") != "en"
    assert detect("Jeg ved det ikke, men der var mange mennesker, og vi ventede længe.") == "und"
    assert detect("Non lo so, ma c'era molta gente e ho dovuto aspettare a lungo.") == "und"
