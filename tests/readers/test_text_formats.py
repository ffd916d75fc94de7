"""Plain text, Markdown, web pages, XML and CHAT: what each has of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from themes import registry
from themes.errors import ReadError
from themes.records import Transcript


def read(tmp_path: Path, suffix: str, content: str | bytes) -> Transcript:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (transcript,) = registry.load("readers", suffix)().read(path)
    return transcript


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker, transcript.speech(turn)) for turn in transcript.turns]


def test_all_line_ends_part_lines(tmp_path: Path) -> None:
    text = "I: One?\r\nR: Two.\rI: Three?\nR: Four.\u2028I: Five?\x0bR: Six."
    assert len(read(tmp_path, "txt", text).turns) == 6


def test_old_encoding_is_on_record(tmp_path: Path) -> None:
    transcript = read(tmp_path, "txt", "I: Één?\n\nR: “Ja”.".encode("cp1252"))
    assert transcript.text == "I: Één?\n\nR: “Ja”."
    assert transcript.source is not None
    assert transcript.source.encoding == "cp1252"
    assert transcript.source.notes[0] == "The file is not UTF-8; it was read as cp1252."


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    assert read(tmp_path, "txt", "Zoe\u0308: Ja.\n\nI: Ne\u0301e?").speakers == ("Zoë", "I")


def test_otter(tmp_path: Path) -> None:
    text = (
        "Ann Lee  0:01\nSo, how\nwas it?\n\nUnknown Speaker  75:09\nFine.\n\n"
        "Transcribed by https://otter.ai\n"
    )
    transcript = read(tmp_path, "txt", text)
    assert said(transcript) == [("Ann Lee", "So, how\nwas it?"), ("Unknown Speaker", "Fine.")]
    assert transcript.turns[1].start_s == 4509.0
    assert transcript.turns[1].role == "other"


def test_markdown_marks_are_gone_and_speech_is_not(tmp_path: Path) -> None:
    text = """---
title: "Ann: a talk"
speakers:
  - Ann
---
# A talk

