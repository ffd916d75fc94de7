"""Names from the command line: the key, decisions, the way back, leaks, and bad input."""

import errno
import json
import os

import pytest

from cli.test_errors import one_line
from themes import keyfile
from themes.atomic import write_file
from themes.keyfile import open_key

PASSPHRASE = "wet paper lantern seven"
TALK = (
    "Femke Bakker: Who did you call, and why was that?\n\n"
    "R: I asked Dr. Okafor in Rotterdam on 3 May 2021. Zorblaxx helped, he is 34 years old.\n\n"
    "Femke Bakker: And then, what did you do?\n\nR: Okafor rang femke.bakker@example.org.\n"
)


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(keyfile, "COST", 2**4)
    monkeypatch.setenv("THEMES_PASSPHRASE", PASSPHRASE)
    for name in ("in", "keys", "study"):
        (tmp_path / name).mkdir()
    (tmp_path / "in" / "femke-1.txt").write_text(TALK, encoding="utf-8")
    return tmp_path


@pytest.fixture
def anonymize(themes, place):
    def call(*more, out="out", key="a.key", **_):
        return themes("anonymize", place / "in", "--out", place / "study" / out,
                      "--key", place / "keys" / key, *more)  # fmt: skip

    return call


@pytest.fixture
def answers(monkeypatch):
    """What a person types in a review: one line a question."""
    import io
    import sys

    def give(*lines):
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return give


def key_in(place, name="a.key"):
    return open_key(place / "keys" / name, PASSPHRASE).key


def text_in(place, out="out"):
    (path,) = (place / "study" / out / "anonymized").iterdir()
    return path.read_text(encoding="utf-8")


