"""What is written comes back, on both kinds of database; what cannot be opened says why."""

import sqlite3
import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

import coded_studies
from coded_studies import BOOK, request_id
from themes.database import corpus, log, migrations, team
from themes.database.backup import backup, check, restore
from themes.database.connect import connect, create, now
from themes.errors import StudyError
from themes.records import Adjudication, Decision, Memo, Span
from themes.review.act import Request, record, seen_of
from themes.review.desk import Desks
from themes.stages.assign import Plan


@pytest.fixture
def made(tmp_path, place):
    study = coded_studies.make(tmp_path / "study", place=place, plan=Plan(blind=20))
    yield study
    study.database.close()


def decision(number: int = 1, **more) -> Decision:
    fields = {
        "request_id": request_id(),
        "assignment_id": number,
        "act": "add",
        "code_id": "cost",
        "span": Span(3, 9),
        "shown": True,
        "batch": "b",
        "model": "m",
        "score": 0.25,
        "codebook_version": "1",
        "seconds": 1.5,
        "at": now(),
    }
    return Decision(0, **(fields | more))


def test_everything_comes_back_as_it_went_in(made):
    database = made.database
    with database.read() as connection:
        transcripts = corpus.transcripts(connection)
        assert transcripts == coded_studies.interviews(2, 5)
        segments = corpus.segments(connection, transcripts)
        assert [s for s in segments if s.role == "respondent"] == list(made.segments)
        assert corpus.codebook_versions(connection)[0].book == BOOK
        run = corpus.latest_run(connection)
        assert {s.id for s in corpus.suggestions(connection, run)} == {
            s.id for s in coded_studies.suggestions(made.segments)
        }
        assert [c.name for c in team.coders(connection)] == ["anna", "ben", "olga"]
        assert team.find_coder(connection, "ANNA").id == 1
        assert len(team.assignments(connection)) == 20
    acts = [decision(), decision(act="skip", code_id="", span=None, score=None, batch="")]
    memo = Memo(
        0, request_id(), "segment", made.segments[0].id, 1, "a \N{GRINNING FACE} ' ; --", now()
    )
    ruling = Adjudication(
        0,
        request_id(),
        made.segments[0].id,
        "cost",
        False,
        3,
        "boundary",
        "why",
        (1, 2),
        "1",
        now(),
    )
    with database.write() as connection:
        written = log.append_decisions(connection, 1, acts)
        log.append_memo(connection, memo)
        log.append_adjudications(connection, [ruling, ruling])
    with database.read() as connection:
        assert log.decisions(connection) == written
        assert log.decisions(connection, 1, written[0].id) == written[1:]
        assert log.decisions(connection, 2) == ()
        assert [m.text for m in log.memos(connection)] == [memo.text]
        assert [a.weighed for a in log.adjudications(connection)] == [(1, 2)]
        assert log.counts(connection) == {"decision": 2, "adjudication": 1, "memo": 1}
        assert log.request_is_known(connection, acts[0].request_id)


def test_a_transaction_is_whole_or_not_at_all(made):
    def fail(connection):
        log.append_decisions(connection, 1, [decision()])
        raise RuntimeError

    def twice(connection):
        same = decision()
        log.append_decisions(connection, 1, [same, same])

    for act in (fail, twice):
        with pytest.raises((RuntimeError, IntegrityError)):
            in_one_write(made.database, act)
    with made.database.read() as connection:
        assert log.decisions(connection) == ()


def in_one_write(database, act) -> None:
    with database.write() as connection:
        act(connection)


