"""Every screen, light and dark, English and Dutch, at 200 % zoom: axe finds nothing to mend."""

from pathlib import Path

import pytest

from themes.stages.assign import Plan

axe = pytest.importorskip("axe_playwright_python", reason="axe is not installed")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATHS = (
    "/",
    "/find",
    "/bulk",
    "/bulk/delay",
    "/codebook",
    "/work",
    "/keys",
    "/adjudicate",
    "/team",
    "/nowhere",
    "/login",
)


def violations(page) -> list[str]:
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run(document, {{runOnly: {_RULES}}})")
    assert found["passes"], "axe looked at nothing"
    return [f"{v['id']}: {v['nodes'][0]['target']}" for v in found["violations"]]


@pytest.mark.parametrize(
    ("scheme", "locale", "width"), [("light", "en-GB", 1280), ("dark", "nl-NL", 640)]
)
def test_every_screen_is_accessible(live, scheme, locale, width):
    study = live(n=4, n_answers=10, coders=(("anna", "owner"),), plan=Plan(blind=0))
    from themes.database import team
    from themes.database.connect import now
    from themes.stages.assign import assign

    coder = study.made.coders["anna"]
    with study.made.database.write() as connection:
        made = assign(study.made.segments, [coder], Plan(blind=0), {})
        team.add_assignments(connection, made, now())
    page = study.page(
        color_scheme=scheme,
        locale=locale,
        viewport={"width": width, "height": 430 if width == 640 else 860},
    )
    found = {}
    for number in range(3):
        asked = page.locator("#card article").get_attribute("data-question")
        found[f"card {number}, {asked}"] = violations(page)
        before = page.locator("#card article").element_handle()
        page.keyboard.press("a" if asked == "suggestion" else "n")
        page.wait_for_function("old => !old.isConnected", arg=before)
    for key in ("m", "?", "t"):
        page.keyboard.press(key)
        page.locator("dialog[open]").wait_for()
        found[f"dialog {key}"] = violations(page)
        page.keyboard.press("Escape")
    for path in PATHS:
        page.goto(f"http://127.0.0.1:{study.port}{path}")
        found[path] = violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{path} is wider than the window"
    assert {name: bad for name, bad in found.items() if bad} == {}
    assert page.problems == []


def test_a_violation_would_be_found(live):
    page = live().page()
    page.evaluate("document.querySelector('#said').insertAdjacentHTML('afterend', '<img src=x>')")
    assert any(found.startswith("image-alt") for found in violations(page))
