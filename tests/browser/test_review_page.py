"""The review page in a real browser, driven as coders drive it."""

import re
import time

import pytest

from themes.database import team
from themes.review.password import hashed
from themes.stages.assign import Plan

EVIL = (
    "<img src=x onerror=\"document.title='owned'\"> \u202enaam\u202c \U0001f600 He said no. {{7*7}}"
)


def press(page, key: str) -> None:
    """Press a key and wait for the next card."""
    before = page.locator("#card article").element_handle()
    page.keyboard.press(key)
    page.wait_for_function("old => !old.isConnected", arg=before)


def question(page) -> str:
    return page.locator("#card article").get_attribute("data-question")


def number(page) -> str:
    return page.locator("#card article").get_attribute("data-assignment")


def said(page, words: str) -> None:
    page.locator("#said", has_text=re.compile(words)).wait_for()


def test_a_whole_interview_by_keyboard_alone(live):
    study = live(n=1, n_answers=6)
    page = study.page()
    keys = 0
    for _ in range(60):
        if number(page) == "0":
            break
        press(page, "a" if question(page) == "suggestion" else "n")
        keys += 1
    assert "Everything is coded" in page.locator("#card").inner_text()
    found = study.decisions("anna")
    assert len(found) == keys
    assert {d.act for d in found} == {"accept", "none"}
    assert all(0 < d.seconds < 60 for d in found)
    given = [c for c in study.snapshot().codings() if c.present]
    assert len(given) == sum(d.act == "accept" for d in found)
    assert page.problems == []


def test_keystrokes(live):
    """One for an accepted suggestion; for a correction at most three and the search text."""
    study = live()
    page = study.page()
    press(page, "a")
    assert [d.act for d in study.decisions()] == ["accept"]
    press(page, "z")
    page.keyboard.press("m")
    page.keyboard.type("what ask")
    press(page, "Enter")
    assert [d.code_id for d in study.decisions() if d.act == "modify"] == ["cost"]
    press(page, "n")
    page.keyboard.press("m")
    press(page, "1")
    assert study.decisions()[-1].code_id == "cost"


def test_enter_and_space_accept_nothing(live):
    study = live()
    page = study.page()
    for key in ("Enter", "Space", "Enter"):
        page.keyboard.press(key)
    assert page.locator("#card :checked, #card [aria-pressed=true]").count() == 0
    time.sleep(0.3)
    assert study.decisions() == ()


def test_undo_and_reload_in_the_middle(live):
    study = live()
    page = study.page()
    first = number(page)
    press(page, "a")
    page.reload()
    assert number(page) == first
    assert question(page) != "suggestion" or page.locator(".line.given").count() == 1
    while number(page) == first:
        press(page, "n")
    for _ in range(len(study.decisions())):
        press(page, "z")
    assert number(page) == first
    assert page.locator(".line.given").count() == 0
    page.keyboard.press("z")
    said(page, "nothing to undo")


def test_a_blind_turn_is_revealed_after_its_lock(live):
    study = live(n=1, n_answers=3, plan=Plan(blind=100))
    page = study.page()
    assert page.locator("mark").count() == 0
    first = number(page)
    page.keyboard.press("m")
    page.keyboard.type("alone")
    press(page, "Enter")
    press(page, "n")
    assert number(page) == first
    assert question(page) == "compare"
    assert page.locator("mark").count() > 0 or page.locator(".line.open").count() > 0
    press(page, "x")
    if number(page) == first:
        press(page, "n")
    assert number(page) != first
    assert [d.shown for d in study.decisions()][:2] == [False, False]


