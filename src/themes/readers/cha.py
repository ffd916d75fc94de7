"""CHAT, the format of TalkBank and CLAN."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from themes.errors import ReadError
from themes.grammar import Utterance
from themes.grammar.assemble import assemble
from themes.grammar.decoding import decode
from themes.grammar.identity import source_of, transcript_id_from
from themes.records import Transcript

_BULLET = re.compile(r"[\x15\u2022]?(?P<start>\d+)_(?P<end>\d+)[\x15\u2022]?")
_EVENT = re.compile(r"&=(?P<what>[\w:]+)")
_MARKS = (
    (re.compile(r"\[=! (?P<what>[^\]]+)\]"), r"[\g<what>]"),  # what is done while speaking
    (re.compile(r"&[-+~](?=\w)"), ""),  # fillers, fragments, nonwords: the word stays
    (re.compile(r"\[\?\]"), "(?)"),  # an uncertain guess
    (re.compile(r"\[(?:[/=*^%!<>:+#-]|//)[^\]]*\]"), ""),  # retracings, codes, glosses, overlap
    (re.compile(r"\((?P<part>[\w']+)\)"), r"\g<part>"),  # (be)cause: what was not pronounced
    (re.compile(r"[<>]"), ""),
    (re.compile(r"(?<=\w)@[\w:$-]+"), ""),  # word@l: a special form
    (re.compile(r"\+\.\.\.|\+\.\.\?"), "…"),
    (re.compile(r"\+(?:/|//|\"/|\")?[.?!]"), "-"),
    (re.compile(r"\+[,<^\"+]"), ""),
    (re.compile(r"[‡„]"), ","),
    (re.compile(r"\s+"), " "),
    (re.compile(r" (?=[.?!,;…])"), ""),
)


class Cha:
    """CHAT files (TalkBank, CLAN): main tiers with their times; dependent tiers are left out.

    Codes for retracing, overlap and pronunciation are taken out of the text; `xxx` and events
    such as `[laughs]` stay. Format: MacWhinney, "Tools for Analyzing Talk, Part 1: The CHAT
    Transcription Format".
    """

    suffixes = (".cha",)

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The transcript in the file; ReadError if no line begins with a speaker code."""
        data = path.read_bytes()
        decoded = decode(data, path)
        utterances = list(_utterances(decoded.text, path))
        if not utterances:
            raise ReadError(path.name, "has no line of speech such as *PAR:", "export it again")
        notes = (*decoded.notes, "CHAT codes and dependent tiers are not in the text.")
        source = source_of(path, data, "cha", decoded.encoding, notes)
        return (
            assemble(
                utterances,
                transcript_id=transcript_id_from(path),
                source=source,
                join_speaker=True,
            ),
        )


def _utterances(text: str, path: Path) -> Iterator[Utterance]:
    for number, line in _whole_lines(text):
        if not line.startswith("*"):
            continue
        code, colon, speech = line[1:].partition(":")
        if not colon or not code.strip():
            raise ReadError(path.name, "has a main tier without a colon", line=number)
        yield _utterance(code.strip(), speech)


def _whole_lines(text: str) -> Iterator[tuple[int, str]]:
    """Each tier with its line number; lines that begin with white space go on with it."""
    number, parts = 0, []
    for at, line in enumerate(text.splitlines(), 1):
        if parts and line[:1].isspace():
            parts.append(line.strip())
            continue
        if parts:
            yield number, " ".join(parts)
        number, parts = at, [line]
    if parts:
        yield number, " ".join(parts)


def _utterance(code: str, speech: str) -> Utterance:
    times = [
        tuple(int(match[key]) / 1000 for key in ("start", "end"))
        for match in _BULLET.finditer(speech)
    ]
    speech = _EVENT.sub(
        lambda match: f"[{match['what'].replace(':', ' ')}]", _BULLET.sub("", speech)
    )
    for pattern, plain in _MARKS:
        speech = pattern.sub(plain, speech)
    start_s, end_s = (times[0][0], times[-1][1]) if times else (None, None)
    return Utterance(speech.strip(), code, start_s, end_s)
