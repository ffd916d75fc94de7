"""`themes run` on the demo: every file it promises, and what is in them."""

import csv
import json
import zipfile

import pytest
from openpyxl import load_workbook

from cli.conftest import CORPORA, TINY
from oracles.qdpx_reader import read as read_qdpx
from themes import codebooks

PLACE = ["transcript", "turn", "segment", "start", "end"]


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def columns(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file))


@pytest.fixture
def texts(demo):
    return {
        path.stem: path.read_text(encoding="utf-8").removesuffix("\n")
        for path in (demo / "anonymized").iterdir()
    }


def test_all_that_is_promised_is_there(demo):
    assert sorted(path.name for path in demo.iterdir()) == [
        "anonymized",
        "mentions.csv",
        "project.qdpx",
        "report.html",
        "run.json",
        "scores.csv",
        "segments.csv",
        "suggestions.csv",
        "suggestions.xlsx",
    ]


def test_columns_are_as_documented(demo):
    codes = [code.id for code in codebooks.load("help-seeking").codable]
    assert columns(demo / "mentions.csv") == (
        "transcript turn start end category recognizer confidence replacement".split()
    )
    assert columns(demo / "segments.csv")[:10] == [
        *PLACE, *"speaker role start_s end_s text".split()
    ]  # fmt: skip
    assert "gender" in columns(demo / "segments.csv")
    assert columns(demo / "scores.csv") == [*PLACE[:3], *codes]
    assert columns(demo / "suggestions.csv") == [
        *PLACE,
        *"speaker text code score outcome evidence evidence_start evidence_end".split(),
        *"model codebook_version".split(),
    ]


def test_one_turn_a_paragraph_with_its_label(texts):
    assert texts["interview-01"].startswith("I: ")
    assert "\n\nR: " in texts["interview-01"]
    assert "Interviewer: " in texts["interview-03"]
    assert "P04: " in texts["interview-04"]


def test_labels_that_are_names_are_gone(texts):
    assert "Lindqvist" not in texts["interview-02"]
    assert texts["interview-02"].startswith("[PERSON-")


def test_mentions_stand_where_the_table_says(demo, texts):
    found = rows(demo / "mentions.csv")
    assert len(found) > 50
    for row in found:
        place = slice(int(row["start"]), int(row["end"]))
        assert texts[row["transcript"]][place] == row["replacement"]


def test_segments_and_evidence_stand_where_the_tables_say(demo, texts):
    for row in rows(demo / "segments.csv"):
        assert texts[row["transcript"]][int(row["start"]) : int(row["end"])] == row["text"]
    suggested = rows(demo / "suggestions.csv")
    assert suggested
    for row in suggested:
        place = slice(int(row["evidence_start"]), int(row["evidence_end"]))
        assert texts[row["transcript"]][place] == row["evidence"]
        assert row["evidence"] in row["text"]
        assert row["outcome"] in ("suggest", "ask")
        assert 0 <= float(row["score"]) <= 1


def test_only_respondents_get_scores(demo):
    respondents = [r["segment"] for r in rows(demo / "segments.csv") if r["role"] == "respondent"]
    assert [r["segment"] for r in rows(demo / "scores.csv")] == respondents
    assert {r["segment"] for r in rows(demo / "suggestions.csv")} <= set(respondents)


def test_times_come_through_where_the_file_has_them(demo):
    by_transcript = {}
    for row in rows(demo / "segments.csv"):
        by_transcript.setdefault(row["transcript"], []).append(row["start_s"])
    assert all(by_transcript["interview-02"])
    assert all(by_transcript["interview-04"])
    assert not any(by_transcript["interview-03"])


def test_the_workbook_says_what_the_table_says(demo):
    sheet = load_workbook(demo / "suggestions.xlsx").worksheets[0]
    texts = [row["text"] for row in rows(demo / "suggestions.csv")]
    heads = [cell.value for cell in sheet[1]]
    column = heads.index("text")
    assert [row[column] for row in sheet.iter_rows(min_row=2, values_only=True)] == texts


def test_the_project_holds_the_same_words(demo, texts):
    project = read_qdpx(demo / "project.qdpx")
    assert sorted(project.texts.values()) == sorted(texts.values())
    assert len(project.codings) == len(rows(demo / "suggestions.csv"))
    assert zipfile.ZipFile(demo / "project.qdpx").testzip() is None


def test_the_summary_names_versions_hashes_and_times(demo):
    summary = json.loads((demo / "run.json").read_text(encoding="utf-8"))
    assert summary["counts"]["transcripts"] == 4
    assert {"read", "anonymize", "segment", "embed", "classify"} <= set(summary["seconds"])
    assert all(len(entry["sha256"]) == 64 for entry in summary["inputs"])
    assert summary["codebook"]["sha256"] == codebooks.fingerprint(codebooks.load("help-seeking"))


