"""An audit of hostile names in a real browser: quiet, self-contained, readable on a phone."""

import shutil

import numpy as np
import pytest

import themes
from stages.audit.made import study

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
EVIL = "<script>document.title='owned'</script><img src=https://example.org/x onerror=alert(1)>"


def hostile():
    frame = study(coders=("ann", EVIL, "gpt", "settled"))
    frame["code"] = frame["code"].replace("f.a", f"f.{EVIL}")
    frame["transcript"] = frame["transcript"].replace("t01", EVIL + "\u202e" + "unbroken" * 30)
    frame["question"] = np.where(frame["segment"] < "s12", EVIL, "q")
    frame["text"], frame["reason"] = EVIL, EVIL
    frame["time"] = np.arange(len(frame))
    frame["shown"] = np.where(frame["segment"].str[-1].isin(list("13579")), "yes", "no")
    frame["version"] = np.where(frame["transcript"] < "t05", "1", EVIL)
    frame["start"] = frame["segment"].str[1:].astype(int) * 100
    frame["end"] = frame["start"] + 40 + np.arange(len(frame)) % 7
    known = {name: {EVIL: "ab"[n % 2]} for n, name in enumerate(frame["transcript"].unique())}
    return themes.audit(frame, models=("gpt",), settled="settled", attributes=known)


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("audit") / "audit.html"
    path.write_text(hostile().page(), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_the_page_is_quiet_and_fits(browser, address, scheme, width):
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    assert page.title() == "Audit of codings"
    assert asked == [address]
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("section").count() == 16
    assert page.locator("script, img, iframe").count() == 0
    page.close()


def test_every_chart_has_a_name_and_every_table_its_heads(browser, address):
    page = browser.new_page()
    page.goto(address)
    for figure in page.locator("figure.chart").all():
        assert figure.locator("figcaption").inner_text()
        drawn = figure.locator("svg[role=img][aria-label], [role=region][aria-label], p.none")
        assert drawn.count() == 1
    for table in page.locator("details table").all():
        heads = table.locator("thead th[scope=col]").count()
        assert heads == table.locator("tbody tr").first.locator("td").count() > 0
    page.close()


def test_links_lead_to_sections(browser, address):
    page = browser.new_page()
    page.goto(address)
    for link in page.locator("nav a").all():
        assert page.locator(link.get_attribute("href")).count() == 1
    page.close()
