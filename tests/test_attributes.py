"""The attributes table: how rows meet transcripts, and what is refused."""

import pytest

from themes import attributes
from themes.errors import InputError


def load(tmp_path, text):
    path = tmp_path / "attributes.csv"
    path.write_bytes(text.encode("utf-8-sig"))
    return attributes.load(path)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_of_every_country(tmp_path, delimiter):
    table = load(
        tmp_path,
        delimiter.join(["transcript", "gender", "year"])
        + "\r\n"
        + delimiter.join(["Interview 1.docx", "vrouw", ""])
        + "\r\n",
    )
    assert dict(table["interview 1"]) == {"gender": "vrouw"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", 'no first column "transcript"'),
        ("id,gender\na,b\n", 'no first column "transcript"'),
        ("transcript,E-mail\na,b\n", "identifies people"),
        ("transcript,a,a\nx,1,2\n", "doubled"),
        ("transcript,a\nx,1,2\n", "line 2: has 3 cells"),
        ("transcript,a\nx.docx,1\nX.txt,2\n", "line 3: names no transcript, or one that stands"),
        ("transcript,a\n\n", "has no rows"),
    ],
)
def test_what_is_refused(tmp_path, text, message):
    with pytest.raises(InputError, match=message):
        load(tmp_path, text)


@pytest.mark.parametrize(
    ("name", "stem"),
    [("P1.docx", "p1"), ("C:\\data\\P1.docx", "p1"), ("v1.2 final", "v1.2 final"), (".x", ".x")],
)
def test_a_row_names_a_file_with_or_without_its_suffix(name, stem):
    assert attributes.stem(name) == stem
