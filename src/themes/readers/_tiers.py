"""Tiers of time-aligned speech, as ELAN and Praat keep them: a tier is a speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from themes.errors import ReadError
from themes.grammar import Utterance
from themes.grammar.assemble import assemble
from themes.grammar.identity import source_of, transcript_id_from
from themes.grammar.roles import is_role_label
from themes.records import Transcript

# Tiers that name no one, and tiers that hold no one's speech.
_UNNAMED = re.compile(
    r"(?:speakers?|spreker|default|tier[ _-]?\d*|text|tekst|transcript(?:ion|ie)?|utterances?|speech|words?)?",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:to)?code\b|code_|context|notes?\b|comments?\b|notities|remember|silences?\b|noise|pauses?\b",
    re.IGNORECASE,
)
# Not who it is: that may be a name.
_UNNAMED_NOTE = "A tier is named after nobody; its speaker is from the participant or file name."
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, repr=False)
class Tier:
    """The speech of one tier, in its own order; `participant` is "" where the file names nobody."""

    name: str
    participant: str
    utterances: tuple[Utterance, ...]


def transcript_of(
    tiers: Sequence[Tier],
    path: Path,
    data: bytes,
    reader: str,
    encoding: str,
    notes: Sequence[str],
) -> Transcript:
    """The transcript of `tiers`, all speech in order of its start, empty stretches left out.

    The speaker is the tier's name; where that says nothing ("Speaker"), the participant, else a
    role word in the file name. Raises ReadError when no tier holds speech.
    """
    notes = list(notes)
    speech: list[Utterance] = []
    aside = 0
    for tier in tiers:
        said = [utterance for utterance in tier.utterances if utterance.text.strip()]
        if _ASIDE.match(tier.name.strip()):
            aside += bool(said)
            continue
        speaker = tier.name.strip()
        if said and _UNNAMED.fullmatch(speaker):
            speaker = tier.participant.strip() or _role_in(path) or speaker
            notes.append(_UNNAMED_NOTE)
        speech += [
            Utterance(utterance.text, speaker, utterance.start_s, utterance.end_s)
            for utterance in said
        ]
    if not speech:
        raise ReadError(path.name, f"holds no speech in its {len(tiers)} tiers", "export it again")
    if aside:
        notes.append(f"Tiers of notes or codes, left out: {aside}.")
    one_speaker = len({utterance.speaker for utterance in speech}) == 1
    if one_speaker:
        notes.append("Only one speaker is in this file; each stretch of speech is a turn.")
    speech.sort(key=_start)
    return assemble(
        speech,
        transcript_id=transcript_id_from(path),
        source=source_of(path, data, reader, encoding, notes),
        # With one speaker, as in a file for each, the one turn would be the whole recording.
        join_speaker=not one_speaker,
    )


def _start(utterance: Utterance) -> float:
    return 0.0 if utterance.start_s is None else utterance.start_s


def _role_in(path: Path) -> str:
    """A role word at the end of a file name: recordings often have a file for each speaker."""
    tokens = _TOKEN.findall(path.stem)
    return next(
        (token for token in reversed(tokens) if token.isalpha() and is_role_label(token)), ""
    )