def test_nothing_written_down_by_hand_is_left(demo):
    """Addresses and numbers, of which none may ever be left, in any output, packed or not."""
    kinds = {"EMAIL", "PHONE", "URL"}
    with (CORPORA / "demo-drafts" / "mentions.csv").open(encoding="utf-8", newline="") as file:
        secrets = {row["text"] for row in csv.DictReader(file) if row["category"] in kinds}
    assert secrets
    outputs = [path.read_bytes() for path in demo.rglob("*") if path.is_file()]
    for name in ("project.qdpx", "suggestions.xlsx"):
        with zipfile.ZipFile(demo / name) as archive:
            outputs += [archive.read(member) for member in archive.namelist()]
    left = [secret for secret in secrets for data in outputs if secret.encode() in data]
    assert left == []


def test_the_same_input_gives_the_same_bytes(themes, tmp_path):
    for name in ("one/out", "two/out"):
        (tmp_path / name).parent.mkdir()
        assert themes("run", TINY, "--out", tmp_path / name).code == 0
    for path in sorted((tmp_path / "one/out").rglob("*")):
        other = tmp_path / "two/out" / path.relative_to(tmp_path / "one/out")
        if path.is_file() and path.name != "run.json":
            assert path.read_bytes() == other.read_bytes(), path.name


@pytest.mark.parametrize("unit", ["sentence", "window"])
def test_other_units(themes, tmp_path, unit):
    assert themes("run", TINY, "--unit", unit, "--out", tmp_path / "out").code == 0
    assert len(rows(tmp_path / "out" / "scores.csv")) >= 5


def test_a_codebook_of_one_file_is_enough(themes, tmp_path):
    book = tmp_path / "mine.toml"
    book.write_text(
        'id = "mine"\n[[code]]\nid = "waiting"\nname = "Waiting"\ndefinition = "Somebody waits."\n',
        encoding="utf-8",
    )
    done = themes("run", TINY / "tiny-en.txt", "--codebook", book, "--out", tmp_path / "out")
    assert done.code == 0
    assert "weaker" in done.err
    assert columns(tmp_path / "out" / "scores.csv") == [*PLACE[:3], "waiting"]


def test_no_socket_is_opened(themes, tmp_path, monkeypatch):
    import socket

    def refuse(*_args, **_kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert themes("run", TINY, "--out", tmp_path / "out").code == 0


def test_already_anonymized_text_is_left_alone(themes, tmp_path):
    done = themes("run", TINY, "--already-anonymized", "--out", tmp_path / "out")
    assert done.code == 0
    assert rows(tmp_path / "out" / "mentions.csv") == []
    original = (TINY / "tiny-en.txt").read_text(encoding="utf-8")
    assert (tmp_path / "out/anonymized/tiny-en.txt").read_text(encoding="utf-8") == original


def test_scores_of_the_tiny_interviews_are_what_they_were(themes, tmp_path):
    """Held down to a hundredth: a change of any stage that moves scores shows here."""
    assert themes("run", TINY, "--out", tmp_path / "out").code == 0
    golden = rows(CORPORA.parent / "tests/examples/run/tiny-scores.csv")
    found = rows(tmp_path / "out" / "scores.csv")
    assert [row["segment"] for row in found] == [row["segment"] for row in golden]
    for row, expected in zip(found, golden, strict=True):
        for code in list(expected)[3:]:
            assert float(row[code]) == pytest.approx(float(expected[code]), abs=0.01), code


CANARIES = {
    "file": "Okonkwo-0612345678",
    "attribute": "jan@work.nl",
    "label": "Femke Visser",
    "speech": "Dr. Wexford",
    "out": "Study of Sanne",
    "unread": "Interview Bakker",
}


def test_no_canary_is_left_in_any_output(themes, tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    (source / f"{CANARIES['file']}.txt").write_text(
        f"{CANARIES['label']}: Who did you call, and why was that?\n\n"
        f"R: I asked {CANARIES['speech']} at once.\n\n{CANARIES['label']}: And then?\n\nR: Home.\n"
    )
    (source / f"{CANARIES['unread']}.docx").write_bytes(b"")
    table = source / "attributes.csv"
    table.write_text(f"transcript,note\n{CANARIES['file']},{CANARIES['attribute']}\n")
    out = tmp_path / CANARIES["out"]
    assert themes("run", source, "--attributes", table, "--out", out).code == 1
    outputs = {path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    for name in ("project.qdpx", "suggestions.xlsx"):
        with zipfile.ZipFile(out / name) as archive:
            outputs |= {f"{name}/{member}": archive.read(member) for member in archive.namelist()}
    words = ["Okonkwo", "0612345678", "jan@work", "Femke", "Visser", "Wexford", "Sanne", "Bakker"]
    left = [(w, n) for w in words for n, data in outputs.items() if w.encode() in data or w in n]
    assert left == []
