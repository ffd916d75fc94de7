"""What every profile promises: nothing of the original shows, and nobody is two."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from themes import registry
from themes.profiles._said import Given, Said
from themes.records import CATEGORIES, Entity

MEMBERS = registry.names("profiles")
LINKED = [name for name in MEMBERS if name != "strict"]


def nothing(_word: str) -> bool:
    return False


def load(name):
    return registry.load("profiles", name)()


def entity(category, number, language="en", role=""):
    return Entity(category, number, ((f"zoltara{number}",),), (f"Zoltara{number}",), role, language)


@pytest.mark.parametrize("name", MEMBERS)
@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("language", ["en", "nl", "de", "und"])
def test_the_original_never_shows(name, category, language):
    profile, who = load(name), entity(category, 3, language)
    shown = profile.text(
        who,
        Said("Zoltara3", "first", language, 70),
        lambda: profile.pseudonym(who, Given((), (), nothing)),
    )
    assert shown
    assert "zoltara" not in shown.casefold()
    assert "\n" not in shown


@pytest.mark.parametrize("name", LINKED)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(CATEGORIES), st.sampled_from(["", "supervisor"])), max_size=60
    )
)
def test_no_pseudonym_stands_for_two(name, those):
    profile, taken = load(name), set()
    for number, (category, role) in enumerate(those, 1):
        made = profile.pseudonym(entity(category, number, role=role), Given(taken, (), nothing))
        assert made not in taken
        taken.add(made)


@pytest.mark.parametrize("name", LINKED)
def test_hundreds_of_people_are_told_apart(name):
    profile, taken = load(name), set()
    for number in range(1, 301):
        taken.add(profile.pseudonym(entity("person", number), Given(taken, (), nothing)))
    assert len(taken) == 300


def test_natural_first_names_are_told_apart_as_well():
    profile, taken = load("natural"), set()
    for number in range(1, 200):
        taken.add(profile.pseudonym(entity("person", number), Given(taken, (), nothing)))
    names = [name.split() for name in taken if not name.startswith("[")]
    for one, two in itertools.combinations(names, 2):
        assert not set(one) & set(two)


def test_no_natural_name_occurs_in_the_study():
    made = load("natural").pseudonym(
        entity("person", 1), Given((), (), lambda word: word.startswith(("a", "b")))
    )
    assert not any(word.casefold().startswith(("a", "b")) for word in made.split())


@pytest.mark.parametrize(
    ("profile", "category", "said", "shown"),
    [
        ("numbered", "date", "3 May 2021", "[DATE-1]"),
        ("roles", "date", "3 May 2021", "[spring 2021]"),
        ("roles", "date", "last Christmas", "[date 1]"),
        ("roles", "age", "thirty-four", "[30-39]"),
        ("roles", "age", "101", "[90+]"),
        ("roles", "phone", "06 1", "[phone number 1]"),
        ("natural", "date", "3 May 2021", "12 July 2021"),
        ("natural", "date", "last Christmas", "[DATE-1]"),
        ("natural", "age", "fifties", "[50-59]"),
        ("natural", "email", "a@b.nl", "[EMAIL-1]"),
        ("strict", "date", "3 May 2021", "[DATE]"),
        ("strict", "age", "34", "[AGE]"),
    ],
)
def test_dates_ages_and_numbers(profile, category, said, shown):
    member, who = load(profile), entity(category, 1)
    assert (
        member.text(
            who, Said(said, shift_days=70, language="en"),
            lambda: member.pseudonym(who, Given((), (), nothing)),
        )
        == shown
    )  # fmt: skip


@pytest.mark.parametrize("name", MEMBERS)
def test_the_docstring_says_what_it_is_for(name):
    assert (
        "[" in registry.load("profiles", name).__doc__
        or "such as" in registry.load("profiles", name).__doc__
    )


def test_every_profile_can_be_chosen():
    from themes.cli._options import Profile

    assert {each.value for each in Profile} == set(MEMBERS)
