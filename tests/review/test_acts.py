"""What a coder does over HTTP: recorded once, in order, and never for somebody else."""

import pytest

from coded_studies import request_id
from review.conftest import card_in, data
from themes.stages.assign import Plan
from themes.stages.decide import stand


def test_accepting_is_one_request_and_then_comes_the_question_what_is_missing(serve):
    served = serve()
    page = served.page("anna")
    first = page.card()
    assert first["question"] == "suggestion"
    code = first["lines"][0][1]
    answer = data(page.act("accept", code))
    assert "applies" in answer["said"]
    (decision,) = served.decisions()
    assert (decision.act, decision.code_id, decision.shown) == ("accept", code, True)
    assert (decision.score, decision.codebook_version, decision.seconds) == (0.9, "1", 1.5)
    assert decision.model == "help-seeking 1.0"
    assert decision.at > "2026"
    card = card_in(answer["card"])
    assert card["question"] == "missing"
    done = card_in(data(page.act("none", card=card))["card"])
    assert done["assignment"] != first["assignment"]


def test_a_whole_study_can_be_coded_and_then_all_is_done(serve):
    served = serve(n=2, n_answers=4)
    page = served.page("anna")
    for _ in range(100):
        card = page.card()
        if card["assignment"] == "0":
            break
        if card["question"] == "suggestion":
            page.act("reject", next(c for s, c in card["lines"] if s == "open"), card=card)
        else:
            page.act("none", card=card)
    assert "Everything is coded" in page.get("/").text
    mine = [c for c in served.snapshot().codings() if c.coder_id == 1]
    assert len(mine) == 8 * 4
    assert not any(c.present for c in mine)


def test_none_decides_everything_that_is_open_at_once(serve):
    served = serve()
    page = served.page("anna")
    page.act("none")
    assert [d.act for d in served.decisions()] == ["none"]
    assert {c.present for c in served.snapshot().codings()} == {False}


def test_modify_gives_another_code(serve):
    served = serve()
    page = served.page("anna")
    old = page.card()["lines"][0][1]
    page.act("modify", "cost", instead_of=old)
    (decision,) = served.decisions()
    assert (decision.code_id, decision.instead_of, decision.score) == ("cost", old, 0.9)


def test_skipped_turns_come_back_at_the_end(serve):
    served = serve(n=1, n_answers=3)
    page = served.page("anna")
    first = page.card()["assignment"]
    page.act("skip")
    seen = []
    for _ in range(3):
        seen.append(page.card()["assignment"])
        page.act("none")
    assert seen[-1] == first
    assert page.card()["assignment"] == "0"


def test_undo_goes_back_over_turns_and_tabs(serve):
    served = serve()
    page = served.page("anna")
    first = page.card()
    for _ in range(3):
        page.act("none")
    for _ in range(3):
        page.act("undo")
    back = page.card()
    assert back["assignment"] == first["assignment"]
    assert back["question"] == first["question"]
    refused = page.act("undo")
    assert refused.status_code == 409
    assert data(refused)["reason"] == "nothing"


def test_a_request_sent_twice_counts_once(serve):
    served = serve()
    page = served.page("anna")
    card, again = page.card(), request_id()
    code = card["lines"][0][1]
    first = page.act("accept", code, card=card, request_id=again)
    second = page.act("accept", code, card=card, request_id=again)
    assert first.status_code == second.status_code == 200
    assert "already" in data(second)["said"]
    assert card_in(data(second)["card"])["seen"] == card_in(data(first)["card"])["seen"]
    assert len(served.decisions()) == 1


def test_two_tabs_do_not_fight(serve):
    served = serve()
    one, other = served.page("anna"), served.page("anna")
    card = one.card()
    code = card["lines"][0][1]
    assert one.act("accept", code, card=card).status_code == 200
    late = other.act("reject", code, card=card)
    assert late.status_code == 409
    assert data(late)["reason"] == "stale"
    assert card_in(data(late)["card"])["lines"][0][0] == "given"
    assert len(served.decisions()) == 1


