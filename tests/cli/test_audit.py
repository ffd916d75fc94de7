"""`themes audit` as a user would type it."""

import csv
import json

import openpyxl
import pytest

from cli.conftest import CORPORA
from stages.audit.made import study

CODINGS = CORPORA / "help-seeking-en" / "codings.csv"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "codings.csv"
    study().to_csv(path, index=False)
    return path


def test_everything_is_written(themes, table, tmp_path):
    out = tmp_path / "audit"
    done = themes("audit", table, "--out", out)
    assert done.code == 0
    assert done.out.startswith("3 coders, 240 segments")
    assert sorted(p.name for p in out.iterdir()) == [
        "audit.html",
        "audit.xlsx",
        "run.json",
        "tables",
    ]
    summary = json.loads((out / "run.json").read_text())
    sheets = openpyxl.load_workbook(out / "audit.xlsx").sheetnames
    files = sorted(p.stem for p in (out / "tables").iterdir())
    assert sorted(sheets) == files == sorted(summary["tables"])
    with (out / "tables" / "headline.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["statistic"].startswith("alpha, MASI")


def test_the_same_input_gives_the_same_bytes(themes, table, tmp_path):
    for name in ("one", "two"):
        assert themes("audit", table, "--out", tmp_path / name).code == 0
    one, two = tmp_path / "one", tmp_path / "two"
    for path in sorted(p for p in one.rglob("*") if p.is_file()):
        assert path.read_bytes() == (two / path.relative_to(one)).read_bytes(), path.name


def test_the_corpus_can_be_audited_as_it_lies(themes, tmp_path):
    out = tmp_path / "audit"
    done = themes(
        "audit", CODINGS, "--column", "segment=turn", "--column", "coder=layer",
        "--settled", "settled", "--codebook", "help-seeking", "--out", out,
    )  # fmt: skip
    assert done.code == 0
    assert "1,848 segments" in done.out
    assert "Difficulty accessing the right person" in (out / "audit.html").read_text()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--column", "coder"), "write it as NAME=YOURS"),
        (("--column", "coder=who"), "no column 'who'"),
        (("--model-coder", "gpt"), "no coder 'gpt'"),
        (("--level", "ordinal"), "number the steps"),
        (("--codebook", "nowhere.toml"), "is no codebook"),
    ],
)
def test_a_wrong_word_is_one_line_and_leaves_nothing(themes, table, tmp_path, words, why):
    done = themes("audit", table, "--out", tmp_path / "audit", *words)
    assert done.code == 1
    (line,) = done.err.splitlines()
    assert why in line
    assert not (tmp_path / "audit").exists()


def test_what_is_refused_is_said(themes, tmp_path):
    path = tmp_path / "one.csv"
    study(coders=("ann",)).to_csv(path, index=False)
    done = themes("audit", path, "--out", tmp_path / "audit")
    assert done.code == 0
    assert "not computed: Agreement between coders: the table has 1 human coder" in done.err
