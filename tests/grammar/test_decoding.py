"""Bytes to text: every encoding met in real files, and what is no text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themes.errors import ReadError
from themes.grammar.decoding import decode

DUTCH = "I: Hoe was ’t in één café?\r\nR: “Prima”, zei zij – coördinatie, naïef, €5."
FRENCH = "I: Ça va, où étiez-vous ? R: À l’hôpital, très fatiguée, là-bas. Déjà reçu."
GERMAN = "I: Schöne Grüße, heiß? R: Übermäßig, „ja“, für Ärzte."
CHINESE = "采访者：你好吗？\n受访者：我很好，谢谢你。我们今天谈什么？"


@pytest.mark.parametrize("text", [DUTCH, FRENCH, GERMAN, CHINESE], ids="nl fr de zh".split())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_exact(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), "a.txt")
    assert decoded.text == text
    assert bool(decoded.notes) == (not encoding.startswith("utf-8"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(encoding: str) -> None:
    decoded = decode(DUTCH.encode(encoding), "a.txt")
    assert (decoded.text, decoded.encoding) == (DUTCH, encoding)


@pytest.mark.parametrize("text", [DUTCH, FRENCH, GERMAN], ids="nl fr de".split())
@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman"])
def test_old_western_encodings(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), "a.txt")
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert decoded.notes == (f"The file is not UTF-8; it was read as {encoding}.",)


def test_one_accent_is_enough_for_windows() -> None:
    assert decode("R: één".encode("cp1252"), "a.txt").text == "R: één"
    assert decode("don’t".encode("cp1252"), "a.txt").text == "don’t"


def test_chinese_without_unicode() -> None:
    decoded = decode(CHINESE.encode("gb2312"), "a.srt")
    assert (decoded.text, decoded.encoding) == (CHINESE, "gb18030")


def test_zero_width_characters_are_kept() -> None:
    text = "I:\u200b So\u00ad?\u2028R: y\u0301es"
    assert decode(text.encode(), "a.txt").text == text


def test_mojibake_is_noted_and_kept() -> None:
    decoded = decode("I donâ€™t know, cafÃ©".encode(), "a.txt")
    assert decoded.text == "I donâ€™t know, cafÃ©"
    assert decoded.notes[0].endswith(": 2.")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"version https://git-lfs.github.com/spec/v1\noid", "is a Git LFS pointer"),
        (bytes(range(256)) * 8, "holds binary data"),
        (b"I: hello\x00\x01\x02\x03 there" * 9, "holds binary data"),
        (b"\x01\x02\x03\x04 text" * 9, "holds binary data"),
    ],
)
def test_what_is_no_text(data: bytes, what: str) -> None:
    with pytest.raises(ReadError, match=what):
        decode(data, "folder/a.txt")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_read_error(data: bytes) -> None:
    try:
        decode(data, "a.txt").text.encode("utf-8")
    except ReadError as error:
        assert str(error).startswith("a.txt: ")  # noqa: PT017 - either outcome is right


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1).filter(str.strip))
def test_utf8_text_comes_back(text: str) -> None:
    data = text.encode()
    try:
        decoded = decode(data, "a.txt")
    except ReadError:
        assert any(char < " " for char in text) or not data.strip()
    else:
        assert decoded.text == text.removeprefix("\ufeff")
