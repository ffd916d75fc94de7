"""Codebooks as TOML: what is refused, and where the message points."""

import pytest

from themes import codebooks
from themes.errors import CodebookError

GOOD = '[[code]]\nid = "a"\nname = "A"\n'


def load(tmp_path, text):
    path = tmp_path / "book.toml"
    path.write_text(text, encoding="utf-8")
    return codebooks.load(path)


def test_one_code_is_a_codebook(tmp_path):
    book = load(tmp_path, GOOD)
    assert [code.id for code in book.codable] == ["a"]
    assert (book.id, book.version) == ("book", "1")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no codes"),
        ("code = 1\n", "has no codes"),
        ('[[code]]\nname = "A"\n', "code 1: has no id"),
        ('[[code]]\nid = "a"\n', "a: has no name"),
        (GOOD + GOOD, "'a' stands twice"),
        (GOOD + 'parent = "b"\n', "parent 'b' is not in the codebook"),
        (GOOD + 'parent = "a"\n', "circle"),
        (GOOD + "codable = false\n", "no codable code"),
        (GOOD + 'codable = "no"\n', "neither true nor false"),
        (GOOD + 'examples = "one"\n', "not a list of texts"),
        (GOOD + 'colour = "#123456"\n', "unknown key 'colour'"),
        (GOOD + 'color = "red"\n', "not #RRGGBB"),
        ('[[code]]\nid = "A code"\nname = "A"\n', "not a slug"),
        ('titel = "x"\n' + GOOD, "unknown key 'titel'"),
        ("[[code]\n", "is not TOML"),
        ("id = 3\n" + GOOD, "id: is not a text"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path, text, message):
    with pytest.raises(CodebookError, match=r"book\.toml.*" + message):
        load(tmp_path, text)


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "book.toml"
    path.write_bytes((GOOD + '# caf\xe9"').encode("latin-1"))
    with pytest.raises(CodebookError, match="not UTF-8"):
        codebooks.load(path)


def test_an_unknown_name_lists_the_shipped_ones():
    with pytest.raises(CodebookError, match="help-seeking"):
        codebooks.load("help-seekin")


def test_the_shipped_codebook_has_both_families_whole():
    book = codebooks.load("help-seeking")
    assert [len(book.children(top)) for top in ("aspect", "force", "barrier", "coping")] == [
        4, 3, 4, 5
    ]  # fmt: skip
    for code in book.codable:
        assert code.definition
        assert len(code.examples) >= 4
        assert code.color


def test_the_fingerprint_changes_with_any_word(tmp_path):
    one = codebooks.fingerprint(load(tmp_path, GOOD))
    other = codebooks.fingerprint(load(tmp_path, GOOD + 'definition = "more"\n'))
    assert one != other