def log_in(place, out="out"):
    lines = (place / "study" / out / "audit.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_with_a_key_there_is_a_log_and_a_page_and_nothing_of_anybody(anonymize, place):
    done = anonymize()
    assert done.code == 0, done.err
    out = place / "study" / "out"
    assert {path.name for path in out.iterdir()} == {
        "anonymized", "mentions.csv", "run.json", "audit.jsonl", "anonymization.html",
    }  # fmt: skip
    everything = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    for word in (b"emke", b"akker", b"kafor", b"otterdam", b"example.org"):
        assert word not in everything
    assert json.loads((out / "run.json").read_text())["key"] == key_in(place).id
    page = (out / "anonymization.html").read_text(encoding="utf-8")
    assert "pseudonymised" in page
    assert "Nothing that the key knows still stands" in page


def test_what_nobody_decided_about_is_said(anonymize, place):
    (place / "in" / "more.txt").write_text("I: Who?\n\nR: It took 365 of them, I was told.\n")
    done = anonymize()
    assert "1 words, numbers and passages stay readable" in done.err
    page = (place / "study/out/anonymization.html").read_text(encoding="utf-8")
    assert "1 item was left as it stands" in page


def test_the_way_back_is_the_same_to_the_byte(anonymize, themes, place):
    assert anonymize("--profile", "natural").code == 0
    back = themes("reidentify", place / "study" / "out", "--key", place / "keys" / "a.key",
                  "--out", place / "back")  # fmt: skip
    assert back.code == 0, back.err
    assert "1 to the byte" in back.out
    assert (place / "back" / "femke-1.txt").read_text(encoding="utf-8") == TALK


def test_a_later_transcript_meets_the_same_people(anonymize, themes, place):
    assert anonymize().code == 0
    first = text_in(place)
    (place / "in" / "later.txt").write_text("I: Who?\n\nR: It was Okafor, then Sanne.\n")
    assert anonymize(out="two").code == 0
    texts = {p.name: p.read_text() for p in (place / "study/two/anonymized").iterdir()}
    assert first in texts.values()
    number = first.split("Dr. ")[1].split(" ")[0]
    assert f"It was {number}" in texts["later.txt"]


def test_decisions_are_made_once_and_kept_at_once(anonymize, place, answers):
    answers(*["q"])
    stopped = anonymize("--review", "--by", "KB")
    assert stopped.code == 0
    assert not (place / "study" / "out").exists()
    answers("f", "zorblaxx", "p", "q")
    assert anonymize("--review", "--by", "KB").code == 0
    (made,) = key_in(place).decisions
    assert (made.words, made.act, made.category, made.by) == (
        ("zorblaxx",),
        "replace",
        "person",
        "KB",
    )
    assert made.at
    assert anonymize().code == 0
    assert "Zorblaxx" not in text_in(place)
    assert [row["by"] for row in log_in(place) if row.get("by")] == ["KB"]


def test_keep_needs_a_reason_and_back_takes_it_again(anonymize, place, answers):
    answers("f", "rotterdam", "k", "0", "", "f", "rotterdam", "k", "0", "a large town", "q")
    assert anonymize("--review").code == 0
    (kept,) = key_in(place).decisions
    assert kept.reason == "a large town"
    assert anonymize(out="kept").code == 0
    assert "Rotterdam" in text_in(place, "kept")
    answers("b", "l", "q")
    assert anonymize("--review").code == 0
    assert [d.act for d in key_in(place).decisions] == ["keep", "replace"]
    assert anonymize(out="again").code == 0
    assert "Rotterdam" not in text_in(place, "again")


def test_a_role_that_was_given_stands_in_the_text(anonymize, place, answers):
    answers("f", "okafor", "r", "supervisor", "q")
    anonymize("--review")
    assert anonymize("--profile", "roles").code == 0
    assert "Dr. [supervisor]" in text_in(place)
    assert "[spring 2021]" in text_in(place)
    assert "[30-39]" in text_in(place)


def test_everything_can_be_accepted_to_the_end(anonymize, place, answers):
    answers(*["w" if n < 3 else "a" for n in range(60)], *[""] * 5)
    done = anonymize("--review")
    assert done.code == 0
    assert "Nothing is left to decide" in done.out
    assert "nobody decided" not in done.err


def test_a_crash_between_two_decisions_loses_none(anonymize, place, answers, monkeypatch):
    save, count = keyfile.KeyFile.save, iter(range(100))

    def crash(self, key):
        if next(count) == 4:
            raise KeyboardInterrupt
        save(self, key)

    monkeypatch.setattr(keyfile.KeyFile, "save", crash)
    answers(*["u"] * 30)
    anonymize("--review")
    assert len(key_in(place).decisions) == 3  # the first save is the roster
    assert not (place / "study" / "out").exists()


def test_the_roster_gives_roles_and_other_spellings(anonymize, place):
    people = place / "people.csv"
    people.write_text(
        "name;nicknames;role\nPieter Okafor;Pluis|Zorblaxx;supervisor\n", encoding="utf-8"
    )
    assert anonymize("--people", people, "--profile", "roles").code == 0
    assert "Dr. [supervisor] in" in text_in(place)
    assert "[supervisor] helped" in text_in(place)
    assert anonymize("--profile", "roles", out="later").code == 0  # the key remembers
    assert text_in(place, "later") == text_in(place)


@pytest.mark.parametrize(
    ("table", "line", "what"),
    [
        ("name,phone\nA,1\n", 1, "other columns"),
        ("name,role\nZoltara\n", 2, "1 cells"),
        ("name,kind\nZoltara,cat\n", 2, "unknown kind"),
        ("name\nZoltara\nzoltara\n", 3, "stands above"),
        ("name\n...\n", 2, "no letter"),
        ("name,nicknames,kind\nZoltara,Zol,place\n", 2, "nicknames to a place"),
    ],
)
def test_a_roster_that_does_not_fit_is_one_line_without_names(anonymize, place, table, line, what):
    (place / "people.csv").write_text(table, encoding="utf-8")
    said = one_line(anonymize("--people", place / "people.csv"))
    assert f"line {line}" in said
    assert what in said
    assert "oltara" not in said


def leaking(place):
    """A word that is a name once it is known, and stands where no recognizer looks."""
    (place / "people.csv").write_text("name\nWaarom Vloedlijn\n", encoding="utf-8")
    (place / "in" / "femke-1.txt").write_text(
        TALK.replace("Zorblaxx helped", "it was vloed-\nlijn and Vl o e d l ij n"), encoding="utf-8"
    )
    return place / "people.csv"


def test_a_leak_stops_everything_and_a_reason_lets_it_pass(anonymize, place):
    people = leaking(place)
    stopped = anonymize("--people", people)
    assert "things that the key knows" in one_line(stopped)
    assert "vloed" not in one_line(stopped)
    assert ", split)" in stopped.err
    assert list((place / "study").iterdir()) == []
    passed = anonymize("--people", people, "--allow-leaks", "part of a word")
    assert passed.code == 0, passed.err
    assert {r["allowed_because"] for r in log_in(place) if r["kind"] == "leak"} == {
        "part of a word"
    }
    assert "part of a word" in (place / "study/out/anonymization.html").read_text(encoding="utf-8")


def test_a_reason_may_not_name_anybody(anonymize, place):
    people = leaking(place)
    line = one_line(anonymize("--people", people, "--allow-leaks", "Okafor said so"))
    assert "name in the log" in line
    assert list((place / "study").iterdir()) == []


def test_check_leaks_searches_anything(anonymize, themes, place):
    assert anonymize().code == 0
    key = place / "keys" / "a.key"
    assert themes("check-leaks", place / "study", "--key", key).code == 0
    found = themes("check-leaks", place / "in", place / "keys", "--key", key)
    assert found.code == 1
    assert "Okafor" in found.err
    assert "does not exist" in one_line(themes("check-leaks", place / "gone", "--key", key))


def test_forget_closes_the_way_back(anonymize, themes, place):
    assert anonymize().code == 0
    key = place / "keys" / "a.key"
    done = themes("forget", "Dr. Okafor", "--key", key)
    assert done.code == 0, done.err
    assert "not anonymous" in done.out
    assert "kafor" not in repr([(e.names, e.forms) for e in key_in(place).entities])
    themes("reidentify", place / "study/out", "--key", key, "--out", place / "back")
    back = (place / "back" / "femke-1.txt").read_text(encoding="utf-8")
    assert "Femke Bakker: And then" in back
    assert "kafor" not in back
    assert "nobody is called" in one_line(themes("forget", "Nemo", "--key", key))


def test_the_key_may_not_lie_with_the_outputs(themes, place):
    for key in (place / "study" / "a.key", place / "study" / "out" / "a.key"):
        done = themes("anonymize", place / "in", "--out", place / "study" / "out", "--key", key)
        assert "a folder of its own" in one_line(done)
    assert list((place / "study").iterdir()) == []


def test_a_wrong_passphrase_and_anothers_key(anonymize, themes, place, monkeypatch):
    assert anonymize().code == 0
    assert anonymize(key="b.key", out="other").code == 0
    line = one_line(anonymize("--overwrite", key="b.key"))
    assert "is the key of another study" in line
    back = ("reidentify", place / "study/out", "--out", place / "back", "--key")
    assert "another study" in one_line(themes(*back, place / "keys/b.key"))
    monkeypatch.setenv("THEMES_PASSPHRASE", "another passphrase")
    assert "passphrase is not its own" in one_line(themes(*back, place / "keys/a.key"))
    assert not (place / "back").exists()
    monkeypatch.delenv("THEMES_PASSPHRASE")
    assert "THEMES_PASSPHRASE" in one_line(themes(*back, place / "keys/a.key"))


def test_names_are_never_put_back_into_the_folder_that_is_shared(anonymize, themes, place):
    assert anonymize().code == 0
    done = themes("reidentify", place / "study/out", "--key", place / "keys/a.key",
                  "--out", place / "study/out/back")  # fmt: skip
    assert "lies inside the pseudonymized folder" in one_line(done)


def test_a_review_without_a_key_is_refused(themes, place):
    done = themes("anonymize", place / "in", "--out", place / "study/out", "--review")
    assert "add --key" in one_line(done)


def test_a_full_disk_leaves_nothing_half_written(anonymize, place, monkeypatch):
    assert anonymize().code == 0
    before = (place / "keys" / "a.key").read_bytes()
    n = iter(range(1000))

    def full(path, data, **more):
        if str(path).endswith(".html"):
            next(n)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write_file(path, data, **more)

    monkeypatch.setattr("themes.cli._proof.write_file", full)
    done = anonymize(out="two")
    assert "the disk is full" in one_line(done)
    assert [path.name for path in (place / "study").iterdir()] == ["out"]
    assert len((place / "keys" / "a.key").read_bytes()) >= len(before) - 200
    assert key_in(place).restorations


def test_small_cells_with_a_ladder(themes, place):
    table = place / "attributes.csv"
    table.write_text(
        "transcript,participant,specialty\na,P1,neurosurgery\nb,P2,orthopaedics\nc,P2,orthopaedics\n"
    )
    ladder = place / "ladder.toml"
    ladder.write_text('[[specialty]]\nsurgical = ["neurosurgery", "orthopaedics"]\n')
    done = themes("small-cells", table, "--k", 2, "--ladder", ladder)
    assert done.code == 0
    assert "2 of 2 participants" in done.out
    assert "specialty: step 1 of its ladder" in done.out
    assert "   2  surgical" in done.out
    ladder.write_text("specialty = 3\n")
    assert "is no list of steps" in one_line(themes("small-cells", table, "--ladder", ladder))


def test_run_takes_a_key_and_searches_every_output(themes, place):
    done = themes("run", place / "in", "--out", place / "study/out", "--key", place / "keys/a.key")
    assert done.code == 0, done.err
    names = {path.name for path in (place / "study/out").iterdir()}
    assert {"audit.jsonl", "anonymization.html", "project.qdpx"} <= names
