"""Tables of speech: which column is what, and what its rows make.

csv, tsv and xlsx differ in how rows are found; from there on they are one format.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from themes.errors import NotATranscriptError, ReadError
from themes.grammar import Utterance
from themes.grammar.assemble import assemble
from themes.grammar.candidates import is_known
from themes.grammar.identity import slug, transcript_id_from
from themes.grammar.labels import label_cues
from themes.grammar.timestamps import parse_seconds
from themes.readers._speakers import speaker_label
from themes.records import Source, Transcript

Cell = object
Rows = Sequence[Sequence[Cell]]

# In order of preference, English, Dutch, German. "transcript" may also name the interview.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "utterance", "content", "speech", "statement", "sentence", "dialogue", "dialog",
        "transcription", "tekst", "uiting", "uitspraak", "zin", "transcriptie", "inhoud",
        "äußerung", "inhalt", "transkript", "transkription", "body", "caption", "quote",
        "transcript",
    ),
    "speaker": (
        "speaker", "speaker name", "speaker label", "spreker", "sprecher", "sprecherin", "who",
        "role", "participant role", "rol", "rolle", "name", "naam", "participant", "deelnemer",
    ),
    "start": (
        "start", "start time", "starttime", "start s", "start ms", "begin", "begin time", "from",
        "timestamp", "time", "timecode", "in", "tijd", "tijdstip", "starttijd", "begintijd", "zeit",
        "timespan", "startzeit",
    ),
    "end": ("end", "end time", "endtime", "end s", "end ms", "to", "out", "eind", "einde",
            "eindtijd", "ende", "endzeit"),
    "group": (
        "transcript id", "transcript", "interview", "interview id", "file", "filename", "file name",
        "document", "conversation", "conversation id", "dialogue id", "session", "session id",
        "meeting", "meeting id", "case", "participant id", "id", "bestand", "interviewnummer",
    ),
}  # fmt: skip
_ZERO_DAY = dt.datetime(1899, 12, 30)
_HEADER_ROWS = 10  # a header stands among the first rows, below a title at most
_NAME_CHARS = 40  # names of files are shorter on average, speech is not
_SPEECH_CHARS = 12  # mean length from which a column may be speech
_SLOWEST_CHARS_PER_S = 0.5  # nobody speaks slower: the times have another unit
_DIALOGUE_SHARE = 0.5
_WHOLE_CHARS = 2000  # mean length from which a cell is a whole interview
_NUMBER = re.compile(r"\d[\d:.,]*")
_SPAN = re.compile(r"\s*(?:-->|[-–/,])\s*")
_LINE_END = re.compile(r"\r\n?|[\n\u2028\u2029\x0b\x85]")


@dataclass(frozen=True, slots=True)
class _Columns:
    text: int
    speaker: int | None
    start: int | None
    end: int | None
    group: int | None


@dataclass(frozen=True, slots=True)
class _Row:
    number: int  # from 1, the header not counted
    group: str
    utterance: Utterance


def transcripts_of(
    rows: Rows, path: Path, source: Source, name: str = ""
) -> tuple[Transcript, ...]:
    """The transcripts that a table's `rows` hold; `source` is of the file at `path`.

    One transcript with the id `name` (from the file name if ""), unless a column names the
    transcript of each row, or each cell of the text column holds a whole labelled dialogue (ids
    `name-1`, `name-2`, ... by row, the header not counted). An empty speaker or transcript cell
    means the same as the one above, as in merged cells. Raises ReadError with the column names
    when no column holds speech.
    """
    rows = [row for row in rows if any(map(_text, row))]
    header, body = _split_header(rows)
    notes: list[str] = []
    columns = _columns(header, body, notes)
    if columns is not None and _describes(header, body, columns):
        raise NotATranscriptError(
            path.name, "describes transcripts and holds no speech", "give it as --attributes"
        )
    if columns is None:
        raise ReadError(
            path.name,
            "has no column of speech",
            f'call that column "text"; the columns are {", ".join(header) or "none"}',
        )
    name = name or transcript_id_from(path)
    spoken = _rows(body, columns, notes)
    if not spoken:
        raise ReadError(
            path.name, "has an empty column of speech", f"fill {header[columns.text]!r}"
        )
    groups: dict[str, list[Utterance]] = {}
    if columns.speaker is None and (dialogues := _dialogues(spoken)):
        notes.append("Each row holds a whole dialogue and was read as a transcript.")
        groups = {f"{name}-{number}": lines for number, lines in dialogues.items()}
    else:
        utterances, label_notes = label_cues([row.utterance for row in spoken])
        notes += label_notes
        if not any(utterance.speaker for utterance in utterances):
            notes.append("Neither a column nor a label in the text says who speaks.")
        for row, utterance in zip(spoken, utterances, strict=True):
            groups.setdefault(row.group, []).append(utterance)
        if len(groups) == 1:
            groups = {name: utterances}
        else:
            groups = {f"{name}-{group}": said for group, said in groups.items()}
    source = replace(source, notes=(*source.notes, *notes))
    return tuple(
        assemble(
            utterances,
            transcript_id=slug(transcript_id),
            source=source,
            # Rows with an end are what a recognizer cut; rows without are whole turns.
            join_speaker=any(utterance.end_s is not None for utterance in utterances),
        )
        for transcript_id, utterances in groups.items()
        if any(utterance.text.strip() for utterance in utterances)
    )


def holds_speech(rows: Rows) -> bool:
    """Whether a column is called what columns of speech are called, and is not empty."""
    header, body = _split_header([row for row in rows if any(map(_text, row))])
    speech = [at for at, name in enumerate(map(_name, header)) if name in _NAMES["text"]]
    return any(_text(row[at]) for row in body for at in speech if at < len(row))


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def _name(cell: Cell) -> str:
    """A column name as `_NAMES` spells it: "Start_Time (s)" and "startTime" are "start time"."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _text(cell).lstrip("\ufeff"))
    name = re.sub(r"\((?:s|sec|ms|hh:mm:ss|mm:ss)\)\s*$", "", name.casefold())
    return " ".join(re.split(r"[\s_.-]+", name)).strip()


