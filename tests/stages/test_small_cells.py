"""Small cells: counted by hand, and mended by no more than is needed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from themes.stages.small_cells import Cell, small_cells

# Made up for this test; small enough to count by hand.
ROWS = [
    {"specialty": s, "sex": x, "age": a}
    for s, x, a in [
        ("neurosurgery", "f", "31"), ("orthopaedics", "f", "34"), ("paediatrics", "f", "33"),
        ("geriatrics", "f", "36"), ("neurosurgery", "m", "41"), ("orthopaedics", "m", "45"),
    ]
]  # fmt: skip
LADDER = {
    "specialty": (
        {"neurosurgery": "surgical", "orthopaedics": "surgical",
         "paediatrics": "medical", "geriatrics": "medical"},
    )
}  # fmt: skip


def test_counted_by_hand():
    found = small_cells(ROWS, 2)
    assert len(found.cells) == 6
    assert all(cell.n == 1 for cell in found.cells)


def test_the_ladder_is_climbed_no_further_than_needed():
    found = small_cells(ROWS, 2, LADDER)
    assert dict(found.heights) == {"specialty": 1, "sex": 0, "age": 1}
    assert found.after == (
        Cell(("medical", "f", "30-39"), 2),
        Cell(("surgical", "f", "30-39"), 2),
        Cell(("surgical", "m", "40-49"), 2),
    )


def test_nothing_to_mend_is_left_alone():
    found = small_cells([{"sex": "f"}] * 3, 3)
    assert found.cells == ()
    assert dict(found.heights) == {"sex": 0}


def test_more_than_there_are_people_is_everybody_in_one():
    found = small_cells(ROWS, 10)
    assert found.after == (Cell(("*", "*", "*"), 6),)
    assert all(found.left_out.values())


def test_many_columns_are_mended_step_by_step():
    rows = [{f"c{n}": str((row >> n) & 1) for n in range(16)} for row in range(40)]
    found = small_cells(rows, 5)
    assert min(cell.n for cell in found.after) >= 5


@pytest.mark.parametrize(("rows", "k"), [([], 3), (ROWS, 1)])
def test_nothing_to_count_is_refused(rows, k):
    with pytest.raises(ValueError, match="small cells"):
        small_cells(rows, k)


@settings(deadline=None)
@given(
    st.lists(st.fixed_dictionaries({"a": st.sampled_from("xyz"), "b": st.sampled_from("12")}),
             min_size=1, max_size=12),
    st.integers(2, 4),
)  # fmt: skip
def test_what_is_mended_is_shared_by_k_unless_there_are_fewer(rows, k):
    found = small_cells(rows, k)
    assert sum(cell.n for cell in found.after) == len(rows)
    assert min(cell.n for cell in found.after) >= min(k, len(rows))
    if not found.cells:
        assert not any(found.heights.values())
