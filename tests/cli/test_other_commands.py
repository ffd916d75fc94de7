"""The stages on their own, and the commands that only look."""

import csv
import json

import pandas
import pytest

from cli.conftest import TINY
from themes import codebooks, registry


def test_anonymize_then_classify(themes, tmp_path):
    assert themes("anonymize", TINY, "--out", tmp_path / "clean").code == 0
    assert sorted(p.name for p in (tmp_path / "clean").iterdir()) == [
        "anonymized",
        "mentions.csv",
        "run.json",
    ]
    assert "Wexford" not in (tmp_path / "clean/anonymized/tiny-en.txt").read_text()
    out = tmp_path / "scores.csv"
    assert themes("classify", tmp_path / "clean/anonymized", "--out", out).code == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert [row["transcript"] for row in found] == ["tiny-en"] * 3 + ["tiny-nl"] * 2
    assert {"suggest", "ask", "barrier.access"} <= set(found[0])


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_classify_writes_the_same_to_every_format(themes, tmp_path, suffix):
    out = tmp_path / f"scores.{suffix}"
    assert themes("classify", TINY / "tiny-en.txt", "--out", out).code == 0
    if suffix == "csv":
        frame = pandas.read_csv(out, encoding="utf-8-sig")
    elif suffix == "parquet":
        frame = pandas.read_parquet(out)
    else:
        frame = pandas.DataFrame(json.loads(line) for line in out.read_text().splitlines())
    assert frame["turn"].tolist() == [2, 4, 6]
    assert frame["barrier.access"].between(0, 1).all()


def test_classify_refuses_before_it_works(themes, tmp_path):
    (tmp_path / "there.csv").write_text("mine")
    for out, words in [
        ("there.csv", "exists"),
        ("scores.txt", "no known suffix"),
        ("no/scores.csv", "does not exist"),
    ]:
        done = themes("classify", TINY, "--out", tmp_path / out)
        assert done.code == 1
        assert words in done.err
    assert (tmp_path / "there.csv").read_text() == "mine"


def test_codebook_show_prints_every_code(themes):
    shown = themes("codebook", "show", "help-seeking").out
    for code in codebooks.load("help-seeking").codes:
        assert f"{code.id}: {code.name}" in shown


def test_codebook_check_says_what_would_help(themes, tmp_path):
    book = tmp_path / "book.toml"
    book.write_text('[[code]]\nid = "a"\nname = "A"\n')
    done = themes("codebook", "check", book)
    assert done.code == 0
    assert "has no definition" in done.out
    assert "has 0 examples" in done.out


def test_formats_lists_every_reader(themes):
    shown = themes("formats").out
    for name in registry.names("readers"):
        assert registry.load("readers", name).suffixes[0] in shown


def test_doctor_finds_this_installation_healthy(themes):
    done = themes("doctor")
    assert done.code == 0, done.out
    assert "ok       model help-seeking" in done.out
