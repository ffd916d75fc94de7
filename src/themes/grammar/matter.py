"""What stands around an interview and is not part of it: front matter, headers, footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from themes.grammar.candidates import MARKED, OPENERS, Candidate, is_name_shaped
from themes.grammar.roles import kind_of

_SPEAKER_ITEM = re.compile(r"\s*-\s*[\"']?(?P<name>[^\"']+?)[\"']?\s*")
_LONGEST_YAML = 200  # lines
_LONGEST_HEADER = 40  # lines
_KEYS = frozenset(
    "date datum time tijd zeit location place locatie plaats ort duration duur dauer length lengte "
    "transcriber transcribed transcript transcriptie transkript getranscribeerd transkribiert "
    "file filename bestand datei recording opname aufnahme audio video interview project projekt "
    "study studie studienummer title titel subject onderwerp thema topic language taal sprache "
    "version versie pages participants deelnemers speakers sprekers aanwezig present attendees "
    "respondentnummer code id number nummer setting age leeftijd alter gender geslacht geschlecht "
    "occupation beroep beruf function functie organisation organization organisatie".split()
)
_FOOTERS = re.compile(
    r"\W*(?:transcribed (?:by|with|using) \S.{0,60}|https?://\S*"
    r"|(?:end|einde|eind|ende) (?:of |van |der |des |de |het |the )*"
    r"(?:transcript(?:ie|ion)?|recording|interview|opname|gesprek|aufnahme|interviews|audio|tape)"
    r"|transkription ende|this transcript was (?:generated|created|exported) .{0,80}"
    r"|.{1,60} stopped transcription)\W*",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(r".{1,60} (?:started|stopped) transcription\W*", re.IGNORECASE)
_FOOTER_LINES = 4
_LINE_NUMBER = re.compile(r"\s*(?P<number>\d{1,5})(?:[.)](?=\s)|\s)\s*(?=\S)")
_NUMBERED = 0.6  # share of the lines that have a number, and of steps that are the usual one
_UTTERANCE_ID = re.compile(r"\(\d{1,4}[A-Za-z]?\)\s+(?=\S)")


def front_matter(lines: Sequence[str]) -> tuple[int, frozenset[str]]:
    """How many lines of YAML front matter open a text, and the speakers it names.

    >>> front_matter(["---", "title: A", "speakers:", "  - Ann Lee", "---", "Ann Lee: Hi."])
    (5, frozenset({'Ann Lee'}))
    """
    if not lines or lines[0].strip() != "---":
        return 0, frozenset()
    for number, line in enumerate(lines[1:_LONGEST_YAML], 1):
        if line.strip() in ("---", "..."):
            return number + 1, _yaml_speakers(lines[1:number])
    return 0, frozenset()


def back_matter(lines: Sequence[str]) -> int:
    """How many of the last lines are a footer, such as a transcription service's.

    >>> back_matter(["R: Bye.", "[End of recording]", "Transcribed by https://otter.ai"])
    2
    """
    n = 0
    for line in reversed(lines[-_FOOTER_LINES:]):
        if not _FOOTERS.fullmatch(line.strip()):
            break
        n += 1
    return n


def header(lines: Sequence[str], found: Sequence[Sequence[Candidate]]) -> int:
    """How many first lines describe the interview ("Date: ...", "Interviewer: Ann") .

    Such a line has a key no speaker has, or a role word that never comes back in front of a few
    words; titles and legends among them count too.
    """
    counts = Counter(option.label for options in found for option in options[:1])
    talked = sum(n > 1 for n in counts.values()) > 1
    end, n_keys, filled_in = 0, 0, set()
    for number, (line, options) in enumerate(zip(lines[:_LONGEST_HEADER], found, strict=False), 1):
        option = options[0] if options else None
        once = option is not None and counts[option.label] == 1
        if _BOILERPLATE.fullmatch(line.strip()):
            end = number
        elif once and _is_key(option.label):
            end, n_keys = number, n_keys + 1
        elif option and _is_filled_in(option) and (once or n_keys):
            filled_in.add(kind_of(option.label))
            # One such line may be somebody's only turn; with a date or a second role it is not.
            end = number if n_keys or (len(filled_in) > 1 and talked) else end
        elif (option and option.layout in MARKED) or len(line.split()) > 12:
            break
    return end


def unnumbered(lines: Sequence[str]) -> list[str] | None:
    """The lines without the numbers before them, None if they are not numbered.

    Line and paragraph numbers rise by the same step nearly everywhere; numbers that open what
    somebody says do not.

    >>> unnumbered(["1 I: So?", "2 R: Yes.", "3 I: Good."])
    ['I: So?', 'R: Yes.', 'I: Good.']
    """
    found = [_LINE_NUMBER.match(line) for line in lines]
    numbers = [int(match["number"]) for match in found if match]
    steps = Counter(after - before for before, after in pairwise(numbers))
    step, n = steps.most_common(1)[0] if steps else (0, 0)
    if len(numbers) < _NUMBERED * len(lines) or step not in (1, 5, 10):
        return None
    if n < max(2, _NUMBERED * (len(numbers) - 1)):
        return None
    return [
        line[match.end() :] if match else line for line, match in zip(lines, found, strict=True)
    ]


def without_ids(speeches: Sequence[str]) -> list[str] | None:
    """Speeches without ids such as "(157A)" before them, None if they have none.

    >>> without_ids(["(1A) Well?", "(1B) Yes.", "(2A) Good."])
    ['Well?', 'Yes.', 'Good.']
    """
    found = [_UTTERANCE_ID.match(speech) for speech in speeches]
    ids = [match[0] for match in found if match]
    if len(ids) < 3 or len(ids) < 0.9 * len(speeches) or len(set(ids)) < 0.9 * len(ids):
        return None
    return [
        speech[match.end() :] if match else speech
        for speech, match in zip(speeches, found, strict=True)
    ]


def _is_key(label: str) -> bool:
    words = label.casefold().split()
    return bool(words) and len(words) <= 4 and words[0].strip("().") in _KEYS


def _is_filled_in(option: Candidate) -> bool:
    """A role word with a name or a code behind it, and no more."""
    value = option.rest.strip()
    named = 0 < len(value.split()) <= 4 and value[-1] not in ".?!…" and is_name_shaped(value)
    named = named and value.split()[0].casefold() not in OPENERS
    return len(option.label) > 2 and bool(kind_of(option.label)) and named


def _yaml_speakers(lines: Sequence[str]) -> frozenset[str]:
    names, inside = set(), False
    for line in lines:
        if inside and (match := _SPEAKER_ITEM.fullmatch(line)):
            names.add(match["name"].strip())
        else:
            inside = line.split(":")[0].strip().lower() in ("speakers", "participants", "sprekers")
    return frozenset(names)
