"""Tables of codings in long and in wide form, and what is wrong with them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from themes.codings.load import load
from themes.codings.table import codings_from
from themes.errors import InputError, ReadError

LONG = pd.DataFrame(
    [
        ("s1", "t1", "ann", "x"),
        ("s1", "t1", "ann", "y"),
        ("s1", "t1", "bob", "x"),
        ("s2", "t1", "ann", ""),
        ("s2", "t1", "bob", "y"),
        ("s1", "t2", "ann", "y"),
    ],
    columns=["segment", "transcript", "coder", "code"],
)
WIDE = pd.DataFrame(
    {
        "segment": ["s1", "s2", "s1"],
        "transcript": ["t1", "t1", "t2"],
        "ann": ["x;y", "none", "y"],
        "bob": ["x", "y", ""],
    }
)


def given_codes(table):
    """{(transcript, segment, coder): set of codes}, of what was coded."""
    c = table.codings
    return {
        (c.transcripts[c.owner[row]], table.segments[row], c.coders[column]): {
            c.codes[code] for code in np.flatnonzero(c.members[c.values[row, column]])
        }
        for row, column in zip(*np.nonzero(c.values >= 0), strict=True)
    }


EXPECTED = {
    ("t1", "s1", "ann"): {"x", "y"},
    ("t1", "s1", "bob"): {"x"},
    ("t1", "s2", "ann"): set(),
    ("t1", "s2", "bob"): {"y"},
    ("t2", "s1", "ann"): {"y"},
}


def changed(**columns):
    return LONG.assign(**columns)


@pytest.mark.parametrize("frame", [LONG, WIDE], ids=["long", "wide"])
def test_both_forms_say_the_same(frame):
    assert given_codes(codings_from(frame)) == EXPECTED


@settings(deadline=None, max_examples=40)
@given(order=st.permutations(range(len(LONG))))
def test_the_order_of_rows_does_not_matter(order):
    assert given_codes(codings_from(LONG.iloc[list(order)])) == EXPECTED


def test_columns_may_have_other_names():
    frame = LONG.rename(columns={"coder": "layer", "segment": "Turn"})
    table = codings_from(frame, columns={"coder": "layer", "segment": "Turn"})
    assert given_codes(table) == EXPECTED


def test_what_stands_beside_the_codes_is_kept():
    table = codings_from(
        changed(
            shown=["no", "no", "yes", "", "no", "no"],
            time=["2026-05-01T10:00:00"] * 5 + [""],
            version=["1", "1", "2", "1", "1", "1"],
            question=["q1", "q1", "q1", "q2", "q2", "q1"],
            start=[0, 0, 0, "", 4, 1],
            end=[3, 3, 2, "", 9, 5],
        )
    )
    assert table.shown.tolist() == [[0, 1], [-1, 0], [0, -1]]
    assert np.isnan(table.at[2, 0])
    assert table.at[0, 0] == 1777629600
    assert table.versions == ("1", "2")
    assert table.version[0].tolist() == [0, 1]
    assert table.questions == ("q1", "q2", "q1")
    assert table.spans.start.tolist() == [0, 0, 0, 4, 1]


def test_a_second_round_is_kept_apart():
    again = pd.concat([LONG.assign(round="1"), LONG.iloc[[2]].assign(round="2", code="y")])
    table = codings_from(again)
    assert given_codes(table) == EXPECTED
    assert (table.again.values >= 0).sum() == 1
    assert table.again.members[table.again.values[0, 1]].tolist() == [False, True]


def test_ratings_are_numbers_in_order():
    frame = changed(code=["3", "3", "1", "", "10", "2"]).drop(index=1)
    table = codings_from(frame, level="ordinal")
    assert table.codings.ratings.tolist() == [1, 2, 3, 10]
    assert table.codings.values.tolist() == [[2, 0], [-1, 3], [1, -1]]


@pytest.mark.parametrize(
    ("frame", "how", "why"),
    [
        (LONG.iloc[:0], {}, "no rows"),
        (LONG.drop(columns="transcript"), {}, "no column transcript; .*--column transcript="),
        (LONG.drop(columns=["segment"]), {}, "no column segment"),
        (changed(coder=["ann", "", "bob", "ann", "bob", "ann"]), {}, r"no coder \(rows 3\)"),
        (changed(segment=["s1", None, None, "s2", "s2", "s1"]), {}, r"no segment \(rows 3, 4\)"),
        (changed(shown=["maybe"] * 6), {}, "neither yes nor no .*row 2"),
        (LONG, {"level": "ordinal"}, "5 values are not numbers.*row 2.*number the steps"),
        (changed(code=["1", "2", "1", "1", "1", "1"]), {"level": "ordinal"}, "two ratings"),
        (changed(code=[""] * 6), {}, "no row of the table has a code"),
        (LONG, {"models": ("gpt",)}, "no coder 'gpt'.*ann, bob"),
        (LONG, {"columns": {"coder": "who"}}, "no column 'who'"),
        (LONG, {"columns": {"who": "coder"}}, "no column that is known"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_name(frame, how, why):
    with pytest.raises(InputError, match=why):
        codings_from(frame, **how)


@pytest.mark.parametrize(
    ("frame", "how", "note"),
    [
        (pd.concat([LONG, LONG.iloc[[0]]]), {}, "1 rows stand twice"),
        (LONG, {"codes": ["x", "yy"]}, "'y' (3 rows) is not in the codebook.*is it 'yy'"),
        (LONG.drop(index=3), {}, "no row says that a segment was read"),
        (WIDE.replace("none", ""), {}, "no cell says that a segment was read"),
        (changed(place=["here"] * 6), {}, "columns that were not used: place"),
        (changed(code=["", "y", "x", "", "y", "y"]), {}, "1 codings say both none and a code"),
        (changed(time=["1", "2", "3", "4", "5", "soon"]), {}, "1 times could not be read"),
    ],
)
def test_what_can_be_mended_is_mended_and_told(frame, how, note):
    notes = " | ".join(codings_from(frame, **how).notes)
    for part in note.split(".*"):
        assert part in notes


def test_transcripts_may_be_the_unit():
    table = codings_from(LONG.drop(columns="segment"), unit="transcript")
    assert given_codes(table)["t1", "t1", "ann"] == {"x", "y"}


def write(path, frame):
    if path.suffix == ".csv":
        frame.to_csv(path, index=False, sep=";", encoding="utf-8-sig")
    elif path.suffix == ".parquet":
        frame.to_parquet(path)
    else:
        frame.to_excel(path, index=False)
    return path


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
def test_every_kind_of_file_says_the_same(tmp_path, suffix):
    frame, _ = load(write(tmp_path / f"codings.{suffix}", LONG))
    assert given_codes(codings_from(frame)) == EXPECTED


def test_merged_cells_are_refused_with_their_place(tmp_path):
    import openpyxl

    path = write(tmp_path / "codings.xlsx", LONG)
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("A2:A4")
    book.save(path)
    with pytest.raises(ReadError, match=r"1 merged cells \(A2:A4\); unmerge"):
        load(path)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"a,b\n1,2\n1,2,3\n", "more cells than the head"),
        ("a.docx", b"x", "of no kind that holds a table"),
        ("a.xlsx", b"x", "damaged or no workbook"),
        ("a.parquet", b"x", "no parquet"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, name, data, why):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError, match=why):
        load(tmp_path / name)


def test_an_old_encoding_is_read_with_a_note(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("segment,transcript,coder,code\n1,t,é,x\n".encode("cp1252"))
    frame, notes = load(path)
    assert frame["coder"].tolist() == ["é"]
    assert "Windows-1252" in notes[0]
