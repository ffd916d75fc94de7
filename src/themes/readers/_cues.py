"""Captions: WebVTT, SubRip and SBV are one grammar of cues with three spellings of a time line.

Written here because the libraries lose speech without a word: text after an empty line in a cue,
"<90 and >60", "-->" in speech, cues timed with a comma or without hours. The rule of this module
is that every line ends in a cue, in what the format calls a comment, or in a note.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from themes.errors import ReadError
from themes.grammar import Utterance
from themes.grammar.assemble import assemble
from themes.grammar.decoding import decode
from themes.grammar.identity import source_of, transcript_id_from
from themes.grammar.labels import label_cues
from themes.grammar.timestamps import parse_seconds
from themes.records import Transcript


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a caption format writes the line that opens a cue.

    `time_line` has the groups `start` and `end` and takes any token with a digit in it, so that a
    mistyped time still opens its cue; `identifier` is the line that may stand above it;
    `line_break` is what else breaks a line inside a cue.
    """

    reader: str
    time_line: re.Pattern[str]
    identifier: re.Pattern[str]
    header: str = ""
    line_break: str = "\n"


@dataclass(frozen=True, slots=True)
class _Cue:
    start_s: float | None
    end_s: float | None
    lines: tuple[str, ...]


_CLOCK = re.compile(r"\d+:\d{1,2}(?::\d{1,2})?(?:[.,:]\d+)?")
_COMMENT = re.compile(r"(?:NOTE(?:\s.*)?|STYLE\s*|REGION\s*)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s+([^<>]*))?>|</v>")
_WORD_TIME = re.compile(r"<\d[\d:.]*>")
# Only the tags the formats define: "<90 and >60 mmHg" is speech.
_TAG = re.compile(
    r"</?(?:c|i|b|u|s|ruby|rt)(?:\.[^\s<>]*)?>"
    r"|</?(?:lang|font)(?:[.\s][^<>]*)?>"
    r"|</?v(?:[.\s][^<>]*)?>"
    r"|<\d[\d:.]*>"
    r"|\{\\[^{}]*\}",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);")
_ROLLING_SHARE = 0.3
_FLASH_S = 0.05

_NO_TEXT = "cues without text, left out"
_BAD_TIME = "cues whose time cannot be read, kept without it"
_BACKWARDS = "cues that end before they start, kept without their end"
_UNTIMED = "numbered cues without a time line, kept without a time"
_ARROW = "lines with --> that hold no time, kept as speech"
_AFTER_GAP = "lines after an empty line inside a cue, kept with the cue"
_COMMENTS = "comment blocks left out"
_FRONT = "lines before the first cue, left out"
_ROLLED = "repeated lines of rolling captions, left out"


def read_cues(path: Path, dialect: Dialect) -> tuple[Transcript, ...]:
    """The one transcript of a caption file, consecutive cues of a speaker joined into a turn.

    Raises ReadError when no cue holds any text.
    """
    data = path.read_bytes()
    decoded = decode(data, path)
    lines = re.split(r"\r\n?|\n", decoded.text.replace(dialect.line_break, "\n"))
    counts: Counter[str] = Counter()
    cues = list(_cues(lines, dialect, counts))
    spoken = [cue for cue in cues if any(map(_plain, cue.lines))]
    if not spoken:
        raise ReadError(
            path.name,
            "no cue holds any text"
            if cues
            else "holds no cue: no line has a start and an end time",
            "export it again, or save it as .txt",
        )
    counts[_NO_TEXT] = len(cues) - len(spoken)
    notes = list(decoded.notes)
    if dialect.header and not decoded.text.startswith(dialect.header):
        notes.append(f"There is no {dialect.header} header; read as cues all the same.")
    if any(_VOICE.search(line) for cue in spoken for line in cue.lines):
        utterances = [part for cue in spoken for part in _voices(cue)]
    else:
        utterances, label_notes = label_cues(
            [
                Utterance(line, "", cue.start_s, cue.end_s)
                for cue in _unroll(spoken, counts)
                for line in cue.lines
            ]
        )
        notes += label_notes
    notes += [f"{what[0].upper()}{what[1:]}: {n}." for what, n in counts.items() if n]
    source = source_of(path, data, dialect.reader, decoded.encoding, tuple(notes))
    transcript = assemble(
        utterances, transcript_id=transcript_id_from(path), source=source, join_speaker=True
    )
    return (transcript,)