def test_several_servers_on_one_database_take_turns(made):
    """Two desks, as in two processes: of ten acts on one card, one is recorded."""
    desks = [Desks(made.database, made.folder, 1) for _ in range(2)]
    anna = made.coders["anna"]
    with made.database.read() as connection:
        desk = desks[0].desk(connection, anna)
        a = desk.next()
        seen = seen_of(desk, a.id)
    outcomes = []

    def press(n: int) -> None:
        try:
            record(desks[n % 2], anna, Request(request_id(), a.id, "none", seen=seen))
            outcomes.append("recorded")
        except StudyError as error:
            outcomes.append(error.reason)

    threads = [threading.Thread(target=press, args=(n,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["recorded"] + ["stale"] * 9
    with made.database.read() as connection:
        assert [d.act for d in log.decisions(connection, 1)].count("none") == 1


def test_a_study_is_made_once(made):
    with pytest.raises(StudyError, match="exists|holds a study already"):
        create(made.database.place)


def test_a_study_from_a_newer_version_is_left_alone(made):
    with made.database.write() as connection:
        connection.execute(text("INSERT INTO schema_version VALUES (99, '')"))
    with pytest.raises(StudyError, match="newer version of themes .schema 99, this one knows 1."):
        connect(made.database.place)


def test_older_studies_are_backed_up_and_migrated(made, monkeypatch):
    def step(connection):
        connection.execute(text("ALTER TABLE memo ADD COLUMN color TEXT"))

    monkeypatch.setattr(migrations, "STEPS", [step])
    monkeypatch.setattr(migrations, "LATEST", 2)
    database = connect(made.database.place)
    with database.read() as connection:
        assert migrations.version(connection) == 2
        connection.execute(text("SELECT color FROM memo"))
    database.close()
    if made.database.is_file:
        (kept,) = (made.folder / "backups").glob("*before-schema-2.sqlite")
        check(kept)
    connect(made.database.place).close()


def test_a_migration_that_fails_changes_nothing(made, monkeypatch):
    def step(connection):
        connection.execute(text("ALTER TABLE memo ADD COLUMN color TEXT"))
        raise RuntimeError

    monkeypatch.setattr(migrations, "STEPS", [step])
    monkeypatch.setattr(migrations, "LATEST", 2)
    with pytest.raises(RuntimeError):
        connect(made.database.place)
    monkeypatch.undo()
    database = connect(made.database.place)
    with database.read() as connection:
        assert len(team.assignments(connection)) == 20
    with pytest.raises(StudyError), database.read() as connection:
        connection.execute(text("SELECT color FROM memo"))
    database.close()


@pytest.fixture
def study(tmp_path):
    made = coded_studies.make(tmp_path / "study", plan=Plan(blind=20))
    yield made
    made.database.close()


def test_durable_settings(study):
    with study.database.read() as connection:
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_backup_while_people_work_and_restore(study):
    with study.database.write() as connection:
        log.append_decisions(connection, 1, [decision()])
    kept = backup(study.database.place, study.folder / "backups")
    with study.database.write() as connection:
        log.append_decisions(connection, 1, [decision(2)])
    with pytest.raises(StudyError, match="is in use; stop themes review"):
        restore(kept, study.database.place)
    study.database.close()
    before = restore(kept, study.database.place)
    database = connect(study.database.place)
    with database.read() as connection:
        assert len(log.decisions(connection)) == 1
    database.close()
    assert restore(before, study.database.place)
    database = connect(study.database.place)
    with database.read() as connection:
        assert len(log.decisions(connection)) == 2
    database.close()


def test_a_damaged_database_can_be_replaced_and_is_kept(study):
    kept = backup(study.database.place, study.folder / "backups")
    study.database.close()
    study.database.place.write_bytes(b"rubbish" * 1000)
    with pytest.raises(StudyError, match="is no SQLite file; restore a backup"):
        connect(study.database.place)
    aside = restore(kept, study.database.place)
    assert aside.read_bytes().startswith(b"rubbish")
    connect(study.database.place).close()


@pytest.mark.parametrize("content", [b"", b"rubbish", None])
def test_what_is_no_backup_is_refused_and_nothing_is_touched(study, tmp_path, content):
    file = tmp_path / "x.sqlite"
    if content is not None:
        file.write_bytes(content)
    before = study.database.place.read_bytes()
    with pytest.raises(StudyError, match="is not there|is damaged|holds no study"):
        restore(file, study.database.place)
    assert study.database.place.read_bytes() == before


def test_another_program_that_holds_the_file_is_waited_for_and_then_named(study, monkeypatch):
    import themes.database.connect as module

    monkeypatch.setattr(module, "_BUSY_S", 0.2)
    database = connect(study.database.place)
    other = sqlite3.connect(study.database.place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StudyError, match="is locked by another program"), database.write():
        pass
    other.execute("ROLLBACK")
    other.close()
    with database.write() as connection:
        log.append_decisions(connection, 1, [decision()])
    database.close()


def test_a_full_database_says_so_and_keeps_what_it_has(study):
    def fill(connection):
        n = connection.execute(text("PRAGMA page_count")).scalar()
        connection.execute(text(f"PRAGMA max_page_count = {n}"))
        for number in range(1, 2000):
            memo = Memo(0, request_id(), "code", "cost", 1, "x" * 4000, f"{number}")
            log.append_memo(connection, memo)

    with pytest.raises(StudyError, match="the disk is full"):
        in_one_write(study.database, fill)
    with study.database.read() as connection:
        assert log.memos(connection) == ()
        assert len(team.assignments(connection)) == 20


def test_a_read_only_database_says_so(study):
    def write(connection):
        connection.execute(text("PRAGMA query_only = ON"))
        log.append_decisions(connection, 1, [decision()])

    with pytest.raises(StudyError, match="read-only"):
        in_one_write(study.database, write)


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "postgresql+nosuch://"])
def test_other_addresses_are_refused(url):
    with pytest.raises(StudyError, match="no postgresql"):
        create(url)


def test_a_server_that_is_not_there():
    with pytest.raises(StudyError, match="out of reach|gave InterfaceError"):
        create("postgresql://nobody@127.0.0.1:9/none")
