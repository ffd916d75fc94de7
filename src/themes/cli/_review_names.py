"""Deciding about names in a terminal: one item at a time, one key a decision, nothing ever lost."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from themes.keyfile import KeyFile
from themes.pipeline import Searched
from themes.records import Category, NameDecision
from themes.stages.name_decisions import (
    Finding,
    FindingId,
    contexts,
    decide,
    findings,
    standing,
    undecided,
)

CATEGORY_KEYS: dict[str, Category] = {
    "p": "person", "o": "organization", "l": "location", "d": "date", "g": "age", "i": "id",
    "x": "indirect",
}  # fmt: skip
REASONS = {
    "1": "eponym or term",
    "2": "public figure",
    "3": "ordinary word",
    "4": "no risk: too many it could be",
}
HELP = """  Replace as:  Enter what it was found as   p person   o organization   l place   d date   g age
               i number   x other detail that tells who it is   r person with a role
  Keep:        w ordinary word   k with another reason
  Otherwise:   u unsure (replaced, and asked again)   s skip   a accept this and all that are as sure
               m more contexts   b back   f find a word   q stop"""
_FEW = 3
_SURE = 0.9

Ask = Callable[[str], str]
"""ask(what): one key from a person; "" for Enter."""


def review(searched: Searched, file: KeyFile, by: str, ask: Ask, ask_line: Ask) -> bool:
    """Ask about everything undecided, the riskiest first; False if the person stopped before the end.

    Every decision is in the key on disk before the next item is shown.
    """
    everything = findings(searched.transcripts, searched.detected, searched.queue)
    words = sum(len(t.text.split()) for t in searched.transcripts)
    left = undecided(file.key, everything)
    per_thousand = 1000 * len(left) / max(words, 1)
    print(
        f"{len(left)} of {len(everything)} items to decide, {per_thousand:.1f} per 1,000 words. "
        f"Nothing you decide is lost when you stop.\n{HELP}"
    )
    by_id = {finding.id: finding for finding in everything}
    history = [by_id[item] for item in standing(file.key.decisions) if item in by_id]
    skipped: set[FindingId] = set()
    chosen: Finding | None = None
    while True:
        open_ = [f for f in undecided(file.key, everything) if f.id not in skipped]
        if chosen is None and not open_:
            pressed = ask("\nNothing is left to decide.  Enter go on  b back  f find  q stop\n> ")
            finding = None
        else:
            finding = chosen or open_[0]
            _show(finding, searched, len(open_))
            pressed = _one(finding, searched, ask)
        chosen = None
        if pressed == "q":
            return False
        if pressed == "b":
            if history:
                chosen = history.pop()
                skipped.discard(chosen.id)
        elif pressed == "f":
            chosen = _find(ask_line("Word: "), everything)
        elif finding is None:
            if not pressed:
                return True
        elif pressed == "s":
            skipped.add(finding.id)
        elif pressed == "a":
            for each in _alike(finding, open_):
                _save(file, each, _replacing(each, each.category, by))
                history.append(each)
        else:
            decision = _decision(finding, pressed, searched, by, ask, ask_line)
            if decision is None:
                chosen = finding
                continue
            _save(file, finding, decision)
            history.append(finding)
            if decision.act == "unsure":
                skipped.add(finding.id)


def _find(word: str, everything: Sequence[Finding]) -> Finding | None:
    """The finding of that word, one of these words first."""
    said = word.casefold().split()
    holding = [each for each in everything if said and set(said) <= set(each.words)]
    if not holding:
        print("Nothing found has that word.")
    return min(holding, key=lambda each: len(each.words), default=None)


def _save(file: KeyFile, finding: Finding, decision: NameDecision) -> None:
    file.save(decide(file.key, finding, decision))


def _decision(
    finding: Finding, pressed: str, searched: Searched, by: str, ask: Ask, ask_line: Ask
) -> NameDecision | None:
    if pressed == "" and finding.found:
        return _replacing(finding, finding.found, by)
    if pressed == "w":
        return NameDecision(
            0, finding.words, finding.found, "keep", reason=REASONS["3"], by=by, at=_now()
        )
    if pressed in CATEGORY_KEYS:
        return _replacing(finding, CATEGORY_KEYS[pressed], by)
    if pressed == "u":
        return NameDecision(
            0, finding.words, finding.found, "unsure",
            category=finding.category, by=by, at=_now(),
        )  # fmt: skip
    if pressed == "r":
        proposed = _role(finding, searched)
        role = ask_line(f"Role{f' [{proposed}]' if proposed else ''}: ").strip() or proposed
        made = _replacing(finding, finding.category, by)
        return NameDecision(
            0, made.words, made.found, "replace", made.category, role, "", by, _now()
        )
    if pressed == "k":
        listed = f"  Enter {finding.kept_because}" if finding.kept_because else ""
        said = "  ".join(f"{number} {reason}" for number, reason in REASONS.items())
        chosen = ask(f"Why does it stay?  {said}  0 other{listed}\n")
        reason = REASONS.get(chosen, "")
        if chosen == "0":
            reason = ask_line("Reason: ").strip()
        elif chosen == "":
            reason = finding.kept_because
        if not reason:
            return None
        return NameDecision(
            0, finding.words, finding.found, "keep", reason=reason, by=by, at=_now()
        )
    return None


def _replacing(finding: Finding, category: str, by: str) -> NameDecision:
    return NameDecision(0, finding.words, finding.found, "replace", category, by=by, at=_now())


def _one(finding: Finding, searched: Searched, ask: Ask) -> str:
    enter = f"Enter {finding.found}  " if finding.found else "p person  "
    while True:
        pressed = ask(f"  {enter}w word  k keep  u unsure  r role  s skip  b back  ? more\n> ")
        if pressed == "m":
            _contexts(finding, searched, len(finding.places))
        elif pressed == "?":
            print(HELP)
        else:
            return pressed


def _show(finding: Finding, searched: Searched, n_left: int) -> None:
    n_files = len({number for number, _ in finding.places})
    found = f"found as {finding.found}" if finding.found else "nothing knows this word"
    stays = "" if finding.found not in ("", "indirect") else "; it stays unless you decide"
    print(
        f"\n{n_left} left · {found} ({', '.join(finding.recognizers)}){stays} · "
        f"{_counted(len(finding.places), 'place')} in {_counted(n_files, 'transcript')}"
    )
    if finding.kept_because:
        print(f"  on the keep list: {finding.kept_because}")
    if role := _role(finding, searched):
        print(f"  said to be: {role}")
    _contexts(finding, searched, _FEW)


def _counted(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _contexts(finding: Finding, searched: Searched, n: int) -> None:
    bold, plain = ("\x1b[1;7m", "\x1b[0m") if sys.stdout.isatty() else ("»", "«")
    for at, context in enumerate(contexts(finding, searched.transcripts)):
        if at == n:
            print(f"    ... and {len(finding.places) - n} more")
            return
        said = f"{context.before}{bold}{context.words}{plain}{context.after}"
        print(f"    {context.transcript_id}: {' '.join(said.split())}")


def _role(finding: Finding, searched: Searched) -> str:
    if finding.found not in ("person", ""):
        return ""
    said = Counter(c.role for c in contexts(finding, searched.transcripts) if c.role)
    return said.most_common(1)[0][0] if said else ""


def _alike(finding: Finding, open_: list[Finding]) -> Iterator[Finding]:
    """This one and all of its category that are at least as sure; of the queue, this one alone."""
    yield finding
    if finding.found:
        yield from (
            each
            for each in open_
            if each is not finding
            and each.found == finding.found
            and each.confidence >= max(finding.confidence, _SURE)
        )


def terminal() -> tuple[Ask, Ask]:
    """Keys from a terminal without Enter; lines, of which the first sign counts, from a pipe."""
    if not sys.stdin.isatty():

        def ask(what: str) -> str:
            print(what, end="", flush=True)
            line = sys.stdin.readline()
            return "q" if not line else line.strip()[:1]

        def ask_line(what: str) -> str:
            print(what, end="", flush=True)
            return sys.stdin.readline().strip()

        return ask, ask_line

    import click

    def press(what: str) -> str:
        print(what, end="", flush=True)
        pressed = click.getchar()
        print()
        if pressed in ("\x03", "\x04"):
            return "q"
        return "" if pressed in ("\r", "\n") else pressed[:1].lower()

    return press, input


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