def _split_header(rows: Rows) -> tuple[list[str], Rows]:
    """The column names and the rows below them; "column 1", ... where there is no header."""
    numbers = range(min(len(rows), _HEADER_ROWS))
    best = max(numbers, key=lambda number: _n_known(rows[number]), default=0)
    width = max(map(len, rows), default=0)
    if rows and (_n_known(rows[best]) or _stands_above_numbers(rows)):
        names = [_text(cell).lstrip("\ufeff") for cell in rows[best]]
        names += [""] * (width - len(names))
        return [name or f"column {at}" for at, name in enumerate(names, 1)], rows[best + 1 :]
    return [f"column {at}" for at in range(1, width + 1)], rows


def _n_known(row: Sequence[Cell]) -> int:
    """How many cells are column names; a title such as "Interview" alone is none."""
    names = set(map(_name, row))
    n_found = sum(bool(_kinds(name)) for name in names)
    return n_found if n_found > 1 or names & {*_NAMES["text"], *_NAMES["speaker"]} else 0


def _kinds(name: str) -> list[str]:
    """What a column of this name may hold."""
    return [kind for kind, names in _NAMES.items() if name in names]


def _stands_above_numbers(rows: Rows) -> bool:
    """Whether the first row holds words where those below hold numbers: a header of other names.

    A row of speech taken for a header would be lost, so words above words are no header.
    """
    first, *body = rows
    return bool(body) and any(
        not _is_number(cell) and all(at < len(row) and _is_number(row[at]) for row in body)
        for at, cell in enumerate(first)
    )


def _is_number(cell: Cell) -> bool:
    return _NUMBER.fullmatch(_text(cell)) is not None


def _describes(header: Sequence[str], body: Rows, columns: _Columns) -> bool:
    """Whether this is a table of attributes: names of transcripts, and what is known of each."""
    spoken = columns.speaker is not None or columns.start is not None
    first = columns.text == 0 and _name(header[0]) == "transcript" and len(header) > 1
    return first and not spoken and _mean_length(body, 0) < _NAME_CHARS


def _columns(header: Sequence[str], body: Rows, notes: list[str]) -> _Columns | None:
    names = [_name(cell) for cell in header]
    lengths = [_mean_length(body, at) for at in range(len(names))]
    taken: dict[str, int] = {}
    for kind in ("text", "speaker", "start", "end", "group"):
        wanted = [name for name in _NAMES[kind] if name in names]
        for at in (names.index(name) for name in wanted):
            is_id = kind == "text" and names[at] in _NAMES["group"] and not lengths[at]
            if at in taken.values() or is_id:
                continue
            if kind != "group" or _repeats(body, at):
                taken[kind] = at
                break
    if "text" not in taken:
        free = [at for at in range(len(names)) if at not in taken.values()]
        longest = max(free, key=lambda at: lengths[at], default=None)
        if longest is None or lengths[longest] < _SPEECH_CHARS:
            return None
        taken["text"] = longest
        notes.append(
            f"No column is called text or the like; column {longest + 1} has the longest cells and "
            "was taken as the speech."
        )
    if "speaker" not in taken:
        free = [
            at for at in range(len(names)) if at not in taken.values() and not _kinds(names[at])
        ]
        if (at := next((at for at in free if _names_roles(body, at)), None)) is not None:
            taken["speaker"] = at
            notes.append(f"No column is called speaker; column {at + 1} was taken as such.")
    return _Columns(*(taken.get(kind) for kind in ("text", "speaker", "start", "end", "group")))


