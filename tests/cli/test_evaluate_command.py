"""`themes evaluate anonymization` on a corpus small enough to count by hand."""

import pytest


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "transcripts").mkdir()
    (tmp_path / "mentions").mkdir()
    (tmp_path / "transcripts/a.txt").write_text(
        "I: How are you?\n\nR: Femke rang, and then Zorblax came to our ward.\n"
    )
    (tmp_path / "mentions/a.csv").write_text("start,end,category\n20,25,PERSON\n41,48,PERSON\n")
    return tmp_path


def test_figures_and_no_text(themes, corpus):
    done = themes("evaluate", "anonymization", corpus)
    assert done.code == 0
    assert "person" in done.out
    assert "(2 of 2)" in done.out
    assert "Femke" not in done.out
    assert "per 1,000 words: file 1" in done.out


def test_show_tells_what_went_wrong(themes, corpus):
    (corpus / "mentions/a.csv").write_text("start,end,category\n20,25,PERSON\n61,65,PERSON\n")
    done = themes("evaluate", "anonymization", corpus, "--show", "--lower-case")
    assert done.code == 0
    assert "missed, person: 'ward' x1" in done.out


def test_what_is_no_corpus_is_named(themes, tmp_path):
    done = themes("evaluate", "anonymization", tmp_path / "nothing")
    assert done.code == 1
    assert "is no corpus" in done.err