def test_two_coders_at_once_and_then_an_adjudication(live):
    study = live(n=1, n_answers=2)
    anna, ben = study.page("anna"), study.page("ben")
    for _ in range(2):
        for page, code in ((anna, "asking costs"), (ben, "putting")):
            press(page, "n") if question(page) == "compare" else None
            page.keyboard.press("ArrowDown")
            page.keyboard.press("m")
            page.keyboard.type(code)
            press(page, "Enter")
            press(page, "n")
    assert len({d.assignment_id for d in study.decisions()}) == 4
    olga = study.page("olga", "/adjudicate")
    text = olga.locator("main").inner_text()
    assert "anna" not in text
    olga.locator("button[type=submit]").click()
    olga.locator("#missing").wait_for()
    for box in olga.locator(".ruling").all():
        box.locator("input[value='0']").check()
        box.locator("select").select_option("boundary")
        box.locator("input[type=text]").fill("neither of them")
    olga.locator("button[type=submit]").click()
    olga.wait_for_url("**/adjudicate/**")
    assert study.snapshot().adjudications
    olga.locator("#nothing").click()
    olga.locator("main", has_text="nothing to adjudicate").wait_for()
    made = study.snapshot().adjudications
    assert not any(a.present for a in made)
    assert all(len(a.weighed) == 2 for a in made)
    assert anna.problems == ben.problems == olga.problems == []


def test_a_lost_connection_loses_and_doubles_nothing(live):
    study = live()
    page = study.page()
    first = number(page)
    page.context.set_offline(True)
    page.keyboard.press("a")
    page.locator("#offline", has_text="not recorded yet").wait_for()
    page.keyboard.press("x")
    said(page, "Wait")
    assert study.decisions() == ()
    page.context.set_offline(False)
    page.locator(".line.given").wait_for()
    assert number(page) == first
    assert [d.act for d in study.decisions()] == ["accept"]
    assert page.locator("#offline").is_hidden()


def test_an_answer_that_got_lost_on_its_way_back_is_not_recorded_twice(live):
    study = live()
    page = study.page()
    dropped = []

    def drop(route):
        if not dropped:
            dropped.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/act", drop)
    press(page, "a")
    assert dropped == [200]
    assert len(study.decisions()) == 1
    said(page, "already|back")


def test_what_waits_survives_closing_the_page_and_a_dead_server(live):
    study = live()
    page = study.page()
    study.stop()
    page.keyboard.press("a")
    page.locator("#offline", has_text="not recorded yet").wait_for()
    study.start()
    page.context.new_page().goto(page.url)
    deadline = time.monotonic() + 15
    while not study.decisions() and time.monotonic() < deadline:
        time.sleep(0.1)
    page.locator(".line.given").wait_for()
    assert [d.act for d in study.decisions()] == ["accept"]


def test_two_tabs_of_one_coder(live):
    study = live()
    one = study.page()
    other = one.context.new_page()
    other.goto(one.url)
    press(one, "a")
    press(other, "x")
    said(other, "another tab")
    assert other.locator(".line.given").count() == 1
    assert len(study.decisions()) == 1


def test_words_of_a_turn_are_marked_by_keyboard_and_by_mouse(live):
    study = live(n=1, n_answers=1, extra=(EVIL,))
    page = study.page()
    while EVIL[:4] not in page.locator("#speech").inner_text():
        press(page, "n")
    page.keyboard.press("w")
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    said(page, "Marked: ")
    quote = page.locator("#said").inner_text().removeprefix("Marked: ")
    page.keyboard.press("m")
    page.keyboard.type("asking costs")
    press(page, "Enter")
    decision = study.decisions()[-1]
    text = study.snapshot().materials.transcripts["p00"].text
    assert decision.span.of(text) == quote
    page.locator("#speech").select_text()
    page.mouse.up()
    said(page, "Marked: <img")
    assert page.title().startswith("Code")
    assert page.problems == []


