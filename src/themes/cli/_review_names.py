"""Deciding about names in a terminal: one item at a time, one key a decision, nothing ever lost."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from themes.keyfile import KeyFile
from themes.pipeline import Searched
from themes.records import Category, NameDecision
from themes.stages.name_decisions import (
    Finding,
    contexts,
    decide,
    fate,
    findings,
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
        f"{len(left)} items to decide of {len(everything)}, {per_thousand:.1f} per 1,000 words. "
        "Nothing you decide is lost when you stop."
    )
    skipped: set[tuple[str, tuple[str, ...]]] = set()
    history: list[Finding] = []
    while True:
        open_ = [f for f in undecided(file.key, everything) if f.id not in skipped]
        if not open_:
            return True
        finding = open_[0]
        _show(finding, searched, len(open_))
        pressed = _one(finding, searched, ask)
        if pressed == "q":
            return False
        if pressed == "s":
            skipped.add(finding.id)
        elif pressed == "b":
            if history:
                last = history.pop()
                skipped.discard(last.id)
                _save(file, last, NameDecision(0, last.words, last.found, "undo", by=by, at=_now()))
        elif pressed == "a":
            for each in _alike(finding, open_):
                _save(file, each, _replacing(each, each.found or "person", by))
                history.append(each)
        else:
            decision = _decision(finding, pressed, searched, by, ask, ask_line)
            if decision is not None:
                _save(file, finding, decision)
                history.append(finding)
                if decision.act == "unsure":
                    skipped.add(finding.id)


def _save(file: KeyFile, finding: Finding, decision: NameDecision) -> None:
    file.save(decide(file.key, finding, decision))


def _decision(
    finding: Finding, pressed: str, searched: Searched, by: str, ask: Ask, ask_line: Ask
) -> NameDecision | None:
    if pressed == "":
        return _replacing(finding, finding.found or "person", by)
    if pressed in CATEGORY_KEYS:
        return _replacing(finding, CATEGORY_KEYS[pressed], by)
    if pressed == "u":
        return NameDecision(
            0, finding.words, finding.found, "unsure",
            category=finding.found or "person", by=by, at=_now(),
        )  # fmt: skip
    if pressed == "r":
        proposed = _role(finding, searched)
        role = ask_line(f"Role{f' [{proposed}]' if proposed else ''}: ").strip() or proposed
        made = _replacing(finding, finding.found or "person", by)
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
    accept = f"replace as {finding.found}" if finding.found else "replace as person"
    while True:
        pressed = ask(
            f"  Enter {accept}   k keep   u unsure   r role   p person  o organization  l place"
            "  d date  g age  i number  x detail\n"
            "  m more contexts   a accept all that are as sure   s skip   b back   q stop\n> "
        )
        if pressed != "m":
            return pressed
        _contexts(finding, searched, len(finding.places))


def _show(finding: Finding, searched: Searched, n_left: int) -> None:
    n_files = len({number for number, _ in finding.places})
    found = f"found as {finding.found}" if finding.found else "nothing knows this word"
    stays = "" if finding.found not in ("", "indirect") else "; it stays unless you decide"
    print(
        f"\n{n_left} left · {found} ({', '.join(finding.recognizers)}){stays} · "
        f"{len(finding.places)} places in {n_files} transcripts"
    )
    if finding.kept_because:
        print(f"  on the keep list: {finding.kept_because}")
    if role := _role(finding, searched):
        print(f"  said to be: {role}")
    _contexts(finding, searched, _FEW)


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


def undecided_words(searched: Searched, file: KeyFile) -> int:
    """How many words and passages stay readable because nobody decided about them."""
    everything = findings(searched.transcripts, searched.detected, searched.queue)
    strict = searched.settings.profile == "strict"
    return sum(fate(each, file.key, indirect=strict) == "left" for each in everything)


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
