"""A transcript in a language the encoder does not know is scored, said so, and never suggested."""

import csv

from cli.conftest import TINY


def test_dutch_is_asked_about_at_most(themes, tmp_path):
    done = themes("run", TINY, "--out", tmp_path / "out")
    assert "1 of 2 transcripts in a language that all-MiniLM-L6-v2 does not know (nl)" in done.err
    with (tmp_path / "out/suggestions.csv").open(encoding="utf-8-sig", newline="") as file:
        outcomes = {(row["transcript"], row["outcome"]) for row in csv.DictReader(file)}
    assert ("tiny-nl", "suggest") not in outcomes


def test_the_language_can_be_told(themes, tmp_path):
    done = themes("run", TINY / "tiny-nl.txt", "--language", "en", "--out", tmp_path / "out")
    assert "does not know" not in done.err
