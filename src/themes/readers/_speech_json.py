"""What speech recognizers and corpora write as JSON, one function a shape.

Every function takes the parsed file and gives its utterances, or None when the file has another
shape. `SHAPES` names them in the order they are tried. Words without a time or a speaker, such as
the numbers WhisperX cannot align, go with the word before them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from themes.grammar import Utterance
from themes.grammar.timestamps import parse_seconds
from themes.readers._speakers import speaker_label

_TEXT = ("text", "body", "content", "transcript", "utterance", "statement", "sentence", "dialogue")
_SPEAKER = ("speaker", "speakername", "speakerlabel", "participantrole", "name", "role")
_START = ("start", "starttime", "starts", "begin", "beginoffsetmillis", "timestamp", "from")
_END = ("end", "endtime", "ends", "endoffsetmillis", "to")
_ROW_LISTS = ("turns", "utterances", "transcript", "dialogue", "conversation", "messages")
_PAUSE_S = 1.0

Found = list[Utterance] | None


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    speaker: str = ""
    start_s: float | None = None
    end_s: float | None = None
    is_glued: bool = False  # punctuation: no space before it


def whisper(data: Any) -> Found:
    """Whisper, WhisperX, whisper-timestamped and podcast:transcript: `segments`."""
    segments = _get(data, "segments")
    if not _is_rows(segments):
        return None
    return [part for segment in segments for part in _segment(segment)]


def whisper_cpp(data: Any) -> Found:
    """whisper.cpp: `transcription` with `offsets` in ms."""
    rows = _get(data, "transcription")
    if not _is_rows(rows):
        return None
    return [
        Utterance(
            str(row["text"]),
            "",
            _seconds(_get(row, "offsets", "from"), 1000),
            _seconds(_get(row, "offsets", "to"), 1000),
        )
        for row in rows
    ]


def aws_call_analytics(data: Any) -> Found:
    """AWS Transcribe Call Analytics: `Transcript` with ParticipantRole, offsets in ms."""
    return _rows(_get(data, "Transcript"), per_second=1000)


def aws_transcribe(data: Any) -> Found:
    """AWS Transcribe: `results.items`, speakers joined on the start time, a string."""
    results = _get(data, "results")
    items = _get(results, "items")
    if not isinstance(items, list):
        return None
    channels = _get(results, "channel_labels", "channels")
    if isinstance(channels, list) and channels:
        return _by_time(
            _sentences(_aws_words(channel["items"], {}, str(channel["channel_label"])))
            for channel in channels
        )
    speakers = {
        str(item["start_time"]): str(item["speaker_label"])
        for segment in _get(results, "speaker_labels", "segments") or ()
        for item in segment.get("items", ())
    }
    return list(_sentences(_aws_words(items, speakers, "")))


def deepgram(data: Any) -> Found:
    """Deepgram: `results.utterances`, else the words of `results.channels`."""
    results = _get(data, "results")
    channels = _get(results, "channels")
    if not isinstance(channels, list):
        return None
    if utterances := _get(results, "utterances"):
        if len(channels) > 1:
            utterances = [{"speaker": f"Channel {row['channel']}", **row} for row in utterances]
        return [part for utterance in utterances for part in _segment(utterance)]
    return _by_time(
        _best(channel, f"Channel {number}" if len(channels) > 1 else "")
        for number, channel in enumerate(channels)
    )


def google(data: Any) -> Found:
    """Google Speech-to-Text: a list of `results`, speakers in the words of the last one."""
    results = _get(data, "results") or _get(data, "response", "results")
    if not isinstance(results, list) or not all(_get(row, "alternatives") for row in results):
        return None
    # With diarization, the last result repeats all words, now with speakers.
    last = list(_best(results[-1], "")) if results else []
    if any(utterance.speaker for utterance in last):
        return last
    return [utterance for result in results for utterance in _best(result, "")]


def assemblyai(data: Any) -> Found:
    """AssemblyAI: `utterances` with times in ms, or null; then `words`, then `text`."""
    if not isinstance(data, Mapping) or not {"utterances", "words"} <= data.keys():
        return None
    if data["utterances"]:
        rows = [{**row, "speaker": _lettered(row.get("speaker"))} for row in data["utterances"]]
        return _rows(rows, per_second=1000)
    words = [
        _Word(
            str(word["text"]),
            _lettered(word.get("speaker")),
            _seconds(word.get("start"), 1000),
            _seconds(word.get("end"), 1000),
        )
        for word in data["words"] or ()
    ]
    return list(_sentences(words)) or None


def rev(data: Any) -> Found:
    """Rev: `monologues` of `elements`."""
    monologues = _get(data, "monologues")
    if not isinstance(monologues, list):
        return None
    return [
        Utterance(
            "".join(str(element.get("value", "")) for element in monologue["elements"]),
            speaker_label(monologue.get("speaker_name", monologue.get("speaker"))),
            _first(_seconds(element.get("ts")) for element in monologue["elements"]),
            _first(_seconds(element.get("end_ts")) for element in reversed(monologue["elements"])),
        )
        for monologue in monologues
    ]


def meeting(data: Any) -> Found:
    """QMSum and its like: `meeting_transcripts` of speaker and content."""
    return _rows(_get(data, "meeting_transcripts"))


def rows(data: Any) -> Found:
    """A list of {speaker, text}, bare or under a name such as `turns`."""
    if isinstance(data, Mapping):
        return next((found for key in _ROW_LISTS if (found := _rows(data.get(key)))), None)
    return _rows(data)


def whole_text(data: Any) -> str:
    """One string under `text` or `transcript`; "" if there is none."""
    text = _get(data, "text") or _get(data, "transcript")
    return text if isinstance(text, str) else ""


SHAPES: tuple[tuple[str, Callable[[Any], Found]], ...] = (
    ("Whisper or WhisperX (segments)", whisper),
    ("whisper.cpp (transcription)", whisper_cpp),
    ("AWS Call Analytics (Transcript)", aws_call_analytics),
    ("AWS Transcribe (results.items)", aws_transcribe),
    ("Deepgram (results.channels)", deepgram),
    ("Google Speech-to-Text (results list)", google),
    ("AssemblyAI (utterances, words)", assemblyai),
    ("Rev (monologues)", rev),
    ("QMSum (meeting_transcripts)", meeting),
    ("a list of {speaker, text}", rows),
)


def _get(data: Any, *keys: str) -> Any:
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def _first(values: Iterable[Any]) -> Any:
    return next((value for value in values if value is not None), None)


def _named(row: Mapping[str, Any], names: Sequence[str]) -> Any:
    """The value of the first of `names` that `row` has, whatever its case and underscores."""
    keys = {key.replace("_", "").casefold(): key for key in reversed(row)}
    return _first(row[keys[name]] for name in names if name in keys)


def _is_rows(value: Any) -> bool:
    """Whether `value` is a list of objects, and one of them at least has a text."""
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        return False
    texts = [text for row in value if (text := _named(row, _TEXT)) is not None]
    return bool(texts) and all(
        isinstance(text, str)
        or (isinstance(text, list) and all(isinstance(sentence, str) for sentence in text))
        for text in texts
    )


def _rows(value: Any, per_second: int = 1) -> Found:
    return [_row(row, per_second) for row in value] if _is_rows(value) else None


def _row(row: Mapping[str, Any], per_second: int = 1) -> Utterance:
    text = _named(row, _TEXT) or ""
    return Utterance(
        " ".join(text) if isinstance(text, list) else text,
        speaker_label(_named(row, _SPEAKER)),
        _seconds(_named(row, _START), per_second),
        _seconds(_named(row, _END), per_second),
    )


def _lettered(speaker: Any) -> str:
    """AssemblyAI calls its speakers A, B, C, which would read as initials."""
    label = speaker_label(speaker)
    return f"Speaker {label}" if len(label) == 1 else label


def _seconds(value: Any, per_second: int = 1) -> float | None:
    """Numbers, numbers in strings ("3.1", "3.1s"), clock strings, and Google's seconds + nanos."""
    if isinstance(value, Mapping):
        seconds, nanos = _seconds(value.get("seconds", 0)), _seconds(value.get("nanos", 0))
        return None if None in (seconds, nanos) else seconds + nanos / 1e9
    if isinstance(value, str):
        try:
            value = parse_seconds(value.removesuffix("s"))
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return value / per_second


