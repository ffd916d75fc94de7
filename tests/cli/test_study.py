"""A study from init to export, by the commands that people type."""

import csv
import io
import re
import shutil
import sqlite3

import pytest

import coded_studies
from cli.conftest import CORPORA, TINY
from coded_studies import request_id
from themes.database.connect import connect
from themes.review.act import Request, record, seen_of
from themes.review.desk import Desks
from themes.snapshot import read_snapshot


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A study of two tiny interviews with suggestions, two coders and an owner."""
    from themes.cli import app

    study = tmp_path_factory.mktemp("begun") / "study"
    for words in (
        ("init", study),
        ("add", study, TINY),
        ("suggest", study),
        ("coder", "add", study, "anna"),
        ("coder", "add", study, "Ben"),
        ("coder", "add", study, "olga", "--role", "owner"),
    ):
        app([str(word) for word in words], standalone_mode=False)
    return study


@pytest.fixture
def study(begun, tmp_path):
    """A copy of that study, to be changed."""
    return shutil.copytree(begun, tmp_path / "study")


def snapshot(study):
    database = connect(study / "study.sqlite")
    with database.read() as connection:
        found = read_snapshot(connection)
    database.close()
    return found


def code(study, name: str, answers: list[tuple[str, ...]]) -> None:
    """Let a coder give these codes to their first turns, and nothing to the others."""
    database = connect(study / "study.sqlite")
    desks = Desks(database, study, 1)
    with database.read() as connection:
        coder = next(c for c in read_snapshot(connection).coders if c.name == name)

    def act(what, code_id=""):
        with database.read() as connection:
            desk = desks.desk(connection, coder)
            a = desk.next()
        record(desks, coder, Request(request_id(), a.id, what, code_id, seen=seen_of(desk, a.id)))

    for given in answers:
        for code_id in given:
            act("add", code_id)
        act("none")
    database.close()


def test_a_study_from_files_to_tables(themes, study, tmp_path):
    assert themes("assign", study, "--blind", 0).out == "anna: 5 new turns\nBen: 5 new turns\n"
    assert "anna: 0 new turns" in themes("assign", study, "--blind", 0).out
    status = themes("status", study).out
    assert "2 transcripts, 5 answers" in status
    assert "anna (coder): 0 of 5 turns locked" in status
    code(study, "anna", [("barrier.cost",), (), ("coping.delay",), (), ()])
    code(study, "Ben", [(), (), (), (), ()])
    assert "anna (coder): 5 of 5 turns locked" in themes("status", study).out
    assert "adjudication: 2 of 2 turns open" in themes("status", study).out
    out = tmp_path / "tables"
    done = themes("export", study, "--out", out)
    assert done.code == 0, done.err
    codings = rows(out / "codings.csv")
    assert len(codings) == 2 * 5 * 16
    assert sum(int(row["value"]) for row in codings) == 2
    assert {row["coder"] for row in codings} == {"anna", "Ben"}
    assert {row["how"] for row in rows(out / "results.csv")} == {"agreed", "open"}
    assert len(rows(out / "decisions.csv")) == 12
    trail = rows(out / "trail.csv")
    assert [row["what"] for row in trail][:3] == ["init", "add", "suggest"]
    assert {"assign", "none", "coder added"} <= {row["what"] for row in trail}
    assert {row["who"] for row in trail} == {"", "anna", "Ben"}
    text = "".join(path.read_text(encoding="utf-8-sig") for path in out.iterdir())
    assert not any(s.text in text for s in snapshot(study).materials.segments if len(s.text) > 20)
    refused = themes("export", study, "--out", out)
    assert refused.code == 1
    assert "earlier run" in refused.err


def test_a_study_is_audited_as_it_lies(themes, study, tmp_path):
    nothing = themes("audit", study, "--out", tmp_path / "none")
    assert nothing.code == 1
    assert "holds no locked answer" in nothing.err
    themes("assign", study, "--blind", 100)
    code(study, "anna", [("barrier.cost",), (), ("coping.delay",), (), ()])
    code(study, "Ben", [("barrier.cost",), (), (), (), ()])
    done = themes("audit", study, "--out", tmp_path / "audit")
    assert done.code == 0, done.err
    assert "2 coders" in done.out
    (pair,) = (
        row
        for row in rows(tmp_path / "audit" / "tables" / "pairs.csv")
        if "model" not in "".join(row.values())
    )
    assert {"anna", "Ben"} <= set(pair.values())


def test_with_a_key_people_keep_their_pseudonyms_in_what_comes_later(themes, tmp_path, monkeypatch):
    monkeypatch.setenv("THEMES_PASSPHRASE", "a passphrase of some length")
    (tmp_path / "keys").mkdir()
    key, study = tmp_path / "keys" / "study.key", tmp_path / "study"
    for name, answer in (("one", "I rang Femke Jansen."), ("two", "Then Femke Jansen came.")):
        (tmp_path / f"{name}.txt").write_text(f"I: Who?\n\nR: {answer}\n\nI: And?\n\nR: No.\n")
    assert themes("init", study).code == 0
    for name in ("one", "two"):
        done = themes("add", study, tmp_path / f"{name}.txt", "--key", key)
        assert done.code == 0, done.err
        assert "another number" not in done.err
    marks = [
        re.findall(r"PERSON-\d+", t.text) for t in snapshot(study).materials.transcripts.values()
    ]
    assert marks == [["PERSON-1"], ["PERSON-1"]]
    inside = themes("add", study, tmp_path / "one.txt", "--key", study / "study.key")
    assert inside.code == 1


def test_adding_twice_changes_nothing(themes, study):
    before = snapshot(study).materials
    assert themes("add", study, TINY).code == 0
    after = snapshot(study).materials
    assert after.segments == before.segments
    assert dict(after.transcripts) == dict(before.transcripts)


def test_adding_more_keeps_what_is_there(themes, study, tmp_path):
    before = snapshot(study).materials
    (tmp_path / "tiny-en.txt").write_text("I: Who?\n\nR: Femke Jansen left me alone there.\n")
    assert themes("add", study, tmp_path / "tiny-en.txt").code == 0
    after = snapshot(study).materials
    assert after.segments[: len(before.segments)] == before.segments
    (fresh,) = set(after.transcripts) - set(before.transcripts)
    assert fresh.startswith("tiny-en-")
    assert "Femke" not in after.transcripts[fresh].text
    used = set(re.findall(r"PERSON-\d+", "".join(t.text for t in before.transcripts.values())))
    assert not used & set(re.findall(r"PERSON-\d+", after.transcripts[fresh].text))


def test_the_original_text_is_nowhere_in_the_study(begun):
    names = ("Wexford",)
    for path in begun.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(name.encode() in content for name in names), path


def test_passwords_from_a_pipe(themes, study, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("long enough, this\n"))
    assert themes("coder", "password", study, "ANNA").code == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert "fewer than 10" in themes("coder", "password", study, "anna").err


TOML = (coded_studies.TOML).replace('version = "1"', 'version = "2"')


@pytest.fixture
def coded(tmp_path):
    made = coded_studies.make(tmp_path / "coded", n=2, n_answers=3)
    made.database.close()
    code(made.folder, "anna", [("cost",), ("delay", "cost"), ("weigh.care",), (), (), ()])
    return made.folder


def change(study, *pairs):
    text = TOML
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (study / "codebook.toml").write_text(text)


def queue(study):
    found = snapshot(study)
    return {
        a.segment_id: set(found.standings[a.id].open(()))
        for a in found.assignments
        if a.id in found.standings and found.standings[a.id].lock is None
    }


def test_redefining_a_code_queues_what_was_coded_with_it(themes, coded):
    change(coded, ("Judgement, gossip, hierarchy.", "What others may do to you for asking."))
    shown = themes("codebook", "diff", coded)
    assert shown.code == 0, shown.err
    assert "redefined cost -> cost: given 2 times (anna 2); to look at again" in shown.out
    assert "2 turns to look at again" in shown.out
    assert queue(coded) == {}
    assert "codebook.toml was edited" in themes("status", coded).out
    assert themes("codebook", "migrate", coded).code == 0
    assert list(queue(coded).values()) == [{"cost"}] * 2
    assert len(list((coded / "backups").glob("*before-codebook.sqlite"))) == 1
    code(coded, "anna", [("cost",), ("cost",)])
    assert queue(coded) == {}
    given = [c for c in snapshot(coded).codings() if c.present and c.code_id == "cost"]
    assert {c.codebook_version for c in given} == {"2"}


def test_splitting_merging_and_renaming(themes, coded):
    change(
        coded,
        (
            'id = "cost"\nname = "What asking costs"',
            'id = "gossip"\nname = "Gossip"\n[[code]]\nid = "rank"\nname = "Rank"',
        ),
        ('id = "delay"', 'id = "later"'),
    )
    done = themes(
        "codebook", "migrate", coded, "--replace", "cost=gossip,rank", "--replace", "delay=later"
    )
    assert done.code == 0, done.err
    assert "split     cost -> gossip, rank: given 2 times (anna 2); to look at again" in done.out
    assert "replaced  delay -> later: given 1 times (anna 1)" in done.out
    assert list(queue(coded).values()) == [{"gossip", "rank"}] * 2
    code(coded, "anna", [("rank",), ()])
    found = snapshot(coded)
    assert {c.code_id for c in found.codings() if c.present} == {"rank", "later", "weigh.care"}
    raw = {d.code_id for d in found.decisions if d.codebook_version == "1" and d.code_id}
    assert raw == {"cost", "delay", "weigh.care"}


def test_what_cannot_be_migrated_is_refused_before_anything_changes(themes, coded):
    for words, said in (
        ((), "version"),
        (("--replace", "nonsense"), "is not OLD=NEW"),
        (("--replace", "no.such=cost"), "no.such is no code of version 1"),
    ):
        if words:
            change(coded)
        done = themes("codebook", "migrate", coded, *words)
        assert done.code == 1
        assert said in done.err
    assert len(snapshot(coded).materials.versions) == 1


def test_backup_and_restore(themes, coded, tmp_path):
    kept = themes("backup", coded, "--to", tmp_path / "kept").out.strip()
    n = len(snapshot(coded).decisions)
    with sqlite3.connect(coded / "study.sqlite") as file:
        file.execute("DELETE FROM decision")
    file.close()
    assert snapshot(coded).decisions == ()
    done = themes("restore", coded, kept)
    assert done.code == 0, done.err
    assert len(snapshot(coded).decisions) == n


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("status", "{missing}"), "is no study; make one with: themes init"),
        (("init", "{study}"), "is there already"),
        (("coder", "add", "{study}", "ANNA"), "is there already"),
        (("coder", "add", "{study}", "<b>"), "cannot be a coder's name"),
        (("coder", "password", "{study}", "nobody"), "has no coder nobody"),
        (("assign", "{study}", "--to", "nobody"), "has no coder nobody"),
        (("assign", "{study}", "--interview", "p99"), "has no transcript p99"),
        (("assign", "{study}", "--blind", "120"), "blind must be in 0 to 100 percent"),
        (("review", "{study}"), "has several coders (anna, Ben, olga); say which"),
        (("review", "{study}", "--coder", "nobody"), "has no coder nobody"),
        (("review", "{study}", "--host", "0.0.0.0"), "cross the network unprotected"),
        (("review", "{study}", "--host", "127.0.0.1"), "nobody has a password"),
        (("review", "{study}", "--certificate", "x.pem"), "belong together"),
        (("adjudicate", "{study}", "--coder", "anna"), "has no adjudicator anna"),
        (("restore", "{study}", "{missing}"), "is not there"),
        (("init", "{missing}", "--database", "mysql://x"), "no postgresql://"),
        (("add", "{study}", "{missing}"), "no transcript could be read"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(themes, study, tmp_path, words, said):
    places = {"study": study, "missing": tmp_path / "missing"}
    done = themes(*(word.format(**places) for word in words))
    assert done.code == 1
    assert said in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "x"\nunits = "turn"\n', "units: is not known"),
        ('name = "x"\nseed = "1"\n', "seed: has the wrong type"),
        ("name = \n", "is not TOML"),
        ("seed = 1\n", "name: is missing"),
    ],
)
def test_wrong_settings_are_named(themes, study, text, said):
    (study / "study.toml").write_text(text)
    assert said in themes("status", study).err


def test_a_failed_init_leaves_nothing_that_looks_like_a_study(themes, tmp_path):
    themes("init", tmp_path / "new", "--database", "postgresql://nobody@127.0.0.1:9/none")
    assert not (tmp_path / "new" / "study.toml").exists()
    assert (CORPORA / "tiny").is_dir()
