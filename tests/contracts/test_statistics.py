"""What every coefficient promises: order and names do not matter, 1 when perfect, None with a note."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from themes import registry
from themes.codings import Codings, Spans

FIXED = ("ac1", "ac2", "alpha", "brennan_prediger", "cohen", "fleiss", "pabak", "percent", "scott")
UNITIZING = ("gamma", "u_alpha", "u_alpha_1995")
TWO_CODERS = ("cohen", "scott")
VALUES = (0, 1)  # two numbers: values that every coefficient takes


def make(name):
    return registry.load("statistics", name)()


def value(name, rows):
    return make(name).compute(Codings.of(rows)).value


def same(a, b):
    return a == b if a is None or b is None else a == pytest.approx(b, abs=1e-9)


@st.composite
def tables(draw, n_coders=2):
    row = st.lists(
        st.sampled_from([*VALUES, None]) if n_coders > 2 else st.sampled_from(VALUES),
        min_size=n_coders,
        max_size=n_coders,
    )
    return draw(st.lists(row, min_size=2, max_size=12))


def test_every_member_is_tested():
    assert set(FIXED) | set(UNITIZING) == set(registry.names("statistics"))


@pytest.mark.parametrize("name", FIXED)
@settings(deadline=None, max_examples=40)
@given(rows=tables(), data=st.data())
def test_order_of_segments_and_coders_does_not_matter(name, rows, data):
    shuffled = data.draw(st.permutations(rows))
    assert same(value(name, rows), value(name, shuffled))
    assert same(value(name, rows), value(name, [row[::-1] for row in rows]))


@pytest.mark.parametrize("name", [n for n in FIXED if n not in TWO_CODERS])
@settings(deadline=None, max_examples=40)
@given(rows=tables(n_coders=4))
def test_order_of_coders_does_not_matter_where_codings_are_missing(name, rows):
    turned = [[row[2], row[0], row[3], row[1]] for row in rows]
    assert same(value(name, rows), value(name, turned))


@pytest.mark.parametrize("name", FIXED)
@settings(deadline=None, max_examples=40)
@given(rows=tables())
def test_what_values_are_called_does_not_matter(name, rows):
    other = {0: 11, 1: 7}
    assert same(value(name, rows), value(name, [[other[v] for v in row] for row in rows]))


@pytest.mark.parametrize("name", FIXED)
def test_perfect_agreement_is_one(name):
    found = make(name).compute(Codings.of([[0, 0], [1, 1], [1, 1]]))
    assert found.value == pytest.approx(1)
    assert (found.n_segments, found.n_transcripts) == (3, 3)


@pytest.mark.parametrize("name", FIXED)
@pytest.mark.parametrize(
    ("rows", "why"),
    [([[0, None], [None, 1]], "nothing to compare"), ([[1, 1], [1, 1]], "no variation")],
)
def test_undefined_is_none_with_a_note(name, rows, why):
    found = make(name).compute(Codings.of(rows))
    if "variation" in why and name in ("percent", "pabak"):
        assert found.value == 1  # observed agreement needs no variation
    else:
        assert found.value is None
        assert why in found.note


@settings(deadline=None, max_examples=40)
@given(rows=tables(n_coders=3))
def test_alpha_by_tally_is_alpha_by_definition(rows):
    pairs = [
        (a, b, 1 / (len(given) - 1))
        for row in rows
        for given in [[v for v in row if v is not None]]
        if len(given) > 1
        for i, a in enumerate(given)
        for j, b in enumerate(given)
        if i != j
    ]
    n = sum(weight for *_, weight in pairs)
    observed = sum(weight * (a != b) for a, b, weight in pairs)
    ones = sum(weight * a for a, _, weight in pairs)
    expected = 2 * ones * (n - ones) / (n - 1) if n > 1 else 0
    found = value("alpha", rows)
    assert same(found, None if expected <= 1e-9 else 1 - observed / expected)


@settings(deadline=None, max_examples=40)
@given(rows=tables())
def test_masi_and_jaccard_of_single_codes_are_nominal(rows):
    codings = Codings.of([[str(v) for v in row] for row in rows])
    alpha = registry.load("statistics", "alpha")
    nominal = alpha().compute(codings).value
    for metric in ("masi", "jaccard"):
        assert same(alpha(metric).compute(codings).value, nominal)


def test_sets_that_are_empty_agree_with_one_another():
    alpha = registry.load("statistics", "alpha")("masi")
    codings = Codings.of([[frozenset(), frozenset()], [frozenset("a"), frozenset("a")]])
    assert alpha.compute(codings).value == 1


SPANS = [("a", "x", 2, 6), ("a", "y", 8, 12), ("b", "x", 2, 6), ("b", "y", 8, 12)]


@pytest.mark.parametrize("name", UNITIZING)
def test_spans_that_are_the_same_agree_perfectly(name):
    assert make(name).compute(Spans.of(SPANS, 20)).value == pytest.approx(1)


@pytest.mark.parametrize("name", UNITIZING)
def test_the_order_of_spans_does_not_matter(name):
    moved = [("a", "x", 2, 6), ("a", "y", 9, 12), ("b", "x", 3, 6), ("b", "y", 8, 13)]
    one = make(name).compute(Spans.of(moved, 20, ("a", "b"))).value
    other = make(name).compute(Spans.of(moved[::-1], 20, ("a", "b"))).value
    assert one == pytest.approx(other)
    assert one < 1


def test_the_older_u_alpha_sees_a_split_that_the_newer_hardly_sees():
    split = [("a", "x", 0, 18), *(("b", "x", at, at + 3) for at in range(0, 18, 3))]
    newer = make("u_alpha").compute(Spans.of(split, 24)).value
    older = make("u_alpha_1995").compute(Spans.of(split, 24)).value
    assert older < 0 < newer


def test_values_and_arrays_are_checked():
    with pytest.raises(ValueError, match="segments by coders"):
        Codings(
            np.zeros((2, 2), int),
            np.zeros((1, 1), bool),
            np.zeros(3, int),
            ("a", "b"),
            ("c",),
            ("t",),
        )
    with pytest.raises(ValueError, match="behind the text"):
        Spans.of([("a", "x", 0, 9)], 5)