def _segment(segment: Mapping[str, Any]) -> Iterator[Utterance]:
    """A segment or utterance, cut where its words change speaker; its text stays verbatim.

    WhisperX and Deepgram give a segment the speaker of most of its words.
    """
    whole = _row(segment)
    words = [
        _Word(
            str(_named(word, ("punctuatedword", "word", "text")) or "").strip(),
            speaker_label(word.get("speaker")),
            _seconds(word.get("start")),
            _seconds(word.get("end")),
        )
        for word in segment.get("words") or ()
        if isinstance(word, Mapping)
    ]
    if len({word.speaker for word in words if word.speaker}) < 2:
        speaker = _who_when(words)[0] or whole.speaker
        yield Utterance(whole.text, speaker, whole.start_s, whole.end_s)
        return
    at = 0
    groups = list(_by_speaker(words))
    for group, following in zip(groups, [*groups[1:], None], strict=True):
        # Each group takes the text up to the first word of the next.
        until = len(whole.text)
        if following is not None:
            position = at
            for word in group:
                found = whole.text.find(word.text, position)
                position = position if found < 0 else found + len(word.text)
            until = max(position, whole.text.find(following[0].text, position))
        yield Utterance(whole.text[at:until], *_who_when(group))
        at = until


def _by_speaker(words: Iterable[_Word]) -> Iterator[list[_Word]]:
    group: list[_Word] = []
    speaker = ""
    for word in words:
        if group and word.speaker and speaker and word.speaker != speaker:
            yield group
            group = []
        speaker = word.speaker or speaker
        group.append(word)
    if group:
        yield group


