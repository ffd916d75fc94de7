"""Invented studies for the tests of exporters and of the report."""

from __future__ import annotations

from themes.grammar import compose
from themes.records import Code, Codebook, Segment, Span, Study, Suggestion, Transcript, Turn

MODEL = "help-seeking 1.0"

BOOK = Codebook(
    "asking",
    "2.1",
    (
        Code("weigh", "What is weighed", codable=False),
        Code(
            "weigh.care",
            "The patient's safety",
            "Care is a reason to ask.",
            "Not waiting for the patient's sake.",
            "A case history without asking.",
            ("I rang at once, for her sake.",),
            "weigh",
            color="#1b7f5c",
        ),
        Code("weigh.alone", "Managing alone", "Wanting to manage alone.", parent="weigh"),
        Code("delay", "Putting off", "Waiting with asking.", color="#6B6BB0"),
    ),
    "Asking for help",
)


def transcript(name: str, parts: list[tuple[str, str]], **fields) -> Transcript:
    """A pseudonymized transcript of (speaker, speech); "I" is the interviewer, and times run."""
    text, spans = compose(parts)
    turns = tuple(
        Turn(
            span,
            speaker,
            "interviewer" if speaker == "I" else "respondent",
            start_s=10.0 * number,
            end_s=10.0 * number + 7.5,
        )
        for number, ((speaker, _), span) in enumerate(zip(parts, spans, strict=True))
    )
    return Transcript(name, text, turns, anonymized=True, **fields)


def turns(*transcripts: Transcript) -> tuple[Segment, ...]:
    return tuple(
        Segment(t.id, number, turn.span, turn.speaker, turn.role, t.speech(turn))
        for t in transcripts
        for number, turn in enumerate(t.turns, 1)
    )


def suggestion(
    segment: Segment, code_id: str, score: float, outcome: str = "suggest", evidence: str = ""
) -> Suggestion:
    """A suggestion whose evidence is the words `evidence`, or the whole segment."""
    start = segment.text.index(evidence) if evidence else 0
    span = Span(start, start + (len(evidence) or len(segment.text))).shift(segment.span.start)
    return Suggestion(segment.id, code_id, score, outcome, span, MODEL, "2.1")


def plain() -> Study:
    """Two interviews, one in Dutch; two codes in one segment; a score too low; one asked."""
    first = transcript(
        "p01",
        [
            ("I", "When did you call?"),
            ("R", "I wanted to solve it myself first. But she got worse, so I rang at once."),
            ("I", "And the second time?"),
            ("R", "I waited until the round."),
        ],
        language="en",
        attributes={"year": "3", "site": "north"},
    )
    second = transcript(
        "p02",
        [("I", "Hoe ging dat?"), ("R", "Ik heb het nog even aangekeken, één uur of zo.")],
        language="nl",
        attributes={"year": "5"},
    )
    segments = turns(first, second)
    return Study(
        "Asking on the ward",
        BOOK,
        (first, second),
        segments,
        (
            suggestion(segments[1], "weigh.care", 0.91, evidence="she got worse"),
            suggestion(segments[1], "weigh.alone", 0.725, evidence="I wanted to solve it myself"),
            suggestion(segments[3], "delay", 0.55, "ask"),
            suggestion(segments[5], "delay", 0.8, evidence="nog even aangekeken"),
            suggestion(segments[5], "weigh.care", 0.1, "none"),
        ),
        MODEL,
    )


def hostile() -> Study:
    """What breaks exporters: emoji, accents, control characters, markup, formulas, overlaps."""
    speech = [
        "=SUM(A1) \N{EXTRATERRESTRIAL ALIEN} zo\N{LATIN SMALL LETTER E WITH DIAERESIS}",
        '- nou, "ja",; maar\nnee\t<b>&amp;</b>',
        "\x07\x1b[31mbell\x00 \ufffe",
        "\u0645\u0631\u062d\u0628\u0627 \u202eabc\u202c \N{MAN}\u200d\N{MICROSCOPE}",
        "q\u0323\u0307 \u0905\u094d ]]> <!-- -- --> <script>alert(1)</script>",
        "@\N{FACE WITH TEARS OF JOY}" * 40,
    ]
    strange = transcript(
        "p\u00e9 <1>&",
        [("R", said) for said in speech],
        attributes={
            "text": "=1+1",
            "na\x01me": "va\r\nl\x02ue",
            "empty": "",
        },
    )
    silent = transcript("silent", [("", "Nothing to see.")])
    empty = Transcript("empty", "", (), anonymized=True)
    whole = turns(strange, silent)
    # A window over part of a turn, overlapping the segment of that turn.
    span = Span(whole[1].span.start + 2, whole[1].span.end)
    window = Segment(strange.id, 2, span, "R", "respondent", span.of(strange.text))
    book = Codebook(
        "h\u00e9 \x02<&>",
        "<1>",
        (
            Code("a", "bell\x07 <i>&\"'", "def\x00inition\r\nnext", color="#ABCDEF"),
            Code("b", "=cmd|' /C calc'!A0", parent="a", examples=("\ufffe", "\U0001f600")),
        ),
    )
    suggested = tuple(
        suggestion(segment, code, 0.5, "ask" if code == "b" else "suggest")
        for segment in (*whole[:6], window)
        for code in ("a", "b")
    )
    return Study(
        "h\x0bo\nstile <&>", book, (strange, silent, empty), (*whole, window), suggested, "m\x05<&>"
    )


def without_codes() -> Study:
    only = transcript("p01", [("R", "Yes.")])
    return Study("no codes", Codebook("none", "0", ()), (only,), turns(only), (), MODEL)


def empty() -> Study:
    return Study("empty", BOOK, (), (), (), MODEL)


STUDIES = {study.__name__: study for study in (plain, hostile, without_codes, empty)}
