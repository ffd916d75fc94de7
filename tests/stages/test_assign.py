"""Who gets what: every answer once, the blind share exact and even, the same lot every time."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import coded_studies
import studies
from themes.records import Coder
from themes.stages.assign import Plan, assign
from themes.stages.classify import answers

CODERS = [Coder(number, name, "coder") for number, name in enumerate(("anna", "ben", "chris"), 1)]


def said(n: int = 10, n_answers: int = 20):
    return answers(studies.turns(*coded_studies.interviews(n, n_answers)))


def of(made, coder):
    return [a for a in made if a.coder_id == coder.id]


def test_all_by_all():
    segments = said(3, 4)
    made = assign(segments, CODERS, Plan(), {})
    for coder in CODERS:
        assert sorted(a.segment_id for a in of(made, coder)) == sorted(s.id for s in segments)


def test_one_coder_an_interview():
    segments = said()
    made = assign(segments, CODERS, Plan(overlap=0), {})
    assert Counter(a.segment_id for a in made) == Counter(s.id for s in segments)
    owners = {(a.segment_id.split(":")[0], a.coder_id) for a in made}
    assert len(owners) == 10
    loads = Counter(a.coder_id for a in made)
    assert max(loads.values()) - min(loads.values()) <= 20


@pytest.mark.parametrize(("overlap", "n_shared"), [(0, 0), (20, 2), (25, 3), (100, 10)])
def test_overlap_is_a_share_of_the_interviews(overlap, n_shared):
    made = assign(said(), CODERS, Plan(overlap=overlap), {})
    who: dict[str, set[int]] = {}
    for a in made:
        who.setdefault(a.segment_id.split(":")[0], set()).add(a.coder_id)
    assert sum(len(coders) == 3 for coders in who.values()) == n_shared
    assert all(len(coders) in (1, 3) for coders in who.values())


@given(st.integers(0, 100), st.integers(0, 5))
@settings(max_examples=30, deadline=None)
def test_the_blind_share_is_exact_and_even_over_strata(percent, seed):
    segments = said(5, 20)
    outcomes = {s.id: "suggest" for s in segments[::3]}
    made = of(assign(segments, CODERS, Plan(blind=percent, seed=seed), outcomes), CODERS[0])
    hidden = [a for a in made if not a.shown]
    assert abs(len(hidden) - percent) <= 1
    for name in {a.segment_id.split(":")[0] for a in made}:
        for outcome in ("", "suggest"):
            mine = [
                a
                for a in made
                if a.segment_id.startswith(name) and outcomes.get(a.segment_id, "") == outcome
            ]
            n_hidden = sum(not a.shown for a in mine)
            assert abs(n_hidden - len(mine) * percent / 100) <= 1


def test_interviews_are_shuffled_and_each_is_read_from_its_beginning():
    made = assign(said(), CODERS, Plan(), {})
    orders = set()
    for coder in CODERS:
        mine = sorted(of(made, coder), key=lambda a: a.position)
        orders.add(tuple(dict.fromkeys(a.segment_id.split(":")[0] for a in mine)))
        for name in {a.segment_id.split(":")[0] for a in mine}:
            starts = [
                int(a.segment_id.split(":")[1].split("-")[0])
                for a in mine
                if a.segment_id.startswith(name)
            ]
            assert starts == sorted(starts)
    assert len(orders) == 3


def test_the_same_lot_every_time_and_another_with_another_seed():
    first, again, other = (assign(said(), CODERS, Plan(seed=seed), {}) for seed in (1, 1, 2))
    assert first == again
    assert {a.segment_id for a in first if not a.shown} != {
        a.segment_id for a in other if not a.shown
    }


def test_repeats_come_after_everything_else_and_hide_or_show_as_before():
    made = of(assign(said(), CODERS, Plan(repeats=10, after_days=14), {}), CODERS[0])
    again = [a for a in made if a.round]
    assert len(again) == 20
    assert min(a.position for a in again) > max(a.position for a in made if not a.round)
    first = {a.segment_id: a.shown for a in made if not a.round}
    assert all(a.shown == first[a.segment_id] and a.after_days == 14 for a in again)


@pytest.mark.parametrize("overlap", [0, 30, 100])
def test_assigning_again_changes_nothing_and_new_interviews_join(overlap):
    plan = Plan(overlap=overlap)
    before = assign(said(5), CODERS, plan, {})
    assert assign(said(5), CODERS, plan, {}, before) == ()
    joined = assign(said(8), CODERS, plan, {}, before)
    assert {a.segment_id.split(":")[0] for a in joined} == {"p05", "p06", "p07"}


def test_a_new_coder_gets_everything_with_full_overlap():
    before = assign(said(3), CODERS[:2], Plan(), {})
    made = assign(said(3), CODERS, Plan(), {}, before)
    assert {a.coder_id for a in made} == {3}


@pytest.mark.parametrize("wrong", [{"blind": -1}, {"overlap": 101}, {"after_days": -1}])
def test_shares_beyond_a_hundred_percent_are_refused(wrong):
    with pytest.raises(ValueError, match="percent|days"):
        Plan(**wrong)