def test_memo_definition_evidence_context_and_moving(live):
    study = live(n=3)
    page = study.page()
    first = number(page)
    press(page, "a")
    while number(page) == first:
        press(page, "n")
    page.keyboard.press("d")
    assert page.locator(".line.active .definition").is_visible()
    page.keyboard.press("e")
    page.locator(".line.active .evidence").get_by_text(re.compile("You|judged")).first.wait_for()
    around = page.locator(".around").count()
    press(page, "c")
    assert page.locator(".around").count() > around
    page.keyboard.press("t")
    page.locator("#memo-text").fill("she hesitates here")
    page.keyboard.press("Control+Enter")
    said(page, "Memo kept")
    press(page, "k")
    assert number(page) == first
    assert "/turn/" in page.url
    press(page, "j")
    assert number(page) != first
    page.keyboard.press("t")
    page.wait_for_function(
        "() => document.getElementById('memo-text').value === 'she hesitates here'"
    )
    page.keyboard.press("Escape")
    assert study.snapshot().memos[0].text == "she hesitates here"


def test_finding_turns(live):
    study = live(n=4)
    page = study.page(path="/find")
    page.locator("[name=text]").fill("RANG")
    page.locator("[data-said]", has_text=re.compile(r"^4 turns")).wait_for()
    page.locator("[name=text]").fill("")
    page.locator("[name=code]").select_option("delay")
    page.locator("[name=low]").fill("0.8")
    page.locator("[data-said]", has_text=re.compile(r"^4 turns")).wait_for()
    page.locator("[name=transcript]").select_option("p01")
    page.locator("[data-said]", has_text=re.compile(r"^1 turns")).wait_for()
    assert "RANG" not in page.url
    page.locator("#found a").first.click()
    page.locator("#card article").wait_for()


def test_many_at_once(live):
    study = live(n=12, n_answers=10)
    page = study.page(path="/bulk/delay")
    for address in [a.get_attribute("href") for a in page.locator("ul.found a").all()]:
        page.goto(f"http://127.0.0.1:{study.port}{address}")
        while page.locator(".line.active").get_attribute("data-code") != "delay":
            page.keyboard.press("ArrowDown")
        press(page, "a")
    before = len(study.decisions())
    page.goto(f"http://127.0.0.1:{study.port}/bulk/delay")
    page.locator("#bulk").click()
    page.wait_for_url("**/bulk")
    batch = study.decisions()[before:]
    assert len(batch) > 10
    assert len({d.batch for d in batch}) == 1
    page.goto(f"http://127.0.0.1:{study.port}/")
    press(page, "z")
    said(page, rf"Undone \({len(batch)}\)")


def test_keys_can_be_remapped_and_turned_off(live):
    study = live()
    page = study.page(path="/keys")
    page.locator("[name=accept]").fill("q")
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()
    page.goto(f"http://127.0.0.1:{study.port}/")
    page.keyboard.press("a")
    press(page, "q")
    assert len(study.decisions()) == 1
    page.goto(f"http://127.0.0.1:{study.port}/keys")
    page.locator("[name=shortcuts]").uncheck()
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()
    page.goto(f"http://127.0.0.1:{study.port}/")
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    assert len(study.decisions()) == 1
    before = page.locator("#card article").element_handle()
    page.locator("button[data-act=none]").click()
    page.wait_for_function("old => !old.isConnected", arg=before)
    assert len(study.decisions()) == 2


@pytest.mark.parametrize("key", ["a", "x", "n", "u", "s", "z"])
def test_focus_is_never_lost_and_what_happened_is_said(live, key):
    page = live().page()
    press(page, "n")
    press(page, key)
    assert page.evaluate("document.activeElement.matches('article.card')")
    assert page.locator("#said").inner_text()
    assert page.locator("#said[role=status][aria-live=polite]").count() == 1


def test_logging_in_and_out(live):
    study = live(accounts=True)
    with study.made.database.write() as connection:
        team.set_password_hash(connection, study.made.coders["anna"].id, hashed("a long password"))
    page = study.browser.new_context().new_page()
    study.contexts.append(page.context)
    page.goto(f"http://127.0.0.1:{study.port}/")
    page.get_by_label("Password").fill("a wrong password")
    page.get_by_label("Name").fill("anna")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("alert").get_by_text("do not belong together").wait_for()
    page.get_by_label("Name").fill("anna")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    page.locator("#card article").wait_for()
    page.get_by_role("button", name="Log out").click()
    page.get_by_label("Password").wait_for()