def test_undo_in_a_tab_that_is_behind_is_refused(serve):
    served = serve()
    page = served.page("anna")
    before = page.card()
    page.act("none")
    assert data(page.act("undo", card=before))["reason"] == "stale"


@pytest.mark.parametrize(
    ("act", "more", "reason"),
    [
        ("accept", {"code_id": "no.such"}, "code"),
        ("accept", {"code_id": "weigh"}, "code"),
        ("add", {"code_id": ""}, "code"),
        ("modify", {"code_id": "cost", "instead_of": "no.such"}, "code"),
        ("reveal", {}, "malformed"),
        ("again", {"code_id": "cost"}, "malformed"),
        ("add", {"code_id": "cost", "span": [0, 3]}, "span"),
        ("add", {"code_id": "cost", "span": [9, 3]}, "span"),
        ("none", {"request_id": "short"}, "malformed"),
        ("none", {"request_id": "x" * 20 + "'; --"}, "malformed"),
        ("none", {"seen": ""}, "codebook"),
        ("none", {"seen": "7.1.0.0"}, "codebook"),
        ("none", {"seen": "1.7.0.0"}, "suggestions"),
        ("none", {"seconds": "NaN"}, "malformed"),
        ("none", {"surprise": 1}, "malformed"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_recorded(serve, act, more, reason):
    served = serve()
    refused = served.page("anna").act(act, **more)
    assert refused.status_code in (409, 422)
    assert data(refused)["reason"] == reason
    assert data(refused)["said"]
    assert served.decisions() == ()


def test_nobody_opens_or_changes_anothers_work(serve):
    served = serve()
    anna, ben = served.page("anna"), served.page("ben")
    theirs = ben.card()
    for path in (f"/turn/{theirs['assignment']}", f"/card/{theirs['assignment']}"):
        assert anna.get(path).status_code == 404
    refused = anna.act("none", card=theirs)
    assert refused.status_code == 404
    assert data(refused)["reason"] == "not assigned"
    assert anna.get(f"/evidence/{theirs['assignment']}/cost").status_code == 404
    for path in ("/adjudicate", "/team"):
        assert anna.get(path).status_code == 403
    assert served.decisions() == ()


def test_marked_words_are_kept_in_code_points_of_the_transcript(serve):
    served = serve()
    page = served.page("anna")
    card = page.card()
    start = int(card["start"])
    page.act("add", "cost", span=[start + 2, start + 8])
    (decision,) = served.decisions()
    assert (decision.span.start, decision.span.end) == (start + 2, start + 8)


def test_a_blind_turn_shows_nothing_until_it_is_locked_and_does_not_say_so(serve):
    served = serve(plan=Plan(blind=100), n=1, n_answers=5)
    page = served.page("anna")
    hidden = page.get("/").text
    card = card_in(hidden)
    assert card["question"] == "codes"
    assert card["lines"] == []
    assert "0.90" not in hidden
    assert "<mark" not in hidden
    page.act("add", "cost")
    answer = data(page.act("none"))
    shown = card_in(answer["card"])
    assert shown["assignment"] == card["assignment"]
    assert shown["question"] == "compare"
    assert "0.90" in answer["card"]
    page.act("accept", next(c for s, c in shown["lines"] if s == "open"), card=shown)
    assert page.card()["assignment"] != card["assignment"] or page.card()["question"] == "compare"
    acts = served.decisions("anna")
    assert [d.shown for d in acts] == [False, False, True, True]
    standing = stand(acts)
    assert standing.independent.given == ("cost",)
    assert len(standing.given) == 2


def test_a_blind_turn_is_like_one_without_suggestions(serve):
    served = serve(plan=Plan(blind=50), n=4)
    page = served.page("anna")
    snapshot = served.snapshot()
    pages = {}
    for a in (a for a in snapshot.assignments if a.coder_id == 1):
        html = page.get(f"/card/{a.id}").text
        if card_in(data_text(html))["question"] == "codes":
            kind = "blind" if not a.shown else "empty"
            pages.setdefault(kind, set()).add(shape(data_text(html)))
    assert pages["blind"] == pages["empty"]


def data_text(text: str) -> str:
    import json

    return json.loads(text)["card"]


def shape(html: str) -> tuple[str, bool]:
    """What stands beside the turn, and whether anything in the turn is marked."""
    return html.partition('<section class="deciding"')[2], "<mark" in html


def test_filters_do_not_tell_which_turns_are_blind(serve):
    served = serve(plan=Plan(blind=100))
    page = served.page("anna")
    for wanted in ({"low": 0.1}, {"outcome": "suggest"}, {"outcome": "ask"}, {"code": "delay"}):
        assert "/turn/" not in page.post("/find", wanted).text
    assert page.post("/find", {"text": "waited"}).text.count("/turn/") == 2


def test_the_first_coders_work_is_nowhere_in_the_seconds(serve):
    served = serve()
    anna, ben = served.page("anna"), served.page("ben")
    anna.act("add", "cost")
    anna.post(
        "/memo",
        {"request_id": request_id(), "about": "code", "about_id": "cost", "text": "annas thought"},
    )
    for path in ("/", "/find", "/codebook", "/work", "/bulk"):
        html = ben.get(path).text
        assert "added by you" not in html
        assert "annas thought" not in html


def test_repeats_return_silently_after_some_days(serve, monkeypatch):
    served = serve(plan=Plan(blind=0, repeats=50, after_days=7), n=1, n_answers=4)
    page = served.page("anna")
    for _ in range(4):
        page.act("none")
    assert page.card()["assignment"] == "0"
    from datetime import UTC, datetime, timedelta

    import themes.review.desk as desk

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(UTC) + timedelta(days=8)

    monkeypatch.setattr(desk, "datetime", Later)
    again = page.card()
    assert again["assignment"] != "0"
    listed = page.post("/find", {}).text
    assert listed.count("/turn/") == 4
    page.act("add", "cost")
    page.act("none")
    rounds = {c.round for c in served.snapshot().codings()}
    assert rounds == {0, 1}


def bulk_page(page, code):
    import re

    html = page.get(f"/bulk/{code}").text
    found = re.search(r'data-seen="(\d+)"\s+data-ids="([\d ]*)"', html)
    return html, found and {"seen": found[1], "assignment_ids": [int(i) for i in found[2].split()]}


def test_bulk_needs_a_checked_sample_and_is_one_undo(serve):
    served = serve(n=12, n_answers=10)
    page = served.page("anna")
    html, offered = bulk_page(page, "delay")
    assert offered is None
    refused = page.post(
        "/bulk",
        {"request_id": request_id(), "code_id": "delay", "assignment_ids": [1], "seen": "0"},
    )
    assert data(refused)["reason"] == "sample"
    import re

    for a in re.findall(r'/turn/(\d+)"', html.split("<h2>")[1]):
        page.act("accept", "delay", card=page.card(f"/turn/{a}"))
    html, offered = bulk_page(page, "delay")
    n = len(offered["assignment_ids"])
    assert n > 10
    stale = page.post(
        "/bulk",
        {"request_id": request_id(), "code_id": "delay"}
        | offered
        | {"assignment_ids": offered["assignment_ids"][1:]},
    )
    assert data(stale)["reason"] == "stale"
    body = {"request_id": request_id(), "code_id": "delay"} | offered
    before = len(served.decisions())
    assert page.post("/bulk", body).status_code == 200
    assert page.post("/bulk", body).status_code == 200
    batch = served.decisions()[before:]
    assert len(batch) == n
    assert {d.batch for d in batch} == {body["request_id"]}
    answer = data(page.act("undo"))
    assert str(n) in answer["said"]
    snapshot = served.snapshot()
    assert all(
        "delay" not in s.given
        for i, s in snapshot.standings.items()
        if i in offered["assignment_ids"]
    )


def test_a_bad_sample_offers_no_bulk(serve):
    served = serve(n=12, n_answers=10)
    page = served.page("anna")
    import re

    html, _ = bulk_page(page, "delay")
    for a in re.findall(r'/turn/(\d+)"', html.split("<h2>")[1]):
        page.act("reject", "delay", card=page.card(f"/turn/{a}"))
    html, offered = bulk_page(page, "delay")
    assert offered is None
    assert "Fewer than four in five" in html
