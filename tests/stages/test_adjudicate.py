"""Where coders differ, what the adjudicator sees, what stands in the end."""

from coded_studies import BOOK
from themes.records import Adjudication, Assignment, Decision
from themes.stages.adjudicate import cases, results, settled, standing_adjudications
from themes.stages.decide import stand

CODES = [code.id for code in BOOK.codable]


def answered(*given: str, unsure: str | None = None, locked: bool = True):
    acts = [Decision(n, f"r{n}", 1, "add", c, codebook_version="1") for n, c in enumerate(given, 1)]
    if unsure is not None:
        acts.append(Decision(90, "r90", 1, "unsure", unsure, codebook_version="1"))
    if locked and unsure != "":
        acts.append(Decision(99, "r99", 1, "none", codebook_version="1"))
    return stand(acts)


def found(*answers, n: int = 1, share: float = 0):
    assignments, standings = [], {}
    for number in range(n):
        for coder, standing in enumerate(answers, 1):
            a = Assignment(len(assignments) + 1, f"p1:{number}-{number + 9}", coder, True, number)
            assignments.append(a)
            standings[a.id] = standing
    return assignments, standings, cases(assignments, standings, BOOK, seed=1, share=share)


def test_a_disagreement_is_a_case_with_everybodys_answer():
    *_, (case,) = found(answered("cost", "delay"), answered("cost"))
    assert case.disputed
    assert {c: sorted(v.present for v in vs) for c, vs in case.verdicts.items()} == {
        "cost": [True, True],
        "delay": [False, True],
    }


def test_nobody_is_asked_before_everybody_has_answered():
    assert found(answered("cost"), answered(locked=False))[2] == ()


def test_unsure_goes_to_adjudication_with_one_coder_or_more():
    assert len(found(answered(unsure="cost"))[2]) == 1
    *_, (case,) = found(answered("cost", unsure=""), answered("cost"))
    assert len(case.unsure) == 1
    assert len(found(answered(unsure="cost"), answered(unsure="cost"))[2]) == 1


def test_agreements_are_drawn_too_and_one_coder_alone_is_no_agreement():
    same = answered("cost"), answered("cost")
    *_, drawn = found(*same, n=400, share=10)
    assert 20 <= len(drawn) <= 60
    assert not any(case.disputed for case in drawn)
    assert found(answered("cost"), n=400, share=100)[2] == ()


def test_coders_are_shuffled_from_case_to_case_and_alike_within_one():
    *_, several = found(answered("cost", "delay"), answered("weigh.care"), n=40)
    orders = [
        {tuple(v.coder_id for v in verdicts) for verdicts in case.verdicts.values()}
        for case in several
    ]
    assert all(len(order) == 1 for order in orders)
    assert set.union(*orders) == {(1, 2), (2, 1)}


def ruling(segment: str, code: str, present: bool, number: int = 1) -> Adjudication:
    return Adjudication(
        number, f"r{number}{code}", segment, code, present, 9, "", "", (1, 2), "1", ""
    )


def test_nothing_here_is_an_end():
    assignments, standings, (case,) = found(answered("cost"), answered("delay"))
    made = standing_adjudications(
        [ruling(case.segment_id, code, False) for code in ("cost", "delay", "")]
    )
    assert settled(case, made)
    rows = {
        code: (value, how) for _, code, value, how in results(assignments, standings, made, CODES)
    }
    assert rows["cost"] == rows["delay"] == ("0", "adjudicated")
    assert rows["weigh.care"] == ("0", "agreed")


def test_what_nobody_decided_stays_open_and_the_last_ruling_stands():
    assignments, standings, (case,) = found(answered("cost"), answered())
    rows = {code: (v, how) for _, code, v, how in results(assignments, standings, {}, CODES)}
    assert rows["cost"] == ("", "open")
    both = [ruling(case.segment_id, "cost", False, 1), ruling(case.segment_id, "cost", True, 2)]
    rows = dict.fromkeys(())
    for _, code, value, how in results(assignments, standings, standing_adjudications(both), CODES):
        rows[code] = (value, how)
    assert rows["cost"] == ("1", "adjudicated")
