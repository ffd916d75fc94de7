"""The key on disk: what goes in comes out, and whatever is wrong with it is one line."""

import errno
import json
import os
import stat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from themes import keyfile
from themes.errors import ExportError, KeyFileError
from themes.keyfile import create_key, open_key, refuse_near
from themes.records import Entity, Key, NameDecision, Person, Piece, Place, Restoration, Span

PASSPHRASE = "wet paper lantern seven"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Deriving takes half a second at the real cost; the header carries whatever it was."""
    monkeypatch.setattr(keyfile, "COST", 2**4)


def full(key: Key) -> Key:
    return Key(
        key.id,
        key.secret,
        (Person("Femke Bakker", ("Fem",), "supervisor"),),
        (Place("Oosterveld", "town in the east"),),
        (Entity("person", 1, (("femke", "bakker"),), ("Femke Bakker",), "supervisor", "nl",
                {"roles": "[supervisor 1]"}), Entity("person", 2)),
        (NameDecision(1, ("femke",), "person", "replace", "person"),
         NameDecision(2, ("foley",), "", "keep", reason="eponym", by="KB", at="2026-01-02")),
        (Restoration("t1", "0" * 64, "femke-1", "Femke 1.docx", "1" * 64, "P01",
                     (Piece(Span(3, 13), "Femke", "PERSON-1"), Piece(Span(20, 30), None, "PERSON-2"))),),
    )  # fmt: skip


def made(path):
    file = create_key(path, PASSPHRASE)
    file.save(full(file.key))
    return file


def test_what_was_saved_comes_back(tmp_path):
    file = made(tmp_path / "a.key")
    assert open_key(tmp_path / "a.key", PASSPHRASE).key == file.key


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(names, max_size=5))
def test_any_text_comes_back(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("k") / "a.key"
    file = create_key(path, PASSPHRASE)
    file.save(
        Key(
            file.key.id,
            file.key.secret,
            entities=tuple(Entity("person", n, ((t,),), (t,)) for n, t in enumerate(texts, 1)),
        )
    )
    assert open_key(path, PASSPHRASE).key == file.key


def test_nothing_of_it_can_be_read_and_only_by_its_owner(tmp_path):
    made(tmp_path / "a.key")
    data = (tmp_path / "a.key").read_bytes()
    for word in (b"Femke", b"Bakker", b"Oosterveld", b"supervisor", b"foley"):
        assert word not in data
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "a.key").stat().st_mode) == 0o600


def test_two_saves_never_share_a_nonce(tmp_path):
    file = made(tmp_path / "a.key")
    first = (tmp_path / "a.key").read_bytes()
    file.save(file.key)
    second = (tmp_path / "a.key").read_bytes()
    nonce = [json.loads(data.split(b"\n")[1])["nonce"] for data in (first, second)]
    assert nonce[0] != nonce[1]


@pytest.mark.parametrize("wrong", ["wet paper lantern eight", "", "Wet paper lantern seven"])
def test_a_wrong_passphrase_is_one_line(tmp_path, wrong):
    made(tmp_path / "a.key")
    with pytest.raises(KeyFileError, match="the passphrase is not its own") as caught:
        open_key(tmp_path / "a.key", wrong)
    assert "\n" not in str(caught.value)


def test_every_changed_byte_is_noticed(tmp_path):
    made(tmp_path / "a.key")
    data = (tmp_path / "a.key").read_bytes()
    for at in [*range(0, data.index(b"\n", 12), 7), *range(data.index(b"\n", 12), len(data), 41)]:
        (tmp_path / "b.key").write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with pytest.raises(KeyFileError):
            open_key(tmp_path / "b.key", PASSPHRASE)


@pytest.mark.parametrize(
    "data", [b"", b"themes key\n", b"PK\3\4", b"themes key\n{}\nxx", b"themes key\n[1]\nxx"]
)
def test_what_is_no_key_is_said(tmp_path, data):
    (tmp_path / "a.key").write_bytes(data)
    with pytest.raises(KeyFileError, match="is no key that themes made"):
        open_key(tmp_path / "a.key", PASSPHRASE)


def test_a_forged_header_cannot_ask_for_all_memory(tmp_path):
    made(tmp_path / "a.key")
    magic, head, body = (tmp_path / "a.key").read_bytes().split(b"\n", 2)
    forged = json.dumps(json.loads(head) | {"n": 2**40}).encode()
    (tmp_path / "a.key").write_bytes(b"\n".join([magic, forged, body]))
    with pytest.raises(KeyFileError, match="is no key"):
        open_key(tmp_path / "a.key", PASSPHRASE)


def test_a_newer_version_is_said(tmp_path):
    made(tmp_path / "a.key")
    data = (tmp_path / "a.key").read_bytes().replace(b'"version": 1', b'"version": 2', 1)
    (tmp_path / "a.key").write_bytes(data)
    with pytest.raises(KeyFileError, match="version 2; use a newer themes"):
        open_key(tmp_path / "a.key", PASSPHRASE)


def test_a_key_that_is_missing_or_exists_is_said(tmp_path):
    with pytest.raises(KeyFileError, match="does not exist"):
        open_key(tmp_path / "a.key", PASSPHRASE)
    made(tmp_path / "a.key")
    with pytest.raises(KeyFileError, match="exists"):
        create_key(tmp_path / "a.key", PASSPHRASE)


def test_a_short_passphrase_is_refused(tmp_path):
    with pytest.raises(KeyFileError, match="12 are needed"):
        create_key(tmp_path / "a.key", "secret")


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(tmp_path):
    made(tmp_path / "a.key")
    one, two = (open_key(tmp_path / "a.key", PASSPHRASE) for _ in range(2))
    one.save(one.key)
    with pytest.raises(KeyFileError, match="was changed by somebody else"):
        two.save(two.key)
    one.save(one.key)


def test_a_full_disk_leaves_the_old_key_whole(tmp_path, monkeypatch):
    file = made(tmp_path / "a.key")
    before = (tmp_path / "a.key").read_bytes()

    def full_disk(_handle):
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(ExportError, match="the disk is full"):
        file.save(Key(file.key.id, file.key.secret))
    assert (tmp_path / "a.key").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.key"]


def test_a_key_in_or_beside_an_output_is_refused(tmp_path):
    out = tmp_path / "study" / "output"
    out.mkdir(parents=True)
    for place in (out / "a.key", out / "deep" / "a.key", tmp_path / "study" / "a.key"):
        with pytest.raises(KeyFileError, match=r"lies (?:inside|beside) the output"):
            refuse_near(place, out)
    refuse_near(tmp_path / "keys" / "a.key", out)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "run.json").write_text("{}")
    with pytest.raises(KeyFileError, match="inside a study or an earlier output"):
        refuse_near(tmp_path / "elsewhere" / "sub" / "a.key", out)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_link_does_not_hide_where_the_key_lies(tmp_path):
    out = tmp_path / "study" / "output"
    out.mkdir(parents=True)
    (tmp_path / "link").symlink_to(out)
    with pytest.raises(KeyFileError, match="inside the output"):
        refuse_near(tmp_path / "link" / "a.key", out)
