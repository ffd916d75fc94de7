"""Names that a team knows are found however they are spoken of and spelled."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from themes.recognizers._roster import Roster
from themes.records import Person, Place, Span, Transcript, Turn
from themes.stages.detect import detect

ROSTER = Roster(
    [
        Person("Anna de Vries", ("Ans",), "supervisor"),
        Person("Will Bakker", (), "registrar"),
        Person("Sjoukje Hoekstra"),
        Person("Jan-Peter van der Meer", ("JP",)),
        Person("Roos"),
    ],
    [
        Place("Winterswijk", "town in the east"),
        Place("Sint Jansdal", "teaching hospital"),
        Place("ETZ"),
    ],
)


def spoken(text, language="en"):
    return Transcript("t", text, (Turn(Span(0, len(text)), "", "respondent"),), language)


def found(text, language="en"):
    said = spoken(text, language)
    return [mention.span.of(text) for mention in ROSTER.find(said)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("So Anna de Vries rang.", ["Anna de Vries"]),
        ("So anna rang and ANS came with De Vries.", ["anna", "ANS", "De Vries"]),
        ("So A. de Vries signed it.", ["A. de Vries"]),
        ("That was Anna's idea, and Ans’s.", ["Anna", "Ans"]),
        ("Annas idee, en Ansje ook.", ["Annas", "Ansje"]),
        ("I asked AdV about it.", ["AdV"]),
        ("so shoukje and sjoukja and soukje came along with us.", ["shoukje", "sjoukja", "soukje"]),
        ("Then Hoekstra, no, Hoeksra, no, Hoekstraa.", ["Hoekstra", "Hoeksra", "Hoekstraa"]),
        ("Jan-Peter and JP and Mr van der Meer.", ["Jan-Peter", "JP", "van der Meer"]),
        ("I asked Will. Will you come? Will came.", ["Will", "Will"]),
        ("The will of the people, and a rose.", []),
        ("Toen kwam Roos met een roos. De Roos-afdeling", ["Roos"]),
        ("In winterswijk, at Sint Jansdal, not the ETZ.", ["winterswijk", "Sint Jansdal", "ETZ"]),
        ("The vries was de.", ["vries"]),
        ("Nobody anyone knows.", []),
    ],
)
def test_forms(text, names):
    assert found(text, "nl" if "Toen" in text or "idee" in text else "en") == names


def test_who_is_meant():
    assert ROSTER.who("Ans").role == "supervisor"
    assert ROSTER.who("anna DE VRIES").role == "supervisor"
    assert ROSTER.who("Shoukje").name == "Sjoukje Hoekstra"
    assert ROSTER.who("Winterswijk’s").role == "town in the east"
    assert ROSTER.who("Femke") is None
    two = Roster([Person("Jan Bos"), Person("Jan Kok")])
    assert two.who("Jan") is None
    assert two.who("Jan Kok").name == "Jan Kok"


def test_categories_and_the_run():
    text = "Then shoukje rang from Sint Jansdal in Winterswijk."
    mentions = detect([spoken(text)], [], people=[Person("Sjoukje")], places=[
        Place("Sint Jansdal", "teaching hospital"), Place("Winterswijk")]).mentions[0]  # fmt: skip
    assert [(m.span.of(text), m.category, m.recognizer) for m in mentions] == [
        ("shoukje", "person", "roster"),
        ("Sint Jansdal", "organization", "roster"),
        ("Winterswijk", "location", "roster"),
    ]


NAMES = st.text(st.sampled_from("abdefgiklmnoprstuvzéü"), min_size=5, max_size=9)


@settings(max_examples=60, deadline=None)
@given(NAMES, st.sampled_from([str.lower, str.upper, str.title]), st.sampled_from(["", "'s", "’s"]))
def test_a_name_nobody_knows_is_found_in_every_case(rest, cased, ending):
    name = f"zq{rest}"
    text = f"so then {cased(name)}{ending} thing came along and went away again for good"
    (hit,) = Roster([Person(name)]).find(spoken(text, "und"))
    assert hit.span.of(text) == cased(name)


def test_an_empty_roster_finds_nothing():
    assert list(Roster().find(spoken("Anna rang."))) == []
