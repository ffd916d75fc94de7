"""The one grammar of speaker labels and timestamps for all formats made of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from themes.grammar.candidates import (
    MARKED,
    Candidate,
    Layout,
    candidates,
    is_known,
    is_name_shaped,
    is_plausible,
)
from themes.grammar.matter import back_matter, front_matter, header, unnumbered, without_ids
from themes.grammar.roles import kind_of
from themes.grammar.timestamps import leading_times, trailing_time
from themes.grammar.utterance import Utterance

_ALIAS = re.compile(r"(?P<name>[^()]{2,60}?)\s*\((?P<alias>[^\W\d_][\w.]{0,5})\)")
_ROW_ID = re.compile(r"(?P<id>[^\s\t]{1,80})\t(?=\S)")
_NEARLY_ALL = 0.8  # share of lines with a label from which a name seen once is believed
_MOST = 0.6  # the same for cues, and for roles in brackets and the like
_ALONE = 0.3  # share of paragraphs that the only label of a file must open, if it is no role
_MOST_PREAMBLE = 0.2  # share of the text before the first label that is left out without doubt
_SHORT_CHARS = 1500  # and what is always short enough for a title, a consent, a legend

_UNLABELLED = "No speaker labels were found; all speech is taken as one respondent's."


_Key = tuple[Layout, str]


@dataclass(slots=True, repr=False)
class _Line:
    text: str
    paragraph: int
    bold: str = ""
    is_heading: bool = False
    found: tuple[Candidate, ...] = ()


def split_paragraphs(
    paragraphs: Sequence[str],
    *,
    bold_prefixes: Sequence[str] = (),
    headings: Collection[int] = (),
) -> tuple[list[Utterance], tuple[str, ...]]:
    """The turns in a text, and notes on what was noticed; the notes hold no text and no label.

    `paragraphs` are the blocks of a text in reading order; a block may hold line breaks, and a
    label may open any line. For plain text a block is what stands between empty lines; for word
    processors a paragraph. `bold_prefixes[i]` is what is bold at the start of paragraph i, "" for
    none: a label without a colon is known by it. `headings` are the numbers of the paragraphs
    styled as headings: a label if it is one, otherwise no speech and left out with a note.

    A label opens a turn; lines without one go on with the turn before. What stands before the
    first label is left out with a note, unless it is long. Without any label every paragraph (or
    every line, if there is one paragraph) is an utterance with speaker "", and a note says so.

    >>> turns, notes = split_paragraphs(["I: Shall we?", "R: Yes.\\nLet us.", "I: Good."])
    >>> [(turn.speaker, turn.text) for turn in turns]
    [('I', 'Shall we?'), ('R', 'Yes.\\nLet us.'), ('I', 'Good.')]
    """
    lines, notes, legend = _lines(paragraphs, bold_prefixes, frozenset(headings))
    opens = [
        number == 0 or lines[number - 1].paragraph != line.paragraph
        for number, line in enumerate(lines)
    ]
    accepted = _accepted([line.found for line in lines], opens, legend)
    if not accepted:
        said = [line for line in lines if any(map(str.isalnum, line.text))]
        if len(said) < len(lines):
            notes = (*notes, f"Lines without a letter left out: {len(lines) - len(said)}.")
        ids = [match["id"] for line in said if (match := _ROW_ID.match(line.text))]
        if len(ids) == len(said) > 1 and len(set(ids)) == len(ids):
            for line in said:
                line.text = _ROW_ID.sub("", line.text, count=1)
            notes = (*notes, "Ids before the lines left out.")
        return list(_unlabelled(said)), (*notes, _UNLABELLED)
    turns, turn_notes = _turns(lines, accepted)
    return turns, (*notes, *turn_notes)


def label_cues(cues: Sequence[Utterance]) -> tuple[list[Utterance], tuple[str, ...]]:
    """The cues with the speaker labels that open their texts ("Name: text") made speakers.

    For cue and table formats: a cue that has a speaker stays as it is; where labels are found, a
    cue without one goes on with the speaker before it. Times stay. Notes as in split_paragraphs.

    >>> cues, notes = label_cues([Utterance("Ann: Hi."), Utterance("Bob: Hello."), Utterance("So")])
    >>> [(cue.speaker, cue.text) for cue in cues]
    [('Ann', 'Hi.'), ('Bob', 'Hello.'), ('Bob', 'So')]
    """
    found = [() if cue.speaker else tuple(candidates(cue.text)) for cue in cues]
    accepted = _accepted(found, [True] * len(found), enough=_MOST)
    if not accepted:
        return list(cues), ()
    aliases, notes = _aliases(accepted)
    labelled, speaker = [], ""
    for cue, options in zip(cues, found, strict=True):
        opened = _opened(options, accepted)
        if opened:
            speaker = aliases.get(opened.label, opened.label)
            labelled.append(replace(cue, speaker=speaker, text=opened.rest))
        else:
            speaker = cue.speaker or speaker
            labelled.append(replace(cue, speaker=speaker))
    return labelled, notes


def _lines(
    paragraphs: Sequence[str], bold: Sequence[str], headings: frozenset[int]
) -> tuple[list[_Line], tuple[str, ...], frozenset[str]]:
    """The lines that may be speech, without front and back matter."""
    lines = [
        _Line(
            text,
            number,
            bold[number] if number < len(bold) and first == 0 else "",
            number in headings,
        )
        for number, paragraph in enumerate(paragraphs)
        for first, text in enumerate(paragraph.replace("\r\n", "\n").split("\n"))
        if text.strip()
    ]
    texts = [line.text for line in lines]
    n_front, legend = front_matter(texts)
    n_back = back_matter(texts[n_front:])
    lines = lines[n_front : len(lines) - n_back]
    notes: list[str] = []
    if bare := unnumbered([line.text for line in lines]):
        for line, text in zip(lines, bare, strict=True):
            line.text = text
        notes.append("Line numbers left out.")
    for line in lines:
        line.found = tuple(candidates(line.text, line.text if line.is_heading else line.bold))
    n_header = header([line.text for line in lines], [line.found for line in lines])
    if n_front + n_header:
        notes.append(f"Lines of front matter left out: {n_front + n_header}.")
    if n_back:
        notes.append(f"Lines of back matter left out: {n_back}.")
    return lines[n_header:], tuple(notes), legend


def _accepted(
    found: Sequence[Sequence[Candidate]],
    opens: Sequence[bool],
    legend: frozenset[str] = frozenset(),
    *,
    enough: float = _NEARLY_ALL,
) -> frozenset[_Key]:
    """The (layout, label) pairs that open turns; `opens` tells which lines open a paragraph.

    A label is believed when it is a role word or a code, comes back, stands in the legend, or
    has the shape of a name where at least `enough` of the lines or paragraphs have a label.
    """
    labels = {option.label for line in found for option in line}
    possible = {label for label in labels if is_plausible(label)}
    options = [[(o.layout, o.label) for o in line if o.label in possible] for line in found]
    counts = Counter(key for line in options for key in line)
    opening = Counter(
        key for line, first in zip(options, opens, strict=True) if first for key in line
    )
    lines, paragraphs = (
        Counter(layout for layout, _ in counter.elements()) for counter in (counts, opening)
    )
    by_label = Counter(label for layout, label in counts.elements() if layout in MARKED)
    come_back = {layout for (layout, _), n in counts.items() if n > 1}

    def covers(share: float, layout: Layout, label: str) -> bool:
        """Whether this share of lines, or of paragraphs if it opens only these, is so laid out."""
        opens_only = opening[layout, label] == counts[layout, label] and sum(opens) > 1
        return (len(options) > 1 and lines[layout] >= share * len(options)) or (
            opens_only and paragraphs[layout] >= share * sum(opens)
        )

    def is_believed(layout: Layout, label: str) -> bool:
        named = is_name_shaped(label)
        if layout == "mark":
            return is_known(label) and covers(_MOST, layout, label)
        if layout == "line":
            return is_known(label) and bool(kind_of(label)) and counts[layout, label] > 1
        if layout == "numbered":
            return sum(other == layout for other, _ in counts) > 1
        if is_known(label) or label in legend:
            return True
        if layout in ("bold", "below"):
            several = layout == "bold" or " " in label
            return named and several and counts[layout, label] > 1
        if by_label[label] > (1 if named or " " not in label else 2):
            return True
        # Once: a name beside a time, or where other lines look the same.
        return named and (
            layout == "time"
            or (layout == "alone" and layout in come_back)
            or covers(enough, layout, label)
        )

    accepted = {key for key in counts if is_believed(*key)}
    if any(layout in MARKED for layout, _ in accepted):
        # Brackets, dashes, short lines and what is bold mean other things where colons or times
        # mark the speakers; only a role word that is bold or a heading is still one.
        accepted = {
            (layout, label)
            for layout, label in accepted
            if layout not in ("mark", "line") and (layout != "bold" or is_known(label))
        }
    n_opened = sum(counts[key] for key in accepted)
    speakers = {label for _, label in accepted}
    alone = len(speakers) == 1 and not any(is_known(s) or s in legend for s in speakers)
    if alone and n_opened < _ALONE * sum(opens):
        return frozenset()
    if n_opened == 1 and not any(key in accepted for key in options[0]):
        return frozenset()
    return frozenset(accepted)


def _opened(options: Sequence[Candidate], accepted: frozenset[_Key]) -> Candidate | None:
    return next((o for o in options if (o.layout, o.label) in accepted), None)


def _is_marker(options: Sequence[Candidate]) -> bool:
    """Whether the line is nothing but a heading and a time, such as "Break: [24:20]"."""
    return any(
        option.start_s is not None and not option.rest and option.layout in ("alone", "time")
        for option in options[:1]
    )


def _aliases(accepted: frozenset[_Key]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Alias to full label, where a label itself declares it: "Michael Jones (MJ)", then "MJ"."""
    labels = {label for _, label in accepted}
    aliases = {
        match["alias"]: label
        for label in sorted(labels)
        if (match := _ALIAS.fullmatch(label)) and match["alias"] in labels
    }
    if not aliases:
        return {}, ()
    return aliases, (f"Speakers introduced with a name and an alias, kept as one: {len(aliases)}.",)


