"""Times written in transcripts: at the edges of lines, never inside what somebody says."""

from __future__ import annotations

import re

_CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,6}|[:;]\d{2})?(?:-\d)?"
# Patterns to build others from: a time in brackets or hashes; any time; what may stand unseen
# before the first character of a line.
WRAPPED = rf"(?:\[\s*{_CLOCK}\s*\]|\(\s*{_CLOCK}\s*\)|<\s*{_CLOCK}\s*>|\#\s*{_CLOCK}\s*\#)"
TIME = rf"(?:{WRAPPED}|{_CLOCK})"
EDGE = r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]*"

_TO = r"\s*(?:-->|[-–/])\s*"
_LEADING = re.compile(
    rf"{EDGE}(?:[\[(]\s*(?P<from>{_CLOCK}){_TO}(?P<to>{_CLOCK})\s*[\])]"
    rf"|(?P<start>{TIME})(?![\d:])(?:{_TO}(?P<end>{TIME})(?![\d:]))?)[ \t]*"
)
_TRAILING = re.compile(rf"(?<=\S)\s*(?P<time>{WRAPPED})\s*$")
_LONGEST = 48  # characters of a time, with its brackets and space
_PARTS = re.compile(
    r"(?:(?P<h>\d{1,3}):)?(?P<m>\d{1,3}):(?P<s>\d{2})"
    r"(?:[.,](?P<fraction>\d{1,6})|[:;]\d{2})?(?:-(?P<tenths>\d))?"
)
_SECONDS = re.compile(r"\d+(?:[.,]\d+)?")


def parse_seconds(written: str) -> float:
    """Seconds from the start of the recording; ValueError when it is no time.

    `mm:ss`, `h:mm:ss`, a fraction after `.` or `,`, f4's tenths after a hyphen, frames (left
    out), plain seconds; in brackets or hashes or bare. Minutes may pass 59.

    >>> [parse_seconds(t) for t in ("[00:12:33]", "75:10", "#00:03:22-5#", "0:00:06.31", "3.48")]
    [753.0, 4510.0, 202.5, 6.31, 3.48]
    """
    bare = written.strip().strip("[](){}<>#").strip()
    if _SECONDS.fullmatch(bare):
        return float(bare.replace(",", "."))
    match = _PARTS.fullmatch(bare)
    if not match:
        raise ValueError("not a time")
    hours, minutes, seconds = (int(match[part] or 0) for part in "hms")
    whole = 3600 * hours + 60 * minutes + seconds
    # Through the decimal notation, so that 0:07.94 is 7.94 and not 7.9399999999999995.
    return float(f"{whole}.{match['fraction'] or match['tenths'] or 0}")


def leading_times(line: str) -> tuple[float | None, float | None, str]:
    """The time or span of times that opens `line`, and what comes after it.

    >>> leading_times("[00:01:05] Well")
    (65.0, None, 'Well')
    >>> leading_times("0:01 --> 0:04")
    (1.0, 4.0, '')
    """
    match = _LEADING.match(line)
    if not match:
        return None, None, line
    start, end = match["from"] or match["start"], match["to"] or match["end"]
    return parse_seconds(start), parse_seconds(end) if end else None, line[match.end() :]


def trailing_time(speech: str) -> tuple[float | None, str]:
    """The bracketed time that closes `speech`, as f4 writes it, and what comes before it.

    >>> trailing_time("Well. #00:03:22-5#")
    (202.5, 'Well.')
    """
    match = _TRAILING.search(speech[-_LONGEST:])
    if not match:
        return None, speech
    n_chars = min(len(speech), _LONGEST) - match.start()
    return parse_seconds(match["time"]), speech[: len(speech) - n_chars]
