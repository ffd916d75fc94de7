"""What every reader promises, asked of each member of the family.

`tests/examples/readers/<member>/interview.<suffix>` is a small invented interview and
`expected.json` beside it says what a person reads in it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from themes import registry
from themes.errors import ReadError
from themes.readers._sniff import sniff
from themes.records import Transcript

EXAMPLES = Path(__file__).parents[1] / "examples" / "readers"
MEMBERS = registry.names("readers")
_LABEL = re.compile(r"(?:^|\n\n)[^\n:]{1,60}: ")


def example(member: str) -> Path:
    (path,) = (EXAMPLES / member).glob("interview.*")
    return path


def read(member: str, path: Path) -> tuple[Transcript, ...]:
    return registry.load("readers", member)().read(path)


@pytest.mark.parametrize("member", MEMBERS)
def test_reads_its_example(member: str) -> None:
    expected = json.loads((EXAMPLES / member / "expected.json").read_text("utf-8"))
    (transcript,) = read(member, example(member))
    turns = [[t.speaker, transcript.speech(t), t.start_s, t.end_s] for t in transcript.turns]
    assert turns == expected["turns"]
    assert list(transcript.speakers) == expected["speakers"]
    assert [turn.role for turn in transcript.turns] == expected["roles"]
    assert transcript.id == "interview"
    assert transcript.language == "en"


@pytest.mark.parametrize("member", MEMBERS)
def test_reads_the_same_twice(member: str) -> None:
    path = example(member)
    first, second = read(member, path), read(member, path)
    assert first == second
    assert [t.text for t in first] == [t.text for t in second]


@pytest.mark.parametrize("member", MEMBERS)
def test_turns_cover_the_speech(member: str) -> None:
    """What is left of the text without the turns is labels and empty lines."""
    (transcript,) = read(member, example(member))
    assert "\r" not in transcript.text
    rest, end = [], 0
    for turn in transcript.turns:
        rest.append(transcript.text[end : turn.span.start])
        end = turn.span.end
    assert all(_LABEL.fullmatch(piece) for piece in rest)
    assert end == len(transcript.text)


@pytest.mark.parametrize("member", MEMBERS)
def test_says_where_it_comes_from(member: str) -> None:
    path = example(member)
    (transcript,) = read(member, path)
    assert transcript.source is not None
    assert transcript.source.name == path.name
    assert transcript.source.reader == member
    assert re.fullmatch(r"[0-9a-f]{64}", transcript.source.sha256)
    notes = " ".join(transcript.source.notes)
    assert "sister" not in notes
    assert "ashamed" not in notes


@pytest.mark.parametrize("member", MEMBERS)
def test_sniffed_by_content_and_suffix(member: str) -> None:
    assert sniff(example(member)) == member
    reader = registry.load("readers", member)
    assert example(member).suffix.lower() in reader.suffixes
    assert all(re.fullmatch(r"\.[a-z0-9]+", suffix) for suffix in reader.suffixes)


@pytest.mark.parametrize("member", MEMBERS)
def test_says_in_one_line_what_it_reads(member: str) -> None:
    first = (registry.load("readers", member).__doc__ or "").split("\n")[0]
    assert 10 < len(first) < 110
    assert first.endswith(".")


@pytest.mark.parametrize("member", MEMBERS)
@pytest.mark.parametrize(
    "damage", ["empty", "white", "binary", "pointer"], ids=["empty", "white", "binary", "pointer"]
)
def test_a_broken_file_is_a_read_error(member: str, damage: str, tmp_path: Path) -> None:
    broken = {
        "empty": b"",
        "white": b" \r\n\r\n ",
        "binary": bytes(range(256)) * 40,
        "pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n",
    }
    path = tmp_path / f"broken{example(member).suffix}"
    path.write_bytes(broken[damage])
    with pytest.raises(ReadError) as caught:
        read(member, path)
    assert str(caught.value).startswith(path.name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("member", MEMBERS)
def test_a_file_that_breaks_off_never_fails_otherwise(member: str, tmp_path: Path) -> None:
    """Cut anywhere, a file is read as far as it goes or refused; nothing else happens."""
    data = example(member).read_bytes()
    path = tmp_path / example(member).name
    for share in (0.05, 0.2, 0.4, 0.6, 0.8, 0.95):
        path.write_bytes(data[: int(share * len(data))])
        try:
            found = read(member, path)
        except ReadError:
            continue
        else:
            assert all(transcript.turns for transcript in found)
