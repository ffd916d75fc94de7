"""What a new version of a codebook does to answers given under the old one."""

import pytest

from themes.records import Code, Codebook
from themes.stages.codebook_change import carrier, diff, judged, open_again


def book(version: str, *codes: Code | str) -> Codebook:
    return Codebook("k", version, tuple(c if isinstance(c, Code) else Code(c, c) for c in codes))


OLD = book("1", "a", "b", "c")


@pytest.mark.parametrize(
    ("new", "replaced", "expected"),
    [
        (("a", "b", "c"), {}, []),
        (("a", "b", "c", "d"), {}, [("added", (), ("d",))]),
        (("a", "b"), {}, [("removed", ("c",), ())]),
        ((Code("a", "other"), "b", "c"), {}, [("renamed", ("a",), ("a",))]),
        ((Code("a", "a", "meant so"), "b", "c"), {}, [("redefined", ("a",), ("a",))]),
        (("d", "b", "c"), {"a": ["d"]}, [("replaced", ("a",), ("d",))]),
        (("d", "c"), {"a": ["d"], "b": ["d"]}, [("merged", ("a", "b"), ("d",))]),
        (("a", "c"), {"b": ["a"]}, [("merged", ("a", "b"), ("a",))]),
        (("d", "e", "b", "c"), {"a": ["d", "e"]}, [("split", ("a",), ("d", "e"))]),
        (("d", "b", "c"), {"a": ["d", "b"]}, [("split", ("a",), ("d", "b"))]),
    ],
)
def test_every_kind_of_change_is_named(new, replaced, expected):
    found = diff(OLD, book("2", *new), replaced)
    assert [(c.kind, c.before, c.after) for c in found] == expected


@pytest.mark.parametrize(
    "replaced",
    [{"x": ["a"]}, {"a": ["x"]}, {"a": ["a", "b"]}],
    ids=["no origin", "no heir", "stays"],
)
def test_replacements_that_cannot_be_are_refused(replaced):
    with pytest.raises(ValueError, match="is no code|is still in"):
        diff(OLD, book("2", "a", "b", "c"), replaced)


def test_answers_are_carried_over_versions():
    history = [
        (OLD, {}),
        (book("2", "d", "b"), {"a": ["d"]}),
        (book("3", "d", "e", "f"), {"b": ["e", "f"]}),
    ]
    carry = carrier(history)
    assert carry("1", "a") == "d"
    assert carry("1", "b") is None
    assert carry("1", "c") is None
    assert carry("3", "e") == "e"
    assert judged(history, carry) == {"1": ("d",), "2": ("d",), "3": ("d", "e", "f")}


def test_what_to_look_at_again():
    changes = diff(OLD, book("2", Code("a", "a", "new"), "d", "e"), {"b": ["d", "e"]})
    assert open_again(changes, ["a"], []) == ("a",)
    assert open_again(changes, [], ["a"]) == ("a",)
    assert open_again(changes, ["b"], []) == ("d", "e")
    assert open_again(changes, [], ["b"]) is None
    assert open_again(changes, ["c"], []) == ()
    assert open_again(changes, [], []) is None
