"""The figures of `themes evaluate anonymization`, on cases counted by hand."""

import json

import pytest

from themes.errors import InputError
from themes.records import Mention, Span, Transcript, Turn
from themes.stages.evaluate import Tally
from themes.stages.gold import Marked, runs, without_capitals
from themes.stages.queue import Item, queue_items


def spoken(text, *, id_="t", language="en", anonymized=False):
    turn = Turn(Span(0, len(text)), "", "respondent")
    return Transcript(id_, text, (turn,), language, anonymized=anonymized)


def place(text, part, category="person"):
    start = text.index(part)
    return Mention(Span(start, start + len(part)), category, "by hand", 1.0)


def tallied(text, marks, found=(), flags=(), items=()):
    given = Marked(spoken(text), tuple((place(text, part).span, c) for part, c in marks))
    tally = Tally()
    tally.add([given], [[place(text, p, c) for p, c in found]],
              [[place(text, p, "indirect") for p in flags]], items)  # fmt: skip
    return tally


@pytest.mark.parametrize(
    ("found", "share"),
    [
        (["Jan van der Meer"], 1),
        (["Jan", "Meer"], 1),  # particles tell nothing
        (["Jan"], 0),  # half a name is a miss
        (["Meer"], 0),
        ([], 0),
    ],
)
def test_recall_is_leak_safe(found, share):
    tally = tallied(
        "It was Jan van der Meer's idea.",
        [("Jan van der Meer's", "person")],
        [(part, "location") for part in found],  # whatever the category
    )
    assert tally.shares("recall")["person"].value == share


def test_an_entity_counts_when_every_mark_of_it_is_found():
    text = "Jan Bos rang. Bos came. Then Piet."
    marks = [("Jan Bos", "person"), ("Bos came", "person"), ("Piet", "person")]
    tally = Tally()
    given = Marked(
        spoken(text), ((Span(0, 7), "person"), (Span(14, 17), "person"), (Span(29, 33), "person"))
    )
    tally.add([given], [[place(text, "Jan Bos"), place(text, "Piet")]], [[]], [])
    assert len(marks) == tally.shares("recall")["person"].whole
    assert (tally.shares("entities")["person"].part, tally.shares("entities")["person"].whole) == (
        1,
        2,
    )


def test_precision_ordinary_words_and_the_queue():
    text = "Then Jan rang Bo about the list."
    item = Item("bo", "name", 0.5, (("t", place(text, "Bo").span),))
    tally = tallied(
        text,
        [("Jan", "person"), ("Bo", "person")],
        [("Jan", "person"), ("list", "person")],
        items=[item],
    )
    assert tally.shares("recall")["person"].value == 0.5
    assert tally.shares("attended")["person"].value == 1
    assert tally.shares("precision")["person"].value == 0.5
    assert (tally.ordinary().part, tally.ordinary().whole) == (1, 5)
    assert tally.items_by_file == [(1, 7)]
    assert {each.kind for each in tally.wrong} == {"missed, in queue", "in vain"}


def test_indirect_marks_are_flagged_and_are_no_names():
    text = "She is the only woman there, Ann said."
    tally = tallied(text, [("the only woman", "indirect"), ("Ann", "person")], flags=["only woman"])
    assert tally.shares("recall")["indirect"].value == 1
    assert tally.shares("precision")["indirect"].value == 1
    assert tally.shares("recall")["person"].value == 0


def test_intervals_hold_the_share_and_are_the_same_twice():
    tally = Tally()
    for number, right in enumerate((True, True, False, True)):
        text = "Ask Ann."
        given = Marked(spoken(text, id_=str(number)), ((place(text, "Ann").span, "person"),))
        tally.add([given], [[place(text, "Ann")] if right else []], [[]], [])
    share = tally.shares("recall")["person"]
    assert share.low < share.value == 0.75 < share.high
    assert tally.shares("recall")["person"] == share


def test_runs_of_a_folder_and_of_a_file(tmp_path):
    (tmp_path / "transcripts").mkdir()
    (tmp_path / "mentions").mkdir()
    for name in ("a", "b"):
        (tmp_path / f"transcripts/{name}.txt").write_text("I: Hello.\n\nR: Ann was there.\n")
        (tmp_path / f"mentions/{name}.csv").write_text("start,end,category\n14,17,PERSON\n")
    (tmp_path / "manifest.json").write_text(json.dumps([{"id": "a", "split": "dev"}, {"id": "b"}]))
    (run,) = runs(tmp_path)
    assert [each.transcript.id for each in run] == ["a", "b"]
    assert run[0].marks[0][0].of(run[0].transcript.text) == "Ann"
    assert [turn.speaker for turn in run[0].transcript.turns] == ["I", "R"]
    assert [each.transcript.id for each in next(iter(runs(tmp_path, "dev")))] == ["a"]
    with pytest.raises(InputError, match="split test"):
        list(runs(tmp_path, "test"))
    lines = tmp_path / "lines.jsonl"
    lines.write_text(
        json.dumps({"id": 1, "text": "Ann.", "lang": "en", "spans": [[0, 3, "ORG"]]}) + "\n"
    )
    ((only,),) = runs(lines)
    assert only.marks == ((Span(0, 3), "organization"),)
    small = without_capitals((only,))[0]
    assert small.transcript.text == "ann."
    assert small.marks == only.marks
    lines.write_text(json.dumps({"id": 1, "text": "A", "lang": "en", "spans": [[0, 1, "X"]]}))
    with pytest.raises(InputError, match="no category"):
        list(runs(lines))
    with pytest.raises(InputError, match="no corpus"):
        list(runs(tmp_path / "nowhere"))


def test_the_queue_holds_each_item_once_with_all_its_places():
    one = spoken("Then Zorblax rang, and Zorblax again, from 4417. [laughs]", id_="one")
    two = spoken("ask Zorblax about B2-14, P12.", id_="two")
    items = queue_items([one, two], [(), ()])
    assert {item.key: len(item.places) for item in items} == {"zorblax": 3, "4417": 1, "b2-14": 1}
    assert items[0].places[0][0] == "one"
    covered = queue_items([one, two], [[place(one.text, "4417", "id")], ()])
    assert "4417" not in {item.key for item in covered}
    assert queue_items([spoken("Zorblax", anonymized=True)], [()]) == ()


def test_the_queue_of_speech_without_capitals_holds_unknown_words():
    text = (
        "so then zorblax rang and i went home and it was late and we had nothing to eat that night. "
        * 3
    )
    (item,) = queue_items([spoken(text)], [()])
    assert (item.key, item.kind, len(item.places)) == ("zorblax", "name", 3)
    assert "zorblax" not in repr(item)
