"""The tables hold what they say, and a csv gives back every character."""

import csv
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import studies
from themes.exporters.csv import Csv, formula_cells
from themes.exporters.tables import (
    Column,
    Table,
    classified,
    mentions,
    scores,
    segments,
    suggestions,
)
from themes.exporters.xlsx import MAX_CELL_CHARS, Xlsx
from themes.records import Mention, Replacement, Span


def read_back(table: Table) -> list[list[str]]:
    text = Csv().encode(table).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline="")))


def names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_a_csv_gives_back_every_character(rows):
    table = Table("t", (Column("a"), Column("b,\n")), tuple(rows))
    assert read_back(table) == [["a", "b,\n"], *(list(row) for row in rows)]


def test_segments_have_the_times_of_their_turn_and_the_participants_attributes():
    table = segments(studies.plain())
    assert names(table)[-4:] == ["end_s", "text", "year", "site"]
    place = ("p01", 2, "p01:26-98", 26, 98, "R", "respondent", 10.0, 17.5)
    assert table.rows[1][:9] == place
    assert [row[-2:] for row in table.rows] == [("3", "north")] * 4 + [("5", None)] * 2


def test_an_attribute_never_takes_a_columns_name():
    assert names(segments(studies.hostile()))[-4:] == [
        "text",
        "participant.text",
        "na\x01me",
        "empty",
    ]


def test_scores_are_of_respondents_only_and_have_six_decimals():
    study = studies.plain()
    given_scores = np.arange(12, dtype=float).reshape(6, 2) / 37
    table = scores(study.segments, ("weigh.care", "delay"), given_scores)
    assert names(table) == ["transcript", "turn", "segment", "weigh.care", "delay"]
    assert [row[2] for row in table.rows] == ["p01:26-98", "p01:128-153", "p02:21-67"]
    assert read_back(table)[1][3:] == [f"{2 / 37:.6f}", f"{3 / 37:.6f}"]


def test_scores_of_another_shape_are_refused():
    with pytest.raises(ValueError, match=r"\(6, 3\).*\(6, 2\)"):
        scores(studies.plain().segments, ("a", "b"), np.zeros((6, 3)))


def test_classified_is_a_row_a_segment_with_its_codes_and_all_scores():
    study = studies.plain()
    answers = [segment for segment in study.segments if segment.role == "respondent"]
    codes = ("weigh.care", "weigh.alone", "text")
    table = classified(answers, codes, np.full((3, 3), 0.2), study.suggestions)
    assert names(table)[-6:] == [
        "text",
        "suggest",
        "ask",
        "weigh.care",
        "weigh.alone",
        "score.text",
    ]
    assert [row[7:9] for row in table.rows] == [
        ("weigh.care;weigh.alone", ""),
        ("", "delay"),
        ("delay", ""),
    ]
    with pytest.raises(ValueError, match=r"\(3, 2\).*\(3, 3\)"):
        classified(answers, codes, np.zeros((3, 2)), ())


def test_mentions_never_hold_what_stood_there():
    mention = Mention(Span(3, 13), "person", "names", 0.9)
    table = mentions([Replacement("p1", 2, mention, "[PERSON-1]")])
    assert table.rows == (("p1", 2, 3, 13, "person", "names", 0.9, "[PERSON-1]"),)


def test_evidence_is_the_words_at_its_place():
    study = studies.plain()
    texts = {transcript.id: transcript.text for transcript in study.transcripts}
    table = suggestions(study)
    for row in table.rows:
        cells = dict(zip(names(table), row, strict=True))
        place = slice(cells["evidence_start"], cells["evidence_end"])
        assert texts[cells["transcript"]][place] == cells["evidence"]


def test_a_table_refuses_what_does_not_fit():
    with pytest.raises(ValueError, match="same name"):
        Table("t", (Column("a"), Column("a")), ())
    with pytest.raises(ValueError, match="not 1 cells"):
        Table("t", (Column("a"),), (("x", "y"),))


def test_repr_shows_no_text():
    assert repr(suggestions(studies.plain())) == "Table('suggestions', 5 rows, 15 columns)"


def test_cells_that_excel_would_take_for_formulas_are_counted_and_left_alone(tmp_path):
    table = Table("t", (Column("a"),), (("=1",), ("- nou",), ("ja - nee",), ("",)))
    assert formula_cells(table) == 2
    assert [row[0] for row in read_back(table)[1:]] == ["=1", "- nou", "ja - nee", ""]
    assert any("Excel" in line for line in Csv().write(studies.hostile(), tmp_path / "x.csv"))
    assert not any("Excel" in line for line in Csv().write(studies.plain(), tmp_path / "y.csv"))


def test_a_workbook_cuts_at_excels_limit_and_says_so(tmp_path: Path):
    long = studies.transcript("long", [("R", "\U0001f600" * 20_000)])
    study = studies.Study("long", studies.BOOK, (long,), studies.turns(long), (), "m")
    lost = Xlsx().write(study, tmp_path / "x.xlsx")
    assert f"1 cells were cut at Excel's limit of {MAX_CELL_CHARS} characters." in lost