def _cues(lines: Sequence[str], dialect: Dialect, counts: Counter[str]) -> Iterator[_Cue]:
    """The cues in file order, those without text too; `counts` collects what is worth a note."""
    first = 0
    if dialect.header and lines[0].startswith(dialect.header):
        first = next(
            (
                at
                for at, line in enumerate(lines)
                if not line.strip() or dialect.time_line.fullmatch(line)
            ),
            len(lines),
        )
    openings = list(_openings(lines, first, dialect))
    counts[_ARROW] = sum("-->" in line for line in lines[first:]) - sum(
        "-->" in lines[at] for _, at, _ in openings
    )
    counts[_FRONT] = sum(
        1
        for block in _blocks(lines[first : openings[0][0] if openings else len(lines)])
        if not _is_comment(block, counts)
        for _ in block
    )
    ends = [*(above for above, _, _ in openings[1:]), len(lines)]
    for (_, at, number), end in zip(openings, ends, strict=bool(openings)):
        match = dialect.time_line.fullmatch(lines[at])
        start_s, end_s = _seconds(match["start"]), _seconds(match["end"])
        counts[_BAD_TIME] += start_s is None or end_s is None
        if start_s is not None and end_s is not None and end_s < start_s:
            counts[_BACKWARDS] += 1
            end_s = None
        cue = _Cue(start_s, end_s, ())
        for position, block in enumerate(_blocks(lines[at + 1 : end])):
            numbered = len(block) > 1 and number is not None and block[0].strip() == str(number + 1)
            if position and _is_comment(block, counts):
                continue
            if position and numbered:
                yield cue
                counts[_UNTIMED] += 1
                number += 1
                cue, block = _Cue(None, None, ()), block[1:]
            elif cue.lines:
                counts[_AFTER_GAP] += len(block)
            cue = replace(cue, lines=cue.lines + block)
        yield cue


def _openings(
    lines: Sequence[str], first: int, dialect: Dialect
) -> Iterator[tuple[int, int, int | None]]:
    """For each cue: where it begins (its identifier, if any), its time line, and its number."""
    number: int | None = None
    for at in range(first, len(lines)):
        match = dialect.time_line.fullmatch(lines[at])
        if match is None:
            continue
        above = at
        if at > first and dialect.identifier.fullmatch(lines[at - 1]):
            text = lines[at - 1].strip()
            alone = at - 1 == first or not lines[at - 2].strip()
            if alone or (text.isdecimal() and number is not None and int(text) == number + 1):
                above = at - 1
                number = int(text) if text.isdecimal() else number
        # Clock times open a cue anywhere; what merely looks like a time needs the gap above it.
        clock = _CLOCK.fullmatch(match["start"]) and _CLOCK.fullmatch(match["end"])
        if clock or above == 0 or above < at or not lines[above - 1].strip():
            yield above, at, number


def _blocks(lines: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Runs of lines between empty lines; lines of spaces belong to a run, and are dropped."""
    block: list[str] = []
    for line in [*lines, ""]:
        if line:
            block.append(line)
        elif block:
            if kept := tuple(line for line in block if line.strip()):
                yield kept
            block = []


def _is_comment(block: Sequence[str], counts: Counter[str]) -> bool:
    if not _COMMENT.fullmatch(block[0]):
        return False
    counts[_COMMENTS] += block[0].startswith("NOTE")
    return True


def _seconds(token: str) -> float | None:
    try:
        return parse_seconds(token)
    except ValueError:
        return None


def _plain(line: str) -> str:
    """The words of a line: tags out, entities decoded."""
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), _TAG.sub("", line)).strip()


def _voices(cue: _Cue) -> Iterator[Utterance]:
    """One utterance a voice; what stands outside any voice has no speaker."""
    speaker, at = "", 0
    text = " ".join(line.strip() for line in cue.lines)
    for tag in _VOICE.finditer(text):
        yield Utterance(_plain(text[at : tag.start()]), speaker, cue.start_s, cue.end_s)
        speaker, at = _plain(tag[1] or ""), tag.end()
    yield Utterance(_plain(text[at:]), speaker, cue.start_s, cue.end_s)


def _unroll(cues: Sequence[_Cue], counts: Counter[str]) -> list[_Cue]:
    """The cues in plain words, each line once where the file shows it again with the next one.

    YouTube's automatic captions roll: a cue repeats the line before it, and cues of 10 ms stand
    between. Two equal cues in a file that does not roll are two utterances, and both stay.
    """
    texts = [tuple(filter(None, map(_plain, cue.lines))) for cue in cues]
    timed_words = any(_WORD_TIME.search(line) for cue in cues for line in cue.lines)
    repeats = sum(
        before[-1] == after[0] and (after[-1] != after[0] or _is_flash(cue))
        for before, after, cue in zip(texts, texts[1:], cues[1:], strict=False)
    )
    if not repeats or not (timed_words or (repeats > 2 and repeats >= _ROLLING_SHARE * len(cues))):
        return [replace(cue, lines=text) for cue, text in zip(cues, texts, strict=True)]
    kept = [replace(cues[0], lines=texts[0])]
    for before, after, cue in zip(texts, texts[1:], cues[1:], strict=False):
        n_said = next(
            n
            for n in range(min(len(before), len(after)), -1, -1)
            if before[len(before) - n :] == after[:n]
        )
        counts[_ROLLED] += n_said
        kept.append(replace(cue, lines=after[n_said:]))
    return kept


def _is_flash(cue: _Cue) -> bool:
    return None not in (cue.start_s, cue.end_s) and cue.end_s - cue.start_s <= _FLASH_S
