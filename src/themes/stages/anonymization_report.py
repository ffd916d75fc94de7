"""The page for the ethics board: what was found, decided, replaced and checked, and what remains."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from themes.records import CATEGORIES, Key, Replacement, Transcript
from themes.stages.leaks import Leak
from themes.stages.name_decisions import Finding, fate, standing
from themes.stages.small_cells import small_cells

_K = 5
_PROFILES = {
    "numbered": "numbered marks such as [PERSON-1]; dates and ages are marks as well",
    "roles": "roles such as [supervisor 2]; dates became a season and a year, ages ten years",
    "natural": "names that nobody in the study bears; dates were moved by a secret number of weeks "
    "for each participant, ages became ten years",
    "strict": "categories alone, such as [PERSON]: two mentions of one person cannot be linked",
}
_NAMES = {
    "person": "people", "organization": "organizations", "location": "places", "date": "dates",
    "age": "ages", "phone": "phone numbers", "email": "e-mail addresses", "url": "web addresses",
    "postcode": "postcodes", "id": "identifying numbers", "indirect": "indirect identifiers",
    "": "words and numbers that nothing explains",
}  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Proof:
    """What the page is made of; nothing in it that is shown holds an original."""

    key: Key
    profile: str
    findings: Sequence[Finding]
    transcripts: Sequence[Transcript]
    replacements: Sequence[Replacement]
    leaks: Sequence[Leak]
    allowed_because: str
    n_files: int
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the table of findings: items, and how each came out."""

    name: str
    items: int
    decided: int
    replaced: int
    kept: int
    left: int
    places: int


def anonymization_report(proof: Proof) -> str:
    """One self-contained HTML page; the same for the same study and decisions."""
    environment = Environment(
        loader=PackageLoader("themes", "stages"), autoescape=True, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    style = (files("themes.stages") / "anonymization_report.css").read_text(encoding="utf-8")
    stands = standing(proof.key.decisions)
    rows = _attributes(proof.transcripts)
    words = sum(len(transcript.text.split()) for transcript in proof.transcripts)
    return environment.get_template("anonymization_report.html.jinja").render(
        style=Markup(style),  # ours, and what the hash is of
        style_hash=b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        proof=proof,
        profile=_PROFILES.get(proof.profile, proof.profile),
        words=words,
        findings=_rows(proof),
        burden=1000 * len(proof.findings) / max(words, 1),
        n_decided=sum(finding.id in stands for finding in proof.findings),
        reasons=Counter(d.reason for d in stands.values() if d.act == "keep").most_common(),
        deciders=sorted({d.by for d in stands.values() if d.by}),
        leaks=Counter(leak.how for leak in proof.leaks).most_common(),
        cells=small_cells(rows, _K) if any(rows) else None,
        n_values={c: len({row.get(c) for row in rows}) for row in rows for c in row},
    )


def _rows(proof: Proof) -> list[_Row]:
    stands = standing(proof.key.decisions)
    strict = proof.profile == "strict"
    rows = []
    for category in (*CATEGORIES, ""):
        those = [finding for finding in proof.findings if finding.found == category]
        fates = Counter(fate(finding, proof.key, indirect=strict) for finding in those)
        if those:
            rows.append(
                _Row(
                    _NAMES[category],
                    len(those),
                    sum(finding.id in stands for finding in those),
                    fates["replaced"],
                    fates["kept"],
                    fates["left"],
                    sum(len(finding.places) for finding in those),
                )
            )
    return rows


def _attributes(transcripts: Sequence[Transcript]) -> list[dict[str, str]]:
    """What is known of the participants, one row each: several interviews are still one person."""
    people = {t.attributes.get("participant", t.id): t.attributes for t in transcripts}
    return [{c: v for c, v in row.items() if c != "participant"} for row in people.values()]
