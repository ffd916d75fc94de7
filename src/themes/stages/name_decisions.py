"""Decisions about what was found: distinct items in, decisions in, mentions out.

The same functions serve the terminal and any page: nothing here prints or asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

from themes.records import Category, Key, Mention, Name, NameDecision, Span, Transcript
from themes.stages._known_names import KnownNames
from themes.stages._propagation import resolve
from themes.stages._pseudonyms import People, identity, is_full
from themes.stages._roles_said import role_before
from themes.stages.detect import Detected
from themes.stages.queue import Item

DECIDED = "decision"
"""The recognizer that a mention names which a person asked for."""

FindingId = tuple[str, Name]
"""What a finding was found as ("" for nothing in particular), and its folded words."""

Place = tuple[int, Span]
"""The number of a transcript, from 0, and where in its text."""


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """One distinct thing to decide about, with every place where it stands.

    `found` is the category proposed, "" for a word or number of the queue, which no recognizer
    claims. `kept_because` is the reason of the shipped keep list, ""
    elsewhere. `confidence` is the highest of its mentions. `repr` never shows the words.
    """

    words: Name
    found: Category | Literal[""]
    places: tuple[Place, ...]
    recognizers: tuple[str, ...] = ()
    confidence: float = 0.0
    kept_because: str = ""

    @property
    def id(self) -> FindingId:
        return self.found, self.words

    @property
    def category(self) -> Category:
        """What it is replaced as unless somebody says otherwise."""
        if self.found:
            return self.found
        return "id" if any(sign.isdigit() for word in self.words for sign in word) else "person"


def standing(decisions: Iterable[NameDecision]) -> dict[FindingId, NameDecision]:
    """What stands of all that was decided: the last act about each item that was not undone.

    >>> keep = NameDecision(1, ("foley",), "person", "keep", reason="eponym")
    >>> standing([keep]), standing([keep, NameDecision(2, ("foley",), "person", "undo")])
    ({('person', ('foley',)): NameDecision(1, 'keep')}, {})
    """
    acts: dict[FindingId, list[NameDecision]] = {}
    for decision in decisions:
        history = acts.setdefault((decision.found, decision.words), [])
        if decision.act != "undo":
            history.append(decision)
        elif history:
            history.pop()
    return {item: history[-1] for item, history in acts.items() if history}


def decide(key: Key, item: Finding, decision: NameDecision) -> Key:
    """The key with one more act about `item`; number, words and category are filled in here."""
    made = replace(decision, number=len(key.decisions) + 1, words=item.words, found=item.found)
    return replace(key, decisions=(*key.decisions, made))


def findings(
    transcripts: Sequence[Transcript], detected: Detected, queue: Sequence[Item] = ()
) -> tuple[Finding, ...]:
    """Everything there is to decide about, the riskiest first.

    First the words and numbers of `queue`, in their order, for they stay readable unless somebody
    decides; then passages that may single somebody out, which stay as well; then what will be
    replaced, the least certain first.
    """
    return (
        *(_queued(item, transcripts) for item in queue),
        *_distinct(transcripts, detected.flags),
        *_distinct(transcripts, detected.mentions),
    )


def _queued(item: Item, transcripts: Sequence[Transcript]) -> Finding:
    number = {transcript.id: at for at, transcript in enumerate(transcripts)}
    places = tuple((number[transcript_id], span) for transcript_id, span in item.places)
    words = tuple(item.key.split())
    return Finding(words, "", places, ("queue",), 0.0, kept_names().get(words, ""))


def _distinct(
    transcripts: Sequence[Transcript], found: Sequence[Sequence[Mention]]
) -> list[Finding]:
    by_id: dict[FindingId, list[tuple[Place, Mention]]] = {}
    for number, (transcript, mentions) in enumerate(zip(transcripts, found, strict=True)):
        for mention in mentions:
            name = identity(mention.category, mention.span.of(transcript.text))
            place = ((number, mention.span), mention)
            by_id.setdefault((mention.category, name), []).append(place)
    distinct = [
        Finding(
            words,
            category,
            tuple(place for place, _ in here),
            tuple(sorted({mention.recognizer for _, mention in here})),
            max(mention.confidence for _, mention in here),
            kept_names().get(words, "") if category in ("person", "organization") else "",
        )
        for (category, words), here in by_id.items()
    ]
    return sorted(distinct, key=lambda each: (each.confidence, -len(each.places), each.id))


def undecided(key: Key, those: Sequence[Finding]) -> tuple[Finding, ...]:
    """The items that nobody decided about, in their order; "unsure" is no decision yet."""
    stands = standing(key.decisions)
    return tuple(item for item in those if item.id not in stands or stands[item.id].act == "unsure")


def fate(
    finding: Finding, key: Key, *, indirect: bool = False
) -> Literal["replaced", "kept", "left"]:
    """What becomes of a finding: "left" are words and passages that nobody decided about.

    As `rule` does it, but for parts of kept names, which it looks at in their transcripts.
    """
    decision = standing(key.decisions).get(finding.id)
    if decision is not None:
        return "kept" if decision.act == "keep" else "replaced"
    if finding.found == "indirect":
        return "replaced" if indirect else "left"
    if not finding.found:
        return "left"
    roster = {identity("person", person.name) for person in key.people}
    listed = finding.kept_because and is_full(finding.words) and finding.words not in roster
    return "kept" if listed else "replaced"


def rule(
    transcripts: Sequence[Transcript],
    detected: Detected,
    queue: Sequence[Item],
    key: Key,
    *,
    indirect: bool = False,
) -> tuple[tuple[Mention, ...], ...]:
    """The mentions that are to be replaced, after everything that was decided.

    What is kept goes, and with it the parts of a kept name that belong to nobody else; what counts
    as something else changes its category; words of the queue that are to be replaced join, and so
    do those that somebody is unsure of. Undecided proposals stay, undecided words and flagged
    passages do not join (passages do with `indirect`), and names of the shipped keep list go
    unless the roster has them.
    """
    stands = standing(key.decisions)
    verdict = _Verdict(transcripts, detected.mentions, stands, key)
    ruled = [
        [m for mention in mentions if (m := verdict.on(mention, transcript)) is not None]
        for transcript, mentions in zip(transcripts, detected.mentions, strict=True)
    ]
    for finding in (
        *(_queued(item, transcripts) for item in queue),
        *_distinct(transcripts, detected.flags),
    ):
        decision = stands.get(finding.id)
        asked = decision is not None and decision.act in ("replace", "unsure")
        if asked or (decision is None and indirect and finding.found == "indirect"):
            category = (decision and decision.category) or finding.category
            for number, span in finding.places:
                ruled[number].append(Mention(span, category, DECIDED, 1.0))
    decided = KnownNames(
        (" ".join(words), d.category or "person", "und")
        for (_, words), d in stands.items()
        if d.act == "replace"
    )
    return tuple(
        tuple(resolve((*mentions, *_beside(decided.find(transcript), mentions)), transcript))
        if not transcript.anonymized and number not in detected.failures
        else ()
        for number, (mentions, transcript) in enumerate(zip(ruled, transcripts, strict=True))
    )


def _beside(more: Iterable[Mention], standing_: Sequence[Mention]) -> Iterator[Mention]:
    """What was decided elsewhere, where nothing stands yet."""
    for mention in more:
        if not any(mention.span.overlaps(other.span) for other in standing_):
            yield mention


class _Verdict:
    """What happens to one proposed mention."""

    def __init__(
        self,
        transcripts: Sequence[Transcript],
        found: Sequence[Sequence[Mention]],
        stands: Mapping[FindingId, NameDecision],
        key: Key,
    ) -> None:
        self._stands = stands
        roster = {identity("person", person.name) for person in key.people}
        # A single word may be somebody here all the same: "Dr Foley".
        self._listed = {name for name in kept_names() if is_full(name) and name not in roster}
        kept = {name for (_, name), d in stands.items() if d.act == "keep"} | self._listed
        met = {
            identity("person", mention.span.of(transcript.text))
            for transcript, mentions in zip(transcripts, found, strict=True)
            for mention in mentions
            if mention.category == "person"
        }
        self._of_kept = People([{name for name in kept if is_full(name)}])
        self._of_others = People([(met | roster) - kept])

    def on(self, mention: Mention, transcript: Transcript) -> Mention | None:
        name = identity(mention.category, mention.span.of(transcript.text))
        decision = self._stands.get((mention.category, name))
        if decision is not None:
            if decision.act == "keep":
                return None
            return replace(mention, category=decision.category or mention.category)
        if mention.category in ("person", "organization") and name in self._listed:
            return None
        of_kept = mention.category == "person" and self._of_kept.short_for_some(name)
        return mention if not of_kept or self._of_others.short_for_some(name) else None


@cache
def kept_names() -> Mapping[Name, str]:
    """The shipped names that stay, folded, each with the reason its list gives.

    >>> kept_names()["florence", "nightingale"]
    'history: a person of the past whom textbooks name'
    """
    text = (files("themes.stages") / "keep_names.txt").read_text(encoding="utf-8")
    kept: dict[Name, str] = {}
    reason = ""
    for line in text.splitlines():
        if line.startswith("# Reason: "):
            reason = line.removeprefix("# Reason: ").rstrip(".")
        elif line and not line.startswith("#"):
            kept[identity("person", line)] = reason
    return kept


@dataclass(frozen=True, slots=True, repr=False)
class Context:
    """Where a finding stands: `before`, the words as they are written, `after`; and the role of
    the speech before, if it gives one. `repr` never shows text."""

    transcript_id: str
    before: str
    words: str
    after: str
    role: str


def contexts(
    finding: Finding, transcripts: Sequence[Transcript], width: int = 60
) -> Iterator[Context]:
    """All contexts of a finding in reading order, cut at `width` characters on either side."""
    for number, span in finding.places:
        transcript = transcripts[number]
        before = transcript.text[max(0, span.start - width) : span.start]
        after = transcript.text[span.end : span.end + width]
        yield Context(
            transcript.id,
            before.rpartition("\n\n")[2].lstrip(),
            span.of(transcript.text),
            after.partition("\n\n")[0].rstrip(),
            role_before(transcript.text, span.start),
        )
