"""What was done to every item, without a word of what it was."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from themes.records import Key, Replacement, Transcript
from themes.stages.leaks import Leak
from themes.stages.name_decisions import Finding, FindingId, fate, standing


def item_id(key: Key, finding: FindingId) -> str:
    """What an item is called in the log: a keyed hash, for a plain hash of a name can be guessed.

    HMAC-SHA-256 (RFC 2104) with the key's secret, the first 16 hexadecimal digits.

    >>> item_id(Key("k", b"s" * 32), ("person", ("femke",)))
    'ad25b39155554181'
    """
    said = "\0".join((finding[0], *finding[1])).encode()
    return hmac.digest(key.secret, b"item\0" + said, hashlib.sha256).hex()[:16]


def audit_log(
    key: Key,
    settings: Mapping[str, str],
    findings: Sequence[Finding],
    transcripts: Sequence[Transcript],
    replacements: Sequence[Replacement],
    leaks: Sequence[Leak],
    allowed_because: str = "",
) -> bytes:
    """JSON lines, in the order: the run, each finding, each transcript, each leak that was found.

    A finding has its keyed id, category, the rules that found it, what was decided (and by whom,
    when and why), and in how many places of how many transcripts it stands; `was` is "replaced",
    "kept" or "left" (of the queue, undecided). A transcript has the hash of its file and of its
    pseudonymized text. The same study gives the same bytes.
    """
    stands = standing(key.decisions)
    rows: list[dict[str, Any]] = [{"kind": "run", "key": key.id, **settings}]
    for finding in findings:
        decision = stands.get(finding.id)
        act = decision.act if decision else "undecided"
        row: dict[str, Any] = {
            "kind": "item",
            "item": item_id(key, finding.id),
            "category": (decision and decision.category) or finding.found or "unknown",
            "rules": list(finding.recognizers),
            "decision": act,
            "was": fate(finding, key),
            "places": len(finding.places),
            "transcripts": len({number for number, _ in finding.places}),
        }
        if decision:
            row |= {k: v for k, v in (("by", decision.by), ("at", decision.at),
                                      ("reason", decision.reason)) if v}  # fmt: skip
        rows.append(row)
    made = Counter(each.transcript_id for each in replacements)
    for transcript in transcripts:
        rows.append(
            {
                "kind": "transcript",
                "transcript": transcript.id,
                "source_sha256": transcript.source.sha256 if transcript.source else "",
                "sha256": hashlib.sha256(transcript.text.encode()).hexdigest(),
                "replacements": made[transcript.id],
            }
        )
    by_entity: dict[tuple[str, str, str], int] = defaultdict(int)
    for leak in leaks:
        by_entity[leak.file, leak.entity, leak.how] += 1
    for (file, entity, how), n in sorted(by_entity.items()):
        rows.append(
            {"kind": "leak", "file": file, "entity": entity, "how": how, "places": n,
             "allowed_because": allowed_because}
        )  # fmt: skip
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
