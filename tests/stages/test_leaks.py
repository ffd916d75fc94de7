"""The search for leaks: five hundred planted ones are found, and clean texts raise few alarms."""

import json

import pytest

import seeded_leaks
from cli.conftest import CORPORA
from themes import pipeline
from themes.records import Entity, Key, NameDecision, Person, Restoration
from themes.stages.leaks import find_leaks
from themes.stages.read import read

KEY = seeded_leaks.key()


def test_every_shape_stands_in_many_corners_and_every_corner_is_used():
    planted = list(seeded_leaks.seeds(500, KEY))
    assert {seed.corner for seed in planted} == set(seeded_leaks.CORNERS)
    assert len({(seed.shape, seed.corner) for seed in planted}) > 400


def test_five_hundred_planted_leaks_are_found():
    missed = [
        (seed.shape, seed.corner, seed.entity)
        for seed in seeded_leaks.seeds(500, KEY)
        if not find_leaks([(seed.name, seed.data)], KEY)
    ]
    assert missed == []


def test_other_people_and_values_are_found_as_well():
    """The same shapes and corners with names that nothing here was adjusted to."""
    other = seeded_leaks.key(seed=2024)
    missed = [
        (seed.shape, seed.corner, seed.entity)
        for seed in seeded_leaks.seeds(250, other, seed=77)
        if not find_leaks([(seed.name, seed.data)], other)
    ]
    assert missed == []


def test_the_same_files_without_a_leak_raise_no_alarm():
    """Every corner with an ordinary word in the place of the leak."""
    import random

    for corner, make in seeded_leaks.CORNERS.items():
        name, data = make("somebody", random.Random(1))
        assert find_leaks([(name, data)], KEY) == (), corner


def test_interviews_of_strangers_raise_few_alarms():
    """Sixty people who occur in none of them, against 17 interviews as they were spoken."""
    manifest = json.loads((CORPORA / "help-seeking-en" / "manifest.json").read_text())
    train = [row["id"] for row in manifest if row["split"] == "train"]
    found = read([CORPORA / "help-seeking-en" / "transcripts"])
    texts = [(t.id, t.text) for t in found.transcripts if t.id in train]
    n_words = sum(len(text.split()) for _, text in texts)
    people = Key("k", b"", entities=tuple(e for e in KEY.entities if e.category == "person"))
    alarms = [
        leak
        for leak in find_leaks([(name, text.encode()) for name, text in texts], people)
        if leak.how != "as known"  # an interview may well speak of a Jackson
    ]
    assert n_words > 50_000
    assert 1000 * len(alarms) / n_words < 0.5


def person(number: int, form: str) -> Entity:
    return Entity("person", number, (tuple(form.lower().split()),), (form,))


def search(text: str, *entities: Entity, **more) -> list[str]:
    key = Key("k", b"s" * 32, entities=entities, **more)
    return [leak.words for leak in find_leaks([("a.txt", text.encode())], key)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Will you? So Will said he will.", ["Will"]),
        ("will rich", ["will rich"]),
        ("They were rich.", []),
        ("Will. Rich. And that.", ["Will. Rich"]),
    ],
)
def test_a_name_that_is_a_word_counts_as_a_name_only(text, found):
    assert search(text, person(1, "Will Rich")) == found


def test_an_eponym_is_a_thing():
    assert search("A Foley catheter, by Dr Foley.", person(1, "Foley")) == ["Foley"]


def test_what_somebody_decided_to_keep_is_no_leak():
    keep = (NameDecision(1, ("apgarson",), "person", "keep", reason="eponym"),)
    assert search("so Apgarson said", person(1, "Apgarson")) == ["Apgarson"]
    assert search("so Apgarson said", person(1, "Apgarson"), decisions=keep) == []


def test_the_roster_is_looked_for_even_if_it_never_occurred():
    assert search("so Zoltara and Zolly", people=(Person("Zoltara Quist", ("Zolly",)),)) == [
        "Zoltara",
        "Zolly",
    ]


def test_names_of_files_are_looked_for():
    way_back = Restoration("transcript-2", "", "zoltara-2", "Zoltara 0612345678.docx", "", "p", ())
    assert search("of zoltara, 06 12345678", restorations=(way_back,)) == ["zoltara", "06 12345678"]


def test_marks_and_pseudonyms_are_no_leaks():
    robin = Entity("person", 1, (("robyn",),), ("Robyn",), pseudonyms={"natural": "Robin Hartley"})
    assert search("[PERSON-1] and Robin Hartley said", robin) == []


def test_ages_and_months_are_no_leaks():
    entities = (Entity("age", 1, (("34",),), ("34",)), Entity("date", 1, (("march",),), ("March",)))
    assert search("34 beds in March", *entities) == []


def test_a_broken_file_is_searched_as_bytes():
    for head in (b"PK\x03\x04", b"\x1f\x8b", b"SQLite format 3\0", b"\xff\xfe"):
        data = head + (
            "so Zoltara came".encode("utf-16-le") if head == b"\xff\xfe" else b"\0 so Zoltara came"
        )
        found = find_leaks([("a.bin", data)], Key("k", b"", entities=(person(1, "Zoltara"),)))
        assert [leak.words for leak in found] == ["Zoltara"], head


def test_what_a_run_leaves_behind_is_clean(tmp_path):
    """The demo as it is anonymized: what is found there is a name that was missed."""
    settings = pipeline.Settings(profile="numbered")
    done = pipeline.anonymize([CORPORA / "demo"], settings, lambda *_: None, Key("k", b"s" * 32))
    files = [(f"{t.id}.txt", t.text.encode()) for t in done.transcripts]
    assert len(find_leaks(files, done.key)) <= 1