def _sentences(words: Iterable[_Word]) -> Iterator[Utterance]:
    """Words as utterances: cut at a change of speaker, a sentence end, or a pause."""
    for group in _by_speaker(words):
        speaker = _who_when(group)[0]
        sentence: list[_Word] = []
        for word in group:
            if sentence and not word.is_glued and _is_over(sentence, word):
                yield _said(sentence, speaker)
                sentence = []
            sentence.append(word)
        yield _said(sentence, speaker)


def _is_over(sentence: Sequence[_Word], word: _Word) -> bool:
    if sentence[-1].text.endswith((".", "?", "!")):
        return True
    end_s = _first(said.end_s for said in reversed(sentence))
    return None not in (end_s, word.start_s) and word.start_s - end_s > _PAUSE_S


def _said(words: Sequence[_Word], speaker: str) -> Utterance:
    text = "".join(("" if word.is_glued else " ") + word.text for word in words)
    return Utterance(text.strip(), speaker, *_who_when(words)[1:])


def _who_when(words: Sequence[_Word]) -> tuple[str, float | None, float | None]:
    return (
        _first(word.speaker or None for word in words) or "",
        _first(word.start_s for word in words),
        _first(word.end_s for word in reversed(words)),
    )


def _by_time(channels: Iterable[Iterable[Utterance]]) -> list[Utterance]:
    """The utterances of all channels, in order of their start."""
    merged = [utterance for channel in channels for utterance in channel]
    return sorted(merged, key=lambda utterance: utterance.start_s or 0.0)


def _best(result: Mapping[str, Any], speaker: str) -> Iterator[Utterance]:
    """The first alternative of a Deepgram channel or a Google result."""
    best = result["alternatives"][0]
    words = [
        _Word(
            str(_named(word, ("punctuatedword", "word"))),
            # Deepgram counts speakers from 0; to Google a tag of 0 means nobody.
            speaker_label(
                _first((_named(word, ("speaker", "speakerlabel")), word.get("speakerTag") or None))
            ),
            _seconds(_named(word, ("start", "starttime", "startoffset"))),
            _seconds(_named(word, ("end", "endtime", "endoffset"))),
        )
        for word in best.get("words") or ()
    ]
    if words:
        for utterance in _sentences(words):
            yield Utterance(
                utterance.text, utterance.speaker or speaker, utterance.start_s, utterance.end_s
            )
    elif best.get("transcript"):
        yield Utterance(str(best["transcript"]), speaker)


def _aws_words(
    items: Sequence[Mapping[str, Any]], speakers: Mapping[str, str], speaker: str
) -> Iterator[_Word]:
    for item in items:
        yield _Word(
            str(item["alternatives"][0]["content"]),
            str(item.get("speaker_label") or speakers.get(str(item.get("start_time")), speaker)),
            _seconds(item.get("start_time")),
            _seconds(item.get("end_time")),
            is_glued=item.get("type") == "punctuation",
        )
