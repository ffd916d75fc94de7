"""How much of the marked personal data is found, what it costs, and how sure that is.

Leak-safe recall counts a mark as found only if every core word of it (titles, particles, articles
and possessive s set aside) lies inside proposals of whatever category. Entity recall counts the
entities of a transcript of which every mark is found (Pilán et al. 2022, The Text Anonymization
Benchmark, section 5: direct and quasi identifiers). Intervals come from drawing transcripts with
replacement: the marks of one interview resemble each other.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from themes.records import Mention, Span, Transcript
from themes.stages._propagation import key
from themes.stages._pseudonyms import People, person_key
from themes.stages.gold import Marked
from themes.stages.queue import Item

N_RESAMPLES = 1000
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_ASIDE = frozenset(
    "the a an de het een of and in at on van der den ter te el al dr mr mrs ms prof sister s t old "
    "year years jaar months last this and to met voor".split()
)
_TOLD_APART = ("person", "organization", "location")
Counts = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`, and the middle 95 % of the share over resampled transcripts."""

    part: int
    whole: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share; 0 of nothing is 0."""
        return self.part / self.whole if self.whole else 0.0


@dataclass(frozen=True, slots=True, repr=False)
class Missed:
    """What was marked and not found, or found and not marked: for those who may read the text."""

    kind: str
    category: str
    text: str


class Tally:
    """Counts by transcript, and the texts of what went wrong.

    >>> tally = Tally()
    >>> tally.shares("recall")
    {}
    """

    def __init__(self) -> None:
        self._rows: list[Counts] = []
        self.wrong: list[Missed] = []
        self.items_by_file: list[tuple[int, int]] = []
        self.n_chars = 0

    def add(
        self,
        run: Sequence[Marked],
        mentions: Sequence[Sequence[Mention]],
        flags: Sequence[Sequence[Mention]],
        items: Sequence[Item],
    ) -> None:
        """Count one run: what was marked, proposed, flagged, and put into the queue."""
        queued: dict[str, list[Span]] = defaultdict(list)
        first: Counter[str] = Counter()
        for item in items:
            first[item.places[0][0]] += 1
            for transcript_id, span in item.places:
                queued[transcript_id].append(span)
        for number, each in enumerate(run):
            transcript = each.transcript
            self.n_chars += len(transcript.text)
            row = self._count(each, mentions[number], flags[number], queued[transcript.id])
            self._rows.append(row)
            self.items_by_file.append((first[transcript.id], row["words", ""]))

    def shares(self, figure: str) -> dict[str, Share]:
        """By category, the share that counts `figure` ("recall", "entities", "precision" ...)."""
        categories = sorted(
            {category for row in self._rows for name, category in row if name == figure}
        )
        return {
            category: self._share(
                (lambda row, c=category: row[f"{figure}+", c]),
                (lambda row, c=category: row[figure, c]),
            )
            for category in categories
        }

    def ordinary(self) -> Share:
        """Words that are part of no mark and were replaced all the same."""
        return self._share(lambda row: row["ordinary+", ""], lambda row: row["ordinary", ""])

    def _share(self, part: Callable[[Counts], int], whole: Callable[[Counts], int]) -> Share:
        pairs = [(part(row), whole(row)) for row in self._rows]
        draw = random.Random(0)
        drawn = []
        for _ in range(N_RESAMPLES):
            chosen = draw.choices(pairs, k=len(pairs))
            if total := sum(b for _, b in chosen):
                drawn.append(sum(a for a, _ in chosen) / total)
        drawn.sort()
        low, high = (drawn[int(len(drawn) * q)] for q in (0.025, 0.975)) if drawn else (0.0, 0.0)
        return Share(sum(a for a, _ in pairs), sum(b for _, b in pairs), low, high)

    def _count(
        self,
        each: Marked,
        mentions: Sequence[Mention],
        flags: Sequence[Mention],
        queued: Sequence[Span],
    ) -> Counts:
        text, counts = each.transcript.text, Counts()
        direct = [(span, category) for span, category in each.marks if category != "indirect"]
        covered = _painted(text, (mention.span for mention in mentions))
        attended = _painted(text, (*(mention.span for mention in mentions), *queued))
        marked = _painted(text, (span for span, _ in direct))
        entities: dict[tuple[str, tuple[str, ...]], list[tuple[bool, bool]]] = defaultdict(list)
        who = People([[person_key(s.of(text)) for s, c in direct if c == "person"]])
        for span, category in direct:
            found, seen = (_is_covered(span, text, paint) for paint in (covered, attended))
            counts["recall", category] += 1
            counts["recall+", category] += found
            counts["attended", category] += 1
            counts["attended+", category] += seen
            name = person_key(span.of(text)) if category == "person" else key(span.of(text))
            entity = who.who(name, 0) if category == "person" else name
            entities[category, entity].append((found, seen))
            if not found:
                kind = "missed, in queue" if seen else "missed"
                self.wrong.append(Missed(kind, category, span.of(text)))
        for (category, _), marks in entities.items():
            if category in _TOLD_APART:
                counts["entities", category] += 1
                counts["entities+", category] += all(found for found, _ in marks)
                counts["entities attended", category] += 1
                counts["entities attended+", category] += all(seen for _, seen in marks)
        for mention in mentions:
            right = any(marked[mention.span.start : mention.span.end])
            counts["precision", mention.category] += 1
            counts["precision+", mention.category] += right
            if not right:
                shown = f"{mention.span.of(text)} ({mention.recognizer})"
                self.wrong.append(Missed("in vain", mention.category, shown))
        self._count_flags(each, flags, counts)
        self._count_words(each.transcript, covered, marked, counts)
        return counts

    def _count_flags(self, each: Marked, flags: Sequence[Mention], counts: Counts) -> None:
        """An indirect mark counts as found where a flag overlaps it: a person reads around it."""
        text = each.transcript.text
        indirect = [span for span, category in each.marks if category == "indirect"]
        for span in indirect:
            seen = any(flag.span.overlaps(span) for flag in flags)
            counts["recall", "indirect"] += 1
            counts["recall+", "indirect"] += seen
            if not seen:
                self.wrong.append(Missed("missed", "indirect", span.of(text)))
        for flag in flags:
            right = any(flag.span.overlaps(span) for span in indirect)
            counts["precision", "indirect"] += 1
            counts["precision+", "indirect"] += right
            if not right:
                self.wrong.append(Missed("in vain", "indirect", flag.span.of(text)))

    def _count_words(
        self, transcript: Transcript, covered: bytearray, marked: bytearray, counts: Counts
    ) -> None:
        for turn in transcript.turns:
            for word in _WORD.finditer(transcript.text, turn.span.start, turn.span.end):
                counts["words", ""] += 1
                if not any(marked[word.start() : word.end()]):
                    counts["ordinary", ""] += 1
                    counts["ordinary+", ""] += any(covered[word.start() : word.end()])


def _painted(text: str, spans: Iterable[Span]) -> bytearray:
    paint = bytearray(len(text))
    for span in spans:
        paint[span.start : span.end] = b"\1" * len(span)
    return paint


def _is_covered(span: Span, text: str, paint: bytearray) -> bool:
    words = list(_WORD.finditer(text, span.start, span.end))
    core = [word for word in words if word[0].lower() not in _ASIDE] or words
    return all(
        all(paint[word.start() : word.start() + len(re.sub(r"['’]s$", "", word[0]))])
        for word in core
    )
