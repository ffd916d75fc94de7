"""What might be a speaker label at the start of a line; `labels` decides which of them are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from themes.grammar.language import STOP_WORDS
from themes.grammar.roles import PLACEHOLDER, is_role_label, kind_of
from themes.grammar.timestamps import EDGE, TIME, WRAPPED, leading_times, parse_seconds

# Label and colon before speech, or alone on a line; label before a time, or after it, alone on a
# line; then the layouts without a colon: a role word alone on a line, a role in brackets or before
# a dash, a dot or a tab, what is bold, and numbered questions.
Layout = Literal["colon", "alone", "time", "below", "line", "mark", "bold", "numbered"]
MARKED: frozenset[Layout] = frozenset({"colon", "alone", "time", "below"})

_LABEL = (
    rf"(?:{PLACEHOLDER}|\[[^\W\d_][^\[\]\n:]{{0,38}}\]|[^\W\d_])"
    rf"(?:{PLACEHOLDER}|[^:：\n\t\[\]]){{0,60}}?"
)
_COLON = re.compile(
    rf"{EDGE}(?P<label>{_LABEL})(?:\s*(?P<time>{WRAPPED}))?\s*[:：](?![:/]|\d\d(?!\d))\s*(?P<rest>.*)",
    re.DOTALL,
)
_COLON_TIME = re.compile(rf"{EDGE}(?P<label>{_LABEL})[:：]\s*(?P<time>{TIME})\s*$")
_LABEL_TIME = re.compile(
    rf"{EDGE}(?P<label>[^\W\d_][^:：\n\t]{{0,60}}?|\[[^\[\]\n:]{{1,40}}\])"
    rf"(?:\s+|(?=[\[(\#]))(?P<time>{TIME})\s*$"
)
_BELOW = re.compile(r"[ \t]*(?:[-–][ \t]+)?(?P<label>[^\W\d_][^:：\n\t\[\]]{0,40})")
_LINE = re.compile(rf"{EDGE}(?P<label>[^\W\d_][\w #()-]{{2,30}}?)\s*")
_MARK = re.compile(
    rf"{EDGE}(?:\[(?P<square>[^\W\d_]\w{{0,20}})\]|\((?P<round>\w{{1,20}})\)|<(?P<angle>\w{{1,20}})>"
    rf"|(?P<bare>[^\W\d_][^:.\t\n\[\](){{}}<>]{{0,20}}?)(?:[ ]*\t|[ ]+[-–—](?=[ ])|\.(?=[ ])))"
    rf"\s*(?P<rest>\S.*)",
    re.DOTALL,
)
_NUMBERED = re.compile(
    rf"{EDGE}(?P<label>(?:Question|Vraag|Frage)\s+\d{{1,3}})[.)]\s*(?P<rest>(?<=\s).*|$)",
    re.DOTALL | re.IGNORECASE,
)
_AT_START = re.compile(rf"(?P<time>{WRAPPED})\s*")

_CODE = re.compile(
    rf"{PLACEHOLDER}|\[?(?:[A-ZÀ-Þ]|[A-ZÀ-Þ]{{1,4}}[- ]?\d{{1,3}}[a-z]?|[a-z]\d{{1,3}})\]?"
)
_INVERTED = re.compile(r"[^\W\d_][^\s,]*(?: [^\s,]+)?, [^\W\d_][^\s,]*(?: [^\s,]+)?")
_ASIDE = re.compile(r"(?<=\S)\s*\([^()]*\)$")  # a party, a function, initials
_NAME_WORD = re.compile(r"[\"'“‘(\[]*[^\W\d_a-zß-öø-ÿ]")
_ABBREVIATION = re.compile(r"\b[^\W\d_]{1,4}\.(?=\s|$|\))")
_PARTICLES = frozenset(
    "van de der den von und and en of the du da di del della dos la le las los el al bin ibn ben "
    "te ter ten zu zur op 't 's in mr mrs ms dr of e y et het der a heer mevrouw mevr mw dhr".split()
)
_HONORIFICS = frozenset("the de het der die das la le el".split())
_SPEECH = frozenset().union(*STOP_WORDS.values()) - _PARTICLES
# Words that head a part, a remark or a reference, and nobody's turn, whatever follows them.
_NEVER = frozenset(
    "deel teil note notes noot nb ps break pause pauze http https www example voorbeeld "
    "beispiel texto original source bron quelle url link figure figuur abbildung table tabel "
    "tabelle chapter hoofdstuk kapitel section step stap schritt tip warning update summary "
    "samenvatting conclusion conclusie fazit remark opmerking anmerkung edit disclaimer comment "
    "title titel date datum time tijd zeit subject betreft re cc fwd appendix bijlage anhang "
    "bijvoorbeeld zum".split()
)
# Words that open a sentence: no label alone, though a name may begin with one.
OPENERS = frozenset(
    "hallo hi hello hoi dag goedemorgen goedemiddag welkom welcome also anyway honestly basically actually first second third finally plus eerst tweede ten "
    "remember look listen kortom eigenlijk dus maar want nou kijk yes no yeah okay ok ja nee nein "
    "well so right sure mhm hmm wow oh ah however therefore meanwhile tenslotte trouwens".split()
)
# Heads with a number behind them ("Part 2"), and short for a participant without one.
_HEADS_WHEN_NUMBERED = frozenset(("part",))
# Role words that also head remarks in speech: taken as labels only when they come back.
_WEAK = frozenset(
    "part question vraag frage answer antwoord antwort all alle guest host system".split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may open a turn: the label, what follows it, and the times beside it."""

    label: str
    rest: str
    layout: Layout
    start_s: float | None = None
    end_s: float | None = None