def _mean_length(body: Rows, at: int) -> float:
    """Mean length of the cells with letters in a column; 0.0 when there are none."""
    cells = [_text(row[at]) for row in body if at < len(row)]
    lengths = [len(cell) for cell in cells if any(char.isalpha() for char in cell)]
    return sum(lengths) / len(lengths) if lengths else 0.0


def _repeats(body: Rows, at: int) -> bool:
    """Whether several rows share a value: then it names what they belong to, not the row."""
    cells = [text for row in body if at < len(row) and (text := _text(row[at]))]
    return len(set(cells)) < len(cells)


def _names_roles(body: Rows, at: int) -> bool:
    """Whether a column holds role words and codes only ("I", "P12"), again and again."""
    cells = {text for row in body if at < len(row) and (text := _text(row[at]))}
    are_roles = len(cells) > 1 and all(cell[0].isalpha() and is_known(cell) for cell in cells)
    return are_roles and _repeats(body, at)


def _rows(body: Rows, columns: _Columns, notes: list[str]) -> list[_Row]:
    def cell(row: Sequence[Cell], at: int | None) -> Cell:
        return row[at] if at is not None and at < len(row) else None

    spoken = [(number, row) for number, row in enumerate(body, 1) if _text(cell(row, columns.text))]
    n_chars = sum(len(_text(cell(row, columns.text))) for _, row in spoken)
    times = [cell(row, at) for _, row in spoken for at in (columns.start, columns.end)]
    unit = _unit([time for time in times if time is not None and time != ""], n_chars, notes)
    found: list[_Row] = []
    speaker = group = ""
    n_filled = 0
    for number, row in spoken:
        named = speaker_label(cell(row, columns.speaker))
        n_filled += not named and bool(speaker)
        speaker = named or speaker
        group = _text(cell(row, columns.group)) or group
        start_s, end_s = (_seconds(cell(row, at), unit) for at in (columns.start, columns.end))
        utterance = Utterance(_text(cell(row, columns.text)), speaker, start_s, end_s)
        found.append(_Row(number, group, utterance))
    if n_filled:
        notes.append(f"Empty speaker cells, taken as the speaker above: {n_filled}.")
    return found


def _unit(times: Sequence[Cell], n_chars: int, notes: list[str]) -> float:
    """How many of the file's units make a second; told from how slow the speech would be."""
    seconds = [time for cell in times if (time := _seconds(cell)) is not None]
    if not seconds or n_chars > _SLOWEST_CHARS_PER_S * max(seconds):
        return 1.0
    if all(re.fullmatch(r"\d+(?:\.0+)?", _text(cell)) for cell in times):
        notes.append("The times were read as milliseconds.")
        return 1000.0
    if all(isinstance(cell, dt.time | dt.timedelta) for cell in times) and not any(
        second % 60 for second in seconds
    ):
        notes.append("The times were read as mm:ss, which the sheet holds as hh:mm.")
        return 60.0
    return 1.0


def _seconds(cell: Cell, unit: float = 1.0) -> float | None:
    if isinstance(cell, dt.datetime):
        # Durations of a day and more; a real date is no place in a recording.
        cell = cell - _ZERO_DAY if cell.year < 1910 else None
    if isinstance(cell, dt.time):
        cell = dt.datetime.combine(_ZERO_DAY, cell) - _ZERO_DAY
    if isinstance(cell, dt.timedelta):
        return cell.total_seconds() / unit
    text = _text(cell)
    # A timespan, "0:01 - 0:05", counts from its start.
    for written in (text, _SPAN.split(text, maxsplit=1)[0]) if text else ():
        try:
            return parse_seconds(written) / unit
        except ValueError:
            continue
    return None


def _dialogues(spoken: Sequence[_Row]) -> dict[int, list[Utterance]]:
    """The labelled lines of each row, where most cells hold a conversation; else nothing."""
    lines = [
        (row.number, first, line)
        for row in spoken
        for first, line in enumerate(filter(str.strip, _LINE_END.split(row.utterance.text)))
    ]
    labelled, _ = label_cues([Utterance(line) for _, _, line in lines])
    dialogues: dict[int, list[Utterance]] = {}
    for (number, first, line), utterance in zip(lines, labelled, strict=True):
        own = dialogues.setdefault(number, [])
        goes_on = utterance.text == line
        if goes_on and first:
            own[-1] = replace(own[-1], text=f"{own[-1].text}\n{line}")
        else:
            # Who spoke last in the row before says nothing about this one.
            own.append(replace(utterance, speaker="") if goes_on else utterance)
    n_two = sum(
        len({utterance.speaker for utterance in own if utterance.speaker}) > 1
        for own in dialogues.values()
    )
    n_chars = sum(len(row.utterance.text) for row in spoken)
    are_whole = n_two > _DIALOGUE_SHARE * len(spoken) or n_chars > _WHOLE_CHARS * len(spoken)
    return dialogues if are_whole else {}
