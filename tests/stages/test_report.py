"""The report counts right, shows everything as text, and asks nothing of anybody."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pytest

import studies
from themes.records import Mention, Replacement, Source, Span
from themes.stages.read import Failure
from themes.stages.report import MAX_COLUMNS, MAX_QUOTE_CHARS, RunSummary, report


def replacement(transcript_id: str, category: str, text: str) -> Replacement:
    return Replacement(transcript_id, 1, Mention(Span(0, len(text)), category, "x", 0.9), text)


REPLACED = (
    replacement("p01", "person", "[PERSON-1]"),
    replacement("p01", "person", "[PERSON-1]"),
    replacement("p02", "person", "[PERSON-2]"),
    replacement("p02", "location", "[LOCATION-1]"),
)
RUN = RunSummary(
    date="1 March 2026",
    versions={"themes": "0.1.0"},
    seconds={"read": 0.25, "embed": 2.5},
    hashes={"codebook": "abc123"},
    settings={"segmenter": "turn"},
    warnings=("One transcript is in two languages.",),
)


def page(study=None, replacements=REPLACED, scores=None, failures=(), run=RUN) -> str:
    return report(study or studies.plain(), replacements, scores, failures, run)


def visible(html: str) -> str:
    """The words of a page, without markup, one blank between them."""
    html = re.sub(r"<(style|title)>.*?</\1>", "", html, flags=re.DOTALL)
    parser, words = HTMLParser(), []
    parser.handle_data = words.append
    parser.feed(html)
    return " ".join(" ".join(words).split())


def rows(html: str, section: str) -> list[list[str]]:
    body = html[html.index(f'aria-labelledby="{section}"') :]
    body = body[: body.index("</section>")]
    found = re.findall(r"<tr.*?</tr>", body, flags=re.DOTALL)
    return [
        [visible(cell) for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", row, flags=re.DOTALL)]
        for row in found
    ]


def test_it_says_what_it_is_of_and_that_people_decide():
    words = visible(page())
    for wanted in (
        "Asking on the ward",
        "1 March 2026",
        "Asking for help, version 2.1",
        studies.MODEL,
        "Suggestions by a model; people decide.",
        "Pseudonymised, never anonymous.",
        "Languages: English (1), Dutch (1).",
    ):
        assert wanted in words


def test_the_key_counts():
    found = dict(re.findall(r"<dt>([a-z ]+)</dt><dd>(\d+)</dd>", page()))
    assert found == {
        "transcripts": "2",
        "speakers": "4",
        "turns": "6",
        "words": "42",
        "respondent segments": "3",
        "replacements": "4",
        "codes suggested": "3",
        "codes to ask about": "1",
    }


def test_the_heat_map_has_codes_down_and_what_is_asked_after_a_plus():
    assert rows(page(), "heat-map") == [
        ["Code", "all", "p01", "p02"],
        ["all", "", "2 +1", "1"],
        ["What is weighed"],
        ["The patient's safety", "1", "1", "0"],
        ["Managing alone", "1", "1", "0"],
        ["Putting off", "1 +1", "+1", "1"],
    ]


def many(n: int) -> studies.Study:
    transcripts = tuple(studies.transcript(f"p{i:03}", [("R", "Yes.")]) for i in range(n))
    segments = studies.turns(*transcripts)
    found = tuple(studies.suggestion(s, "delay", 0.9) for s in segments[::2])
    return studies.Study("many", studies.BOOK, transcripts, segments, found, "m")


def test_many_transcripts_run_down_the_page():
    found = rows(page(many(MAX_COLUMNS)), "heat-map")
    assert found[0][:3] == ["Code", "all", "p000"]
    found = rows(page(many(MAX_COLUMNS + 1)), "heat-map")
    assert found[1] == [
        "Transcript",
        "all",
        "The patient's safety",
        "Managing alone",
        "Putting off",
    ]
    assert found[2] == ["all", "", "0", "0", str(MAX_COLUMNS // 2 + 1)]
    assert len(found) == MAX_COLUMNS + 4


def test_shades_follow_the_counts():
    study = many(2)
    html = page(replace(study, suggestions=()))
    assert 'class="h1"' not in html
    html = page(study)
    assert html.count('class="h5" title="Putting off, p000: 1 suggested, 0 to ask"') == 1
    assert html.count('class="h0" title="Putting off, p001: 0 suggested, 0 to ask"') == 1


def test_the_evidence_is_marked_inside_its_segment():
    html = page()
    assert (
        "I wanted to solve it myself first. But <mark>she got worse</mark>, so I rang at once."
    ) in html
    assert "strong <b>0.91</b>" in html
    assert "fair <b>0.72</b>" in html  # 0.725, in two decimals


def test_the_strongest_come_from_different_transcripts_first():
    study = many(6)
    first = study.segments[0]
    more = tuple(studies.suggestion(first, code, 0.99) for code in ("weigh.care", "weigh.alone"))
    html = page(replace(study, suggestions=(*study.suggestions, *more)))
    captions = re.findall(r"<figcaption>.*?<bdi>(p\d+)</bdi>", html, flags=re.DOTALL)
    assert captions == ["p000", "p000", "p000", "p002", "p004"]


@pytest.mark.parametrize("at", [0, 700, 1395])
def test_a_long_segment_is_cut_around_its_evidence(at):
    said = [f"w{i:05}" for i in range(400)]
    said[at // 7] = "EVIDENCE"
    long = studies.transcript("p1", [("R", " ".join(said))])
    segments = studies.turns(long)
    found = studies.suggestion(segments[0], "delay", 0.9, evidence="EVIDENCE")
    html = page(studies.Study("s", studies.BOOK, (long,), segments, (found,), "m"))
    quote = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", html).group(1)
    assert "<mark>EVIDENCE</mark>" in quote
    bare = re.sub(r"</?mark>|…", "", quote).strip()
    assert bare in long.text
    assert len(bare) <= MAX_QUOTE_CHARS
    assert all(re.fullmatch(r"w\d{5}|EVIDENCE", word) for word in bare.split())


def test_evidence_longer_than_a_quote_is_cut_too():
    long = studies.transcript("p1", [("R", "word " * 400 + "end")])
    segments = studies.turns(long)
    study = studies.Study(
        "s", studies.BOOK, (long,), segments, (studies.suggestion(segments[0], "delay", 0.9),), "m"
    )
    quote = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", page(study)).group(1)
    assert quote.startswith("<mark>word word")
    assert quote.endswith("</mark> …")
    assert len(quote) < MAX_QUOTE_CHARS + 20


def test_a_code_suggested_nowhere_says_how_near_it_came():
    study = replace(studies.plain(), suggestions=())
    scores = np.zeros((6, 3))
    scores[2, 1] = 0.31
    words = visible(page(study, scores=scores))
    assert "Wanting to manage alone. Suggested nowhere; the highest score is 0.31." in words
    assert "Suggested nowhere." in visible(page(study))


def test_scores_of_another_shape_are_refused():
    with pytest.raises(ValueError, match=r"\(2, 3\).*\(6, 3\)"):
        page(scores=np.zeros((2, 3)))


def test_tensions_are_pairs_in_one_segment_and_siblings_come_first():
    study = studies.plain()
    first = study.segments[1]
    more = studies.suggestion(first, "delay", 0.9)
    found = rows(page(replace(study, suggestions=(*study.suggestions, more))), "pairs")
    assert found[1:] == [
        ["The patient's safety", "Managing alone", "What is weighed", "1", "1"],
        ["The patient's safety", "Putting off", "What is weighed", "1", "1"],
        ["Managing alone", "Putting off", "What is weighed", "1", "1"],
    ]


def test_what_was_replaced_by_category_and_by_transcript():
    html = page()
    assert rows(html, "replaced")[1:] == [["person", "", "3", "2"], ["location", "", "1", "1"]]
    assert '<rect width="33.3"' in html
    assert rows(html, "transcripts")[1:] == [
        ["p01", "English", "4", "2", "29", "2", "2", "1"],
        ["p02", "Dutch", "2", "1", "13", "2", "1", "0"],
    ]
    assert "Nothing was found to replace." in visible(page(replacements=()))


def test_files_not_read_and_what_readers_noticed_are_told():
    study = studies.plain()
    noted = replace(study.transcripts[0], source=Source("x.docx", "0", "docx", notes=("A note.",)))
    html = page(
        replace(study, transcripts=(noted, study.transcripts[1])),
        failures=(
            Failure("Bo.docx", "/home/me/Bo.docx: is empty", "file 3 (.docx)", "is empty"),
            Failure("a.png", "a.png: is a picture", "file 4", "is a picture", skipped=True),
        ),
    )
    words = visible(html)
    assert "1 file was not read." in words
    assert "Files not read file 3 (.docx) is empty" in words
    assert "What the reader noticed p01 A note." in words
    assert "x.docx" not in words  # a file name may hold a person's
    assert "Passed over in the folder file 4 is a picture" in words
    assert "Bo.docx" not in words  # nor is this one's name anybody's business
    assert "/home/me" not in words
    assert "Every file that was asked for was read." in visible(page())


def test_how_it_was_made():
    words = visible(page())
    assert "One transcript is in two languages." in words
    assert "segmenter turn" in words
    assert "read 0.2 embed 2.5 all 2.8" in words
    assert "codebook abc123" in words


@pytest.mark.parametrize("study", studies.STUDIES.values(), ids=studies.STUDIES)
def test_it_is_the_same_page_twice_well_formed_and_needs_nothing(study):
    failed = Failure("<a>", "&", "<a>", "\x00\x1b&")
    html = page(study(), replacements=(), failures=(failed,))
    assert html == page(study(), replacements=(), failures=(failed,))
    assert not re.search(r"<script|<img|<link|<iframe|@import|url\(| style=| on\w+=\"", html)
    assert not re.search(r'(?:href|src)="(?!#)', html)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", html)
    body = html[html.index("<body>") : html.index("</html>")]
    tree = ElementTree.fromstring(body)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    pointed = [e.get("aria-labelledby") for e in tree.iter() if e.get("aria-labelledby")]
    pointed += [e.get("href")[1:] for e in tree.iter("a")]
    assert set(pointed) <= set(ids)
    assert all(head.get("scope") for head in tree.iter("th"))


def test_the_policy_allows_the_one_style_and_nothing_else():
    html = page()
    style = re.search(r"<style>(.*?)</style>", html, flags=re.DOTALL).group(1)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html).group(1)
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