**Ann:** \\[01:46\\] So, *laughs*, see [the list](https://example.org/a_b) & `x_y`\\!

<!-- a remark -->
It was **very** good. \\[laughter\\]

***

## About work

*Bob:* Yes.<br>Or __no__.

**Break:** \\[02:10\\]

> **Ann:** And <u>so</u>?

- **Bob:** 2 * 3 * 4
"""
    transcript = read(tmp_path, "md", text)
    assert said(transcript) == [
        ("Ann", "So, *laughs*, see the list & `x_y`!\nIt was very good. [laughter]"),
        ("Bob", "Yes.\nOr no."),
        ("Ann", "And so?"),
        ("Bob", "2 * 3 * 4"),
    ]
    assert transcript.turns[0].start_s == 106.0


def test_markdown_headings_can_be_labels(tmp_path: Path) -> None:
    text = "### Interviewer\nSo?\n\n### Geïnterviewde\nJa.\nNee.\n\n### Interviewer\nEn?\n"
    assert said(read(tmp_path, "md", text)) == [
        ("Interviewer", "So?"),
        ("Geïnterviewde", "Ja.\nNee."),
        ("Interviewer", "En?"),
    ]


def test_markdown_captions_without_a_header(tmp_path: Path) -> None:
    text = (
        "00:00:01.000 --> 00:00:02.000\nNotetaker: So?\n\n00:00:03.000 --> 00:00:04.000\nP1: Yes.\n"
    )
    assert [(t.start_s, t.end_s) for t in read(tmp_path, "md", text).turns] == [(1, 2), (3, 4)]


def test_html_fragment_with_cite_and_time(tmp_path: Path) -> None:
    html = (
        "<cite>Ann:</cite>\n<time>0:00</time>\n<p>It&#39;s so &amp; so.</p>\n"
        "<cite>Bob:</cite><time>0:53</time><p>Yes &lt;3</p><cite>Ann:</cite><p>No.</p>"
    )
    transcript = read(tmp_path, "html", html)
    assert said(transcript) == [("Ann", "It's so & so."), ("Bob", "Yes <3"), ("Ann", "No.")]
    assert [turn.start_s for turn in transcript.turns] == [0.0, 53.0, None]


def test_html_hides_what_a_browser_hides(tmp_path: Path) -> None:
    html = (
        "<html><head><title>T</title><style>p{}</style></head><body><nav><p>Home<p>Back</nav>"
        "<script>if (a < b) {}</script><div>I: So?<br>R: Yes,\n   it   was.</div>"
        "<p><b>I</b>: And?</p></body>"
    )
    assert said(read(tmp_path, "html", html)) == [
        ("I", "So?"),
        ("R", "Yes, it was."),
        ("I", "And?"),
    ]


def test_html_tables_and_definition_lists(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td>{a}<td>{b}</tr>" for a, b in (("I", "So?"), ("R", "Yes."), ("I", "No."))
    )
    assert said(read(tmp_path, "html", f"<table>{rows}</table>"))[1] == ("R", "Yes.")
    pairs = "<dt>Ann<dd>So?<dt>Bob<dd>Yes.<dt>Ann<dd>And?<dt>Bob<dd>No."
    assert read(tmp_path, "html", f"<dl>{pairs}</dl>").speakers == ("Ann", "Bob")


def test_tei_with_names_notes_and_a_timeline(tmp_path: Path) -> None:
    xml = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><person xml:id="A">
    <persName>Ann <surname>Lee</surname></persName></person></teiHeader><text>
    <timeline><when xml:id="T1" interval="1.5s"/><when xml:id="T2" absolute="00:00:04"/></timeline>
    <u who="#A" start="#T1" end="#T2"><seg>One,
      two.</seg><note>coughs</note><seg>Three.</seg></u><u who="#B">Yes<gap/>.</u></text></TEI>"""
    transcript = read(tmp_path, "xml", xml)
    assert said(transcript) == [("Ann Lee", "One, two.\nThree."), ("B", "Yes.")]
    assert (transcript.turns[0].start_s, transcript.turns[0].end_s) == (1.5, 4.0)


def test_tei_speech_with_a_token_a_line(tmp_path: Path) -> None:
    tokens = [
        ("I", "PP"),
        ("do", "VV"),
        ("n't", "RB"),
        (",", ","),
        ("(", "("),
        ("so", "RB"),
        (")", ")"),
    ]
    lines = "\n".join(f"{word}\t{tag}\t{word}\t_" for word, tag in tokens)
    xml = f"<text><sp who='#A'><p>\n{lines}\n</p></sp></text>"
    assert said(read(tmp_path, "xml", xml)) == [("A", "I don't, (so)")]


def test_transcriber_and_ttml(tmp_path: Path) -> None:
    trs = (
        '<Trans><Speakers><Speaker id="s1" name="Ann Lee"/></Speakers><Turn speaker="s1" '
        'startTime="0.5" endTime="2"><Sync time="0.5"/>So it is.</Turn></Trans>'
    )
    assert said(read(tmp_path, "xml", trs)) == [("Ann Lee", "So it is.")]
    ttml = (
        '<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="00:00:01.000" end="2s">So it'
        '</p><p begin="2s" end="3s">goes<br/>on.</p></div></body></tt>'
    )
    transcript = read(tmp_path, "xml", ttml)
    assert said(transcript) == [("", "So it goes\non.")]
    assert (transcript.turns[0].start_s, transcript.turns[0].end_s) == (1.0, 3.0)


def test_unknown_and_broken_xml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="unknown kind; its root is 'feed'"):
        read(tmp_path, "xml", "<feed><entry>so</entry></feed>")
    with pytest.raises(ReadError, match=r"a.xml, line 2: is broken XML"):
        read(tmp_path, "xml", "<TEI>\n<u>so</p></TEI>")
    with pytest.raises(ReadError, match="entities"):
        read(tmp_path, "xml", '<!DOCTYPE t [<!ENTITY a "b">]><TEI><u>&a;</u></TEI>')


def test_chat_codes(tmp_path: Path) -> None:
    cha = (
        "@UTF8\n@Begin\n*MOT:\t<I like> [/] I like (be)cause &-um xxx beans . \x151000_2500\x15\n"
        "%mor:\tpro\n*CHI:\tno [= doll] wug@c &=laughs +...\n*MOT:\tso\n\tit is [?] ! \x153_9\x15\n@End\n"
    )
    transcript = read(tmp_path, "cha", cha)
    assert said(transcript) == [
        ("MOT", "I like I like because um xxx beans."),
        ("CHI", "no wug [laughs]…"),
        ("MOT", "so it is (?)!"),
    ]
    assert (transcript.turns[0].start_s, transcript.turns[0].end_s) == (1.0, 2.5)
    with pytest.raises(ReadError, match=r"a.cha, line 2"):
        read(tmp_path, "cha", "@Begin\n*MOT so\n")