@dataclass(slots=True, repr=False)
class _Turn:
    speaker: str
    start_s: float | None
    end_s: float | None
    lines: list[str] = field(default_factory=list)

    def utterance(self) -> Utterance:
        text = "\n".join(self.lines).strip()
        if self.end_s is not None:
            return Utterance(text, self.speaker, self.start_s, self.end_s)
        end_s, text = trailing_time(text)
        return Utterance(text, self.speaker, self.start_s, end_s)


def _turns(
    lines: Sequence[_Line], accepted: frozenset[_Key]
) -> tuple[list[Utterance], tuple[str, ...]]:
    aliases, alias_notes = _aliases(accepted)
    before = _Turn("", None, None)
    turns: list[_Turn] = []
    n_headings = n_marks = 0
    pending: tuple[float | None, float | None] = (None, None)
    for line in lines:
        opened = _opened(line.found, accepted)
        start_s, end_s, after = leading_times(line.text)
        if opened:
            start_s, end_s = opened.start_s, opened.end_s
            if start_s is None:
                start_s, end_s = pending
            speaker = aliases.get(opened.label, opened.label)
            rest = [opened.rest] if opened.rest.strip() else []
            turns.append(_Turn(speaker, start_s, end_s, rest))
        elif line.is_heading or _is_marker(line.found):
            n_headings += 1
        elif start_s is not None and not after.strip():
            n_marks += 1
            if turns and not turns[-1].lines and turns[-1].start_s is None:
                turns[-1].start_s, turns[-1].end_s = start_s, end_s
            else:
                pending = (start_s, end_s)
            continue
        else:
            (turns[-1] if turns else before).lines.append(line.text)
        pending = (None, None)
    utterances = [turn.utterance() for turn in turns]
    notes = list(alias_notes)
    if bare := without_ids([utterance.text for utterance in utterances]):
        utterances = [replace(u, text=text) for u, text in zip(utterances, bare, strict=True)]
        notes.append("Utterance numbers before the speech left out.")
    n_before = sum(map(len, before.lines))
    n_said = sum(len(utterance.text) for utterance in utterances)
    if n_before > max(_SHORT_CHARS, _MOST_PREAMBLE * n_said):
        utterances.insert(0, before.utterance())
        notes.append(
            f"Lines before the first speaker label, kept without a speaker: {len(before.lines)}."
        )
    elif before.lines:
        notes.append(f"Lines before the first speaker label left out: {len(before.lines)}.")
    if n_headings:
        notes.append(f"Headings between turns left out: {n_headings}.")
    if n_marks:
        notes.append(f"Time marks on a line of their own, not in the text: {n_marks}.")
    once = [n for n in Counter(turn.speaker for turn in turns).values() if n == 1]
    if once:
        notes.append(
            f"Speaker labels that occur only once (check that they are speakers): {len(once)}."
        )
    n_empty = sum(not utterance.text for utterance in utterances)
    if n_empty:
        notes.append(f"Speaker labels without speech after them, left out: {n_empty}.")
    return utterances, tuple(notes)


def _unlabelled(lines: Sequence[_Line]) -> Iterator[Utterance]:
    by_line = len({line.paragraph for line in lines}) <= 1
    groups: list[list[str]] = []
    last = None
    for line in lines:
        if groups and not by_line and line.paragraph == last:
            groups[-1].append(line.text)
        else:
            groups.append([line.text])
        last = line.paragraph
    for group in groups:
        start_s, end_s, after = leading_times(group[0])
        if start_s is not None and (group[0].lstrip()[0] in "[(<#" or not after.strip()):
            group[0] = after
        else:
            start_s = end_s = None
        yield Utterance("\n".join(group).strip(), "", start_s, end_s)
