"""From utterances to a transcript: the last step of every reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from themes.errors import ReadError
from themes.grammar.compose import compose, normalize
from themes.grammar.language import detect
from themes.grammar.roles import assign_roles
from themes.grammar.utterance import Utterance
from themes.records import NO_ATTRIBUTES, Source, Transcript, Turn

_SENTENCE_ENDS = (".", "?", "!", "…", ".”", "?”", "!”", '."', '?"', '!"', "。", "？", "！")
_PAUSE_S = 1.0  # between cues, at a sentence end: a new turn
_LONG_PAUSE_S = 3.0  # between cues, anywhere: a new turn
_LONG_CHARS = 300  # at a sentence end: a new turn
_LONGEST_CHARS = 800  # for captions without punctuation


def assemble(
    utterances: Iterable[Utterance],
    *,
    transcript_id: str,
    source: Source,
    join_speaker: bool = False,
    one_speaker: str = "",
    attributes: Mapping[str, str] = NO_ATTRIBUTES,
) -> Transcript:
    """The transcript that `utterances`, in reading order, make.

    Speech is normalized and empty utterances are left out. With `join_speaker`, for formats made
    of cues, consecutive utterances of one speaker become one turn: joined with a space, from the
    start of the first to the end of the last; where no cue names a speaker, cues are joined up to
    a sentence end followed by a pause, or to about 300 characters. `one_speaker` is the label of
    utterances that have none. Roles are assigned, the language is detected, notes are added to
    the source. Raises ReadError when nothing was said.

    >>> source = Source("a.vtt", "", "vtt")
    >>> cues = [Utterance("How", "I", 0.0, 1.0), Utterance("so?", "I", 1.0, 2.0)]
    >>> assemble(cues, transcript_id="a", source=source, join_speaker=True).text
    'I: How so?'
    """
    said = [_clean(utterance, one_speaker) for utterance in utterances]
    said = [utterance for utterance in said if utterance.text]
    if not said:
        raise ReadError(source.name, "holds no speech", "export it again")
    if join_speaker:
        named = any(utterance.speaker for utterance in said)
        said = list(_join(said, named=named))
        if not named:
            source = replace(
                source,
                notes=(
                    *source.notes,
                    "No cue names a speaker; cues were joined into turns at sentence ends and pauses.",
                ),
            )
    text, spans = compose((utterance.speaker, utterance.text) for utterance in said)
    turns = tuple(
        Turn(span, utterance.speaker, "respondent", utterance.start_s, utterance.end_s)
        for span, utterance in zip(spans, said, strict=True)
    )
    language = detect(" ".join(utterance.text for utterance in said))
    transcript = Transcript(transcript_id, text, turns, language, source, attributes)
    return assign_roles(transcript)


def _clean(utterance: Utterance, one_speaker: str) -> Utterance:
    # A colon ends a label, so there is none in it.
    speaker = " ".join(normalize(utterance.speaker).replace(":", " ").split()) or one_speaker
    return replace(utterance, text=normalize(utterance.text), speaker=speaker)


def _join(cues: list[Utterance], *, named: bool) -> Iterator[Utterance]:
    group: list[Utterance] = []
    for cue in cues:
        if group and (cue.speaker != group[-1].speaker or not (named or _goes_on(group, cue))):
            yield _joined(group)
            group = []
        group.append(cue)
    yield _joined(group)


def _goes_on(group: list[Utterance], cue: Utterance) -> bool:
    last = group[-1]
    pause = 0.0
    if cue.start_s is not None and last.end_s is not None:
        pause = cue.start_s - last.end_s
    n_chars = sum(len(said.text) for said in group)
    if last.text.endswith(_SENTENCE_ENDS):
        return pause < _PAUSE_S and n_chars < _LONG_CHARS
    return pause < _LONG_PAUSE_S and n_chars < _LONGEST_CHARS


def _joined(group: list[Utterance]) -> Utterance:
    starts = [cue.start_s for cue in group if cue.start_s is not None]
    ends = [cue.end_s for cue in group if cue.end_s is not None]
    return Utterance(
        " ".join(cue.text for cue in group),
        group[0].speaker,
        starts[0] if starts else None,
        ends[-1] if ends else None,
    )
