"""A report of hostile text in a real browser: quiet, self-contained, and readable on a phone."""

import re

import pytest

import studies
from themes.records import Mention, Replacement, Span
from themes.stages.read import Failure
from themes.stages.report import RunSummary, report

EVIL = "<script>document.title='owned'</script><img src=https://example.org/x onerror=alert(1)>"
RTL = "\u202egnirts\u202c \u0645\u0631\u062d\u0628\u0627"


def hostile_page() -> str:
    study = studies.hostile()
    said = studies.transcript(
        f"{RTL}{EVIL}", [(EVIL[:20], f"{EVIL} {RTL} " + "unbroken" * 40)], language=EVIL
    )
    segments = studies.turns(said)
    found = tuple(studies.suggestion(segments[0], code, 0.9, evidence=EVIL) for code in "ab")
    study = studies.Study(
        EVIL + RTL,
        study.codebook,
        (*study.transcripts, said),
        (*study.segments, *segments),
        (*study.suggestions, *found),
        EVIL,
    )
    placeholder = Replacement("silent", 1, Mention(Span(0, 10), "person", "x", 1.0), "[PERSON-1]")
    run = RunSummary(
        EVIL, {EVIL: RTL}, {EVIL: 1.0}, {"model": "f" * 64}, {EVIL: EVIL}, (EVIL,), EVIL
    )
    return report(
        study,
        (placeholder,),
        None,
        (Failure("x", "x", f"{EVIL}.docx", f"{RTL} cannot be read; {EVIL}"),),
        run,
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(hostile_page(), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1600])
def test_the_page_is_quiet_and_fits(browser, address, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    assert said == []
    assert asked == [address]
    assert page.title().startswith("<script>")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_markup_is_shown_as_text(browser, address):
    page = browser.new_page()
    page.goto(address)
    assert page.locator("script, img").count() == 0
    assert page.locator("h1").inner_text() == EVIL + RTL
    assert EVIL in page.locator("mark", has_text="document.title").first.inner_text()
    assert EVIL in page.locator("#failures ~ dl").inner_text()
    page.close()


def test_every_cell_of_the_heat_map_has_a_number_and_heads(browser, address):
    page = browser.new_page()
    page.goto(address)
    cells = page.locator(".heat tbody td[class^=h]").all_inner_texts()
    assert len(cells) == 2 * 4
    assert all(re.fullmatch(r"\d+(\+\d+)?|\+\d+", cell.strip()) for cell in cells)
    assert page.locator(".heat th:not([scope])").count() == 0
    page.close()


def test_heads_stay_in_sight_in_a_long_heat_map(browser, tmp_path):
    transcripts = tuple(studies.transcript(f"p{i:03}", [("R", "Yes.")]) for i in range(120))
    study = studies.Study("long", studies.BOOK, transcripts, studies.turns(*transcripts), (), "m")
    path = tmp_path / "long.html"
    path.write_text(report(study, (), None, (), RunSummary()), encoding="utf-8")
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(path.as_uri())
    box = page.locator(".scroll").first
    box.evaluate("box => { box.scrollTop = 2000; box.scrollLeft = 60; }")
    outer = box.bounding_box()
    head = page.locator(".heat thead th", has_text="Transcript").bounding_box()
    assert head["x"] >= outer["x"]
    assert outer["y"] <= head["y"] < outer["y"] + 200
    page.close()
