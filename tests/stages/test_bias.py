"""The gap between blind and shown work, and when a coder is told of it."""

import pytest

from studies import MODEL
from themes.records import Assignment, Decision, Span, Suggestion
from themes.stages.bias import difference, gap, hasty, wilson
from themes.stages.decide import stand


# Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10.
@pytest.mark.parametrize(
    ("k1", "n1", "k2", "n2", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (6, 7, 2, 7, 0.0582, 0.8062),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (0, 10, 0, 20, -0.1611, 0.2775),
        (0, 10, 0, 10, -0.2775, 0.2775),
        (10, 10, 0, 20, 0.6791, 1.0000),
        (10, 10, 0, 10, 0.6075, 1.0000),
    ],
)
def test_the_interval_is_the_published_one(k1, n1, k2, n2, low, high):
    assert difference(k1, n1, k2, n2) == pytest.approx((low, high), abs=5e-5)


def test_wilson_stays_inside_zero_and_one():
    assert wilson(0, 5)[0] == pytest.approx(0, abs=1e-12)
    assert wilson(5, 5)[1] == pytest.approx(1, abs=1e-12)


def work(n: int, n_given: int, *, shown: bool, first: int = 0):
    assignments, standings, suggested = [], {}, {}
    for number in range(first, first + n):
        a = Assignment(number, f"p:{number}-{number + 1}", 1, shown, number)
        given = number - first < n_given
        acts = [Decision(1, "a", number, "accept" if shown else "add", "c", shown=shown)] * given
        acts.append(Decision(2, "b", number, "none", shown=shown))
        if not shown:
            # Afterwards everything is accepted: that must not count.
            acts += [
                Decision(3, "c", number, "reveal", shown=True),
                Decision(4, "d", number, "accept", "c", shown=True),
            ]
        assignments.append(a)
        standings[number] = stand(acts)
        suggested[a.segment_id] = [
            Suggestion(a.segment_id, "c", 0.9, "suggest", Span(number, number + 1), MODEL, "1")
        ]
    return assignments, standings, suggested


def both(n_shown=40, given_shown=36, n_blind=30, given_blind=15):
    one = work(n_shown, given_shown, shown=True)
    two = work(n_blind, given_blind, shown=False, first=1000)
    return gap(one[0] + two[0], one[1] | two[1], one[2] | two[2])


def test_the_gap_compares_shown_with_what_was_answered_blind():
    found = both()
    assert (found.given_shown, found.n_shown, found.given_blind, found.n_blind) == (36, 40, 15, 30)
    assert found.gap == pytest.approx(0.4)
    assert found.interval[0] < 0.4 < found.interval[1]


def test_too_few_to_say():
    found = both(n_blind=19)
    assert not found.enough
    assert found.gap is None
    assert found.interval is None


def test_bulk_acceptances_tell_nothing():
    assignments, _, suggested = work(1, 1, shown=True)
    acts = [
        Decision(1, "a", 0, "accept", "c", shown=True, batch="x"),
        Decision(2, "b", 0, "none", shown=True),
    ]
    assert gap(assignments, {0: stand(acts)}, suggested).n_shown == 0


def accepts(n: int, seconds: float) -> list[Decision]:
    made = []
    for number in range(n):
        made.append(Decision(2 * number + 1, f"{number}", number, "accept", "c", seconds=seconds))
        made.append(Decision(2 * number + 2, f"{number}n", number, "none", seconds=1))
    return made


def test_twenty_quick_acceptances_in_a_row_are_noticed():
    assert hasty(accepts(20, 1.5))
    assert not hasty(accepts(20, 2.5))
    assert not hasty(accepts(19, 0.5))
    assert not hasty([*accepts(20, 0.5), Decision(99, "x", 1, "reject", "c")])
