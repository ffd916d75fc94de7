"""JSON of speech recognizers and corpora."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from themes.errors import ReadError
from themes.grammar import Utterance
from themes.grammar.assemble import assemble
from themes.grammar.decoding import decode
from themes.grammar.identity import source_of, transcript_id_from
from themes.grammar.labels import label_cues, split_paragraphs
from themes.readers._speech_json import SHAPES, whole_text
from themes.records import Transcript


class Json:
    """JSON of Whisper, WhisperX, AWS, Deepgram, AssemblyAI, Google, Rev, or {speaker, text} lists.

    Raises ReadError for a file that is not JSON, with the line, and for JSON of no known shape,
    with the names at its top. A number as a speaker becomes "Speaker 1".
    """

    suffixes = (".json", ".jsonl")

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The one transcript in the file at `path`."""
        data = path.read_bytes()
        decoded = decode(data, path)
        utterances, notes = _utterances(parse_json(decoded.text, path), path)
        source = source_of(path, data, "json", decoded.encoding, (*decoded.notes, *notes))
        return (
            assemble(
                utterances,
                transcript_id=transcript_id_from(path),
                source=source,
                # Pieces with an end are what a recognizer cut; pieces without are whole turns.
                join_speaker=any(utterance.end_s is not None for utterance in utterances),
            ),
        )


def _utterances(parsed: Any, path: Path) -> tuple[list[Utterance], tuple[str, ...]]:
    for shape, utterances_of in SHAPES:
        try:
            utterances = utterances_of(parsed)
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
            raise ReadError(
                path.name, f"looks like {shape}, but parts of it are missing", "export it again"
            ) from None
        if utterances is not None:
            # Recognizers that do not tell speakers apart may have been given labelled text.
            return label_cues(utterances)
    if text := whole_text(parsed):
        return split_paragraphs(text.splitlines())
    raise ReadError(
        path.name,
        "is JSON of an unknown shape",
        f"at the top it has {_top(parsed)}; known shapes: "
        + "; ".join(shape for shape, _ in SHAPES)
        + "; plain text (text)",
    )


def parse_json(text: str, path: Path) -> Any:
    """The value that `text`, the content of `path`, holds: JSON, or JSON Lines as a list.

    Raises ReadError with the line.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        line = error.lineno
    except (RecursionError, ValueError):
        raise ReadError(
            path.name, "is nested too deeply or holds endless numbers", "export it again"
        ) from None
    try:
        rows = [json.loads(row) for row in text.splitlines() if row.strip()]
    except (ValueError, RecursionError):
        rows = []
    if len(rows) < 2:
        raise ReadError(path.name, "is not valid JSON", "export it again", line=line)
    return rows


def _top(parsed: Any) -> str:
    """The names at the top of the file: its keys, which are no one's speech."""
    if isinstance(parsed, list):
        kinds = sorted({type(item).__name__ for item in parsed})
        return f"a list of {', '.join(kinds)}" if kinds else "an empty list"
    if not isinstance(parsed, dict):
        return f"a {type(parsed).__name__}"
    return ", ".join(str(key)[:40] for key in list(parsed)[:12]) or "nothing"
