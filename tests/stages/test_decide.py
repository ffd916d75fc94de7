"""From acts to what stands: undo, locks, blind turns, and codings."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from themes.records import Assignment, Decision
from themes.stages.decide import codings, last_act, stand

CODES = ("a", "b", "c")
# A busy machine is no reason to fail.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def act(number: int, what: str, code: str = "", **more) -> Decision:
    return Decision(number, f"request-{number}", 1, what, code, codebook_version="1", **more)


@st.composite
def histories(draw) -> list[Decision]:
    """Acts of one coder on one turn, as the page could send them; z at any moment."""
    made: list[Decision] = []
    for number in range(1, draw(st.integers(0, 25)) + 1):
        what = draw(
            st.sampled_from(("add", "accept", "reject", "modify", "none", "unsure", "skip", "undo"))
        )
        if what == "undo":
            taken = last_act(made)
            if taken:
                made.append(act(number, "undo", undoes=taken[0].id))
            continue
        code = draw(st.sampled_from(CODES))
        if what == "modify":
            made.append(
                act(
                    number,
                    what,
                    code,
                    instead_of=draw(st.sampled_from([c for c in CODES if c != code])),
                )
            )
        elif what in ("none", "skip"):
            made.append(act(number, what))
        else:
            made.append(act(number, what, code))
    return made


def plain(standing):
    return (
        {code: answer.present for code, answer in standing.answers.items()},
        standing.lock and standing.lock.id,
        standing.unsure,
    )


@unhurried
@given(histories(), st.sampled_from(("add", "reject", "none", "unsure", "skip")))
def test_an_act_and_its_undo_leave_everything_as_it_was(history, what):
    number = len(history) + 100
    code = "a" if what in ("add", "reject") else ""
    new = act(number, what, code)
    after = [*history, new, act(number + 1, "undo", undoes=number)]
    assert plain(stand(after)) == plain(stand(history))


@unhurried
@given(histories())
def test_undo_goes_back_to_the_very_beginning(history):
    number = len(history) + 100
    while taken := last_act(history):
        history = [*history, act(number, "undo", undoes=taken[-1].id)]
        number += 1
    assert plain(stand(history)) == ({}, None, False)


@unhurried
@given(histories())
def test_acts_that_were_undone_might_as_well_never_have_been(history):
    undone = {d.undoes for d in history}
    kept = [d for d in history if d.act != "undo" and d.id not in undone]
    assert plain(stand(history)) == plain(stand(kept))


def test_modify_rejects_one_code_and_gives_another():
    standing = stand([act(1, "modify", "b", instead_of="a")])
    assert standing.given == ("b",)
    assert standing.answers["a"].present is False


def test_a_batch_is_undone_as_one():
    made = [act(1, "add", "a"), act(2, "accept", "b", batch="x"), act(3, "accept", "c", batch="x")]
    assert [d.id for d in last_act(made)] == [2, 3]


def test_what_is_open_closes_when_the_turn_is_locked():
    assert stand([]).open(["a", "b"]) == ("a", "b")
    assert stand([act(1, "accept", "a")]).open(["a", "b"]) == ("b",)
    assert stand([act(1, "none", shown=True)]).open(["a", "b"]) == ()


def blind() -> list[Decision]:
    return [act(1, "add", "a"), act(2, "none"), act(3, "reveal", shown=True)]


def test_after_a_blind_lock_the_differing_suggestions_are_asked():
    standing = stand(blind())
    assert standing.lock
    assert standing.open(["a", "b"]) == ("b",)
    assert stand([*blind(), act(4, "none", shown=True)]).open(["a", "b"]) == ()


def test_what_was_answered_blind_stays_whatever_comes_later():
    later = [*blind(), act(4, "accept", "b", shown=True), act(5, "reject", "a", shown=True)]
    undone = [*later, act(6, "undo", undoes=1), act(7, "undo", undoes=2)]
    for history in (later, undone):
        assert stand(history).independent.given == ("a",)
    assert stand(later).given == ("b",)


JUDGED = {"1": ("a", "b", "c")}


def made_codings(history, *, shown=True, **more):
    a = Assignment(1, "p1:0-9", 7, shown, 0)
    return {c.code_id: c for c in codings([a], {1: stand(history)}, JUDGED, **more)}


def test_a_locked_turn_has_a_coding_for_every_code():
    found = made_codings([act(1, "accept", "a", shown=True), act(2, "none", shown=True)])
    assert {code: c.present for code, c in found.items()} == {"a": True, "b": False, "c": False}
    assert all(c.shown and not c.bulk for c in found.values())


def test_an_open_turn_has_none():
    assert made_codings([act(1, "accept", "a")]) == {}


def test_unsure_is_neither_yes_nor_no():
    assert set(made_codings([act(1, "unsure", "a"), act(2, "none")])) == {"b", "c"}
    assert set(made_codings([act(1, "add", "b"), act(2, "unsure")])) == {"b"}


def test_agreement_leaves_out_bulk_and_what_was_seen_first():
    history = [act(1, "accept", "a", batch="x", shown=True), act(2, "none", shown=True)]
    assert made_codings(history)["a"].bulk
    assert set(made_codings(history, independent=True)) == {"b", "c"}
    later = [*blind(), act(4, "accept", "b", shown=True), act(5, "none", shown=True)]
    final, first = (made_codings(later, shown=False, independent=i) for i in (False, True))
    assert (final["b"].present, final["b"].shown) == (True, True)
    assert (first["b"].present, first["b"].shown) == (False, False)


def test_a_code_that_came_later_was_not_judged():
    a = Assignment(1, "p1:0-9", 7, True, 0)
    found = codings([a], {1: stand([act(1, "none")])}, {"1": ("a",), "2": ("a", "new")})
    assert [c.code_id for c in found] == ["a"]


def test_a_lock_answers_what_was_to_be_looked_at_again():
    history = [act(1, "add", "a"), act(2, "none"), act(3, "again", "b"), act(4, "again", "c")]
    assert stand(history).open([]) == ("b", "c")
    assert stand([*history, act(5, "reject", "b")]).open([]) == ("c",)
    done = stand([*history, act(5, "add", "b"), act(6, "none")])
    assert done.open([]) == ()
    assert done.given == ("a", "b")