def candidates(line: str, bold: str = "") -> Iterator[Candidate]:
    """The ways to read a label at the start of `line`, most likely first.

    `bold` is what stands in bold (or is a heading) at the start of the line.

    >>> [(c.label, c.rest, c.layout) for c in candidates("[00:03] Ann Lee: Well.")]
    [('Ann Lee', 'Well.', 'colon')]
    """
    # Spaces of other kinds count as spaces in labels and stay what they are in speech.
    plain = line.replace("\xa0", " ").replace("\u202f", " ")
    for found in _candidates(plain, bold.replace("\xa0", " ").strip()):
        yield replace(found, rest=line[len(line) - len(found.rest) :])


def _candidates(line: str, bold: str) -> Iterator[Candidate]:
    """As `candidates`; every `rest` is what the line ends with."""
    start_s, end_s, after = leading_times(line)
    if start_s is not None and after:
        if match := _COLON.match(after):
            yield _colon(match["label"], match["rest"], start_s, end_s)
        elif match := _BELOW.fullmatch(after):
            yield Candidate(_tidy(match["label"]), "", "below", start_s, end_s)
        elif line.lstrip()[0] not in "[(<#":
            return
        line = after
    elif match := _COLON_TIME.match(line):
        yield Candidate(_tidy(match["label"]), "", "time", parse_seconds(match["time"]))
    elif match := _COLON.match(line):
        time, rest = match["time"], match["rest"]
        if not time and (lead := _AT_START.match(rest)):
            time, rest = lead["time"], rest[lead.end() :]
        yield _colon(match["label"], rest, parse_seconds(time) if time else None)
    elif match := _LABEL_TIME.match(line):
        label = _tidy(match["label"].strip("[]"))
        yield Candidate(label, "", "time", parse_seconds(match["time"]))
    if match := _NUMBERED.match(line):
        yield Candidate(_tidy(match["label"]), match["rest"], "numbered", start_s, end_s)
    elif match := _MARK.match(line):
        label = match["square"] or match["round"] or match["angle"] or match["bare"]
        yield Candidate(_tidy(label), match["rest"], "mark", start_s, end_s)
    elif match := _LINE.fullmatch(line):
        yield Candidate(_tidy(match["label"]), "", "line", start_s, end_s)
    if bold and not bold.endswith(":") and line.lstrip().startswith(bold):
        rest = line.lstrip()[len(bold) :].lstrip()
        yield Candidate(_tidy(bold), rest, "bold", start_s, end_s)


def is_known(label: str) -> bool:
    """Whether the label is a role word or a code such as "P12", so that once is enough.

    >>> [is_known(label) for label in ("Interviewer", "P12", "S", "Anna")]
    [True, True, True, False]
    """
    words = label.casefold().split()
    numbered = any(map(str.isdigit, label))
    if words[0] in _NEVER or (_WEAK.intersection(words) and not numbered):
        return False
    if words[0] in _HEADS_WHEN_NUMBERED:
        return False
    if _CODE.fullmatch(label):
        return label.casefold() not in OPENERS
    says_something = bool(kind_of(label)) or numbered
    return len(words) <= 4 and is_role_label(label) and says_something


def is_plausible(label: str) -> bool:
    """Whether the label can be somebody: at most six words, none of them running speech.

    >>> [is_plausible(x) for x in ("De heer Laçin (SP)", "Great. So here's the thing", "Part 2")]
    [True, False, False]
    """
    label = _ASIDE.sub("", label)
    words = label.split()
    if not 1 <= len(words) <= 6 or (label[-1] in ".,;!?" and not _ABBREVIATION.search(label)):
        return False
    bare = [word.strip("()[]\"'“”‘’.,#").casefold() for word in words]
    if bare[0] in _NEVER or (len(bare) == 1 and bare[0] in OPENERS):
        return False
    if bare[0] in _HEADS_WHEN_NUMBERED and len(bare) > 1:
        return False
    if _INVERTED.fullmatch(label):
        return is_name_shaped(label) and bare[0] not in _SPEECH | OPENERS
    if "." in _ABBREVIATION.sub("", label) or any(mark in label for mark in ',;!?<>="“”'):
        return False
    if is_known(label):
        return True
    if len(words) == 1:
        return True
    # "Dan Smith" is a name though "dan" is Dutch for then; "That was" is not.
    spoken = [
        word
        for word, written, after in zip(bare, words, [*words[1:], ""], strict=True)
        if written[0].islower() or (written == words[0] and not _NAME_WORD.match(after))
    ]
    if any(word in _SPEECH for word in spoken):
        return False
    n_lower = sum(
        not _NAME_WORD.match(word) and not word[0].isdigit() and bare_ not in _PARTICLES
        for word, bare_ in zip(words, bare, strict=True)
    )
    return n_lower <= 1 and (bool(_NAME_WORD.match(words[0])) or bare[0] in _HONORIFICS)


def is_name_shaped(label: str) -> bool:
    """Whether every word but particles begins with a capital, as names do.

    >>> [is_name_shaped(x) for x in ("Aaron van Wirdum", "Audience member", "zack")]
    [True, False, False]
    """
    words = _ASIDE.sub("", label).split()
    return bool(words) and all(
        _NAME_WORD.match(word) or word[0].isdigit() or word.strip("().").casefold() in _PARTICLES
        for word in words
    )


def _colon(label: str, rest: str, start_s: float | None, end_s: float | None = None) -> Candidate:
    layout: Layout = "colon" if rest.strip() else "alone"
    return Candidate(_tidy(label), rest, layout, start_s, end_s)


def _tidy(label: str) -> str:
    label = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff]", "", label)
    return " ".join(label.strip(" *_").split())
