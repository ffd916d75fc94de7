"""What changed between two versions of a codebook, and what that does to answers given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from themes.records import Codebook
from themes.stages.decide import Carry

Kind = Literal["added", "removed", "renamed", "redefined", "replaced", "merged", "split", "moved"]

_MEANING = ("definition", "include", "exclude", "examples")


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `before` and `after` are code ids, "look again" says whether answers are open again.

    | kind | what stands | looked at again |
    |---|---|---|
    | added | nothing: the code was never judged in earlier turns | no |
    | removed | nothing under it | where it was given |
    | renamed, moved | all of it | no |
    | redefined | all of it | where it was given, and where it was rejected |
    | replaced (another id), merged | under the new id | no |
    | split | nothing: only a coder can say which part | where it was given |
    """

    kind: Kind
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def looked_at_again(self) -> bool:
        return self.kind in ("removed", "redefined", "split")


def diff(old: Codebook, new: Codebook, replaced: Mapping[str, Sequence[str]]) -> tuple[Change, ...]:
    """The changes from `old` to `new`, in the order of the new codebook, removals last.

    Codes are the same when their ids are; `replaced` says which ids took the place of one that is
    gone. Raises ValueError when it names codes that are not there, or one that is still there.

    >>> from themes.records import Code
    >>> a, b, c = (Code(x, x) for x in "abc")
    >>> [(x.kind, x.before, x.after) for x in diff(
    ...     Codebook("k", "1", (a, b)), Codebook("k", "2", (c,)), {"a": ["c"], "b": ["c"]})]
    [('merged', ('a', 'b'), ('c',))]
    """
    before = {code.id: code for code in old.codable}
    after = {code.id: code for code in new.codable}
    for source, heirs in replaced.items():
        if source not in before:
            raise ValueError(f"{source} is no code of version {old.version}")
        if source in after and tuple(heirs) != (source,):
            raise ValueError(f"{source} is still in version {new.version}; give the parts new ids")
        for heir in heirs:
            if heir not in after:
                raise ValueError(f"{heir} is no code of version {new.version}")
    found: list[Change] = []
    split = {origin: tuple(heirs) for origin, heirs in replaced.items() if len(heirs) > 1}
    for code_id, code in after.items():
        same = before.get(code_id)
        if same is not None and any(getattr(same, f) != getattr(code, f) for f in _MEANING):
            found.append(Change("redefined", (code_id,), (code_id,)))
        elif same is not None and same.name != code.name:
            found.append(Change("renamed", (code_id,), (code_id,)))
        elif same is not None and same.parent != code.parent:
            found.append(Change("moved", (code_id,), (code_id,)))
        parts_of = [origin for origin, heirs in split.items() if heirs[0] == code_id]
        found += [Change("split", (origin,), split[origin]) for origin in parts_of]
        origins = [o for o, heirs in replaced.items() if tuple(heirs) == (code_id,) != (o,)]
        if same is not None and origins:
            found.append(Change("merged", (code_id, *origins), (code_id,)))
        elif len(origins) > 1:
            found.append(Change("merged", tuple(origins), (code_id,)))
        elif origins:
            found.append(Change("replaced", tuple(origins), (code_id,)))
        elif same is None and not any(code_id in heirs for heirs in split.values()):
            found.append(Change("added", (), (code_id,)))
    found += [
        Change("removed", (code_id,), ())
        for code_id in before
        if code_id not in after and not replaced.get(code_id)
    ]
    return tuple(found)


def carrier(versions: Sequence[tuple[Codebook, Mapping[str, Sequence[str]]]]) -> Carry:
    """How code ids of any version are called today; `versions` are all, oldest first.

    A decision under a code that was split or removed has no single heir: carry gives None.
    """
    number = {book.version: place for place, (book, _) in enumerate(versions)}
    known = [{code.id for code in book.codable} for book, _ in versions]

    def carry(version: str, code_id: str) -> str | None:
        place = number.get(version, len(versions) - 1)
        for later in range(place + 1, len(versions)):
            heirs = versions[later][1].get(code_id)
            if heirs is not None:
                if len(heirs) != 1:
                    return None
                code_id = heirs[0]
            elif code_id not in known[later]:
                return None
        return code_id if code_id in known[-1] else None

    return carry


def judged(
    versions: Sequence[tuple[Codebook, Mapping[str, Sequence[str]]]], carry: Carry
) -> dict[str, tuple[str, ...]]:
    """Version -> ids of today's codes that a coder working with that version could give."""
    order = [code.id for code in versions[-1][0].codable]
    found = {}
    for book, _ in versions:
        today = {carry(book.version, code.id) for code in book.codable}
        found[book.version] = tuple(code_id for code_id in order if code_id in today)
    return found


def open_again(
    changes: Iterable[Change], given: Iterable[str], rejected: Iterable[str]
) -> tuple[str, ...] | None:
    """The codes to be asked again for one locked answer, None where nothing is to be.

    `given` and `rejected` are codes of the version before. An empty tuple opens the turn without a
    question: a code that was given there is gone.
    """
    given, rejected = set(given), set(rejected)
    asked: list[str] = []
    touched = False
    for change in changes:
        if not change.looked_at_again:
            continue
        (code,) = change.before
        if code in given or (change.kind == "redefined" and code in rejected):
            touched = True
            asked += change.after
    return tuple(dict.fromkeys(asked)) if touched else None
