"""ELAN."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from themes.errors import ReadError
from themes.grammar import Utterance
from themes.readers._archive import parse_xml
from themes.readers._tiers import Tier, transcript_of
from themes.records import Transcript

# What tiers of words are called where the speaker's own tier only marks the stretches.
_WORDS = re.compile(
    r"(?:tx|txt|text|tekst|utt|utterances?|ort|trans|transcript\w*)\b", re.IGNORECASE
)


class Eaf:
    """ELAN annotation files, one tier a speaker.

    The annotations of all tiers in order of time. Tiers that hang on another one (glosses, codes)
    are left out, unless the words stand there and the tier above has none. Raises ReadError with
    the line for XML that is not well formed. Format: MPI, "ELAN Annotation Format".
    """

    suffixes = (".eaf",)

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The one transcript in the file at `path`."""
        data = path.read_bytes()
        root = parse_xml(data, path)
        if root.tag != "ANNOTATION_DOCUMENT":
            raise ReadError(path.name, "is not an ELAN file", "save it in ELAN as .eaf")
        tiers = root.findall("TIER")
        times = _times(root)
        annotations = {
            annotation.get("ANNOTATION_ID", ""): annotation
            for tier in tiers
            for holder in tier.findall("ANNOTATION")
            for annotation in holder
        }
        chosen = list(_chosen(tiers))
        notes = []
        if n_left := sum(_holds_text(tier) for tier in tiers) - sum(map(_holds_text, chosen)):
            notes.append(f"Dependent tiers, left out: {n_left}.")
        return (
            transcript_of(
                [
                    Tier(
                        _name(tier),
                        tier.get("PARTICIPANT", ""),
                        tuple(_utterances(tier, annotations, times)),
                    )
                    for tier in chosen
                ],
                path,
                data,
                "eaf",
                "utf-8",
                notes,
            ),
        )


def _times(root: Element) -> Mapping[str, float]:
    """Seconds of each time slot; a slot without a time, as ELAN allows, has that of the one before."""
    times: dict[str, float] = {}
    last = 0.0
    for slot in root.iter("TIME_SLOT"):
        value = slot.get("TIME_VALUE", "")
        last = int(value) / 1000 if value.isdecimal() and len(value) < 16 else last
        times[slot.get("TIME_SLOT_ID", "")] = last
    return times


def _holds_text(tier: Element) -> bool:
    return any((value.text or "").strip() for value in tier.iter("ANNOTATION_VALUE"))


def _chosen(tiers: list[Element]) -> Iterator[Element]:
    """The tiers of speech: those on top, or where one is without words, its child of words."""
    for tier in tiers:
        if tier.get("PARENT_REF"):
            continue
        below = [
            child
            for child in tiers
            if child.get("PARENT_REF") == tier.get("TIER_ID")
            and (
                _WORDS.match(child.get("TIER_ID", ""))
                or _WORDS.match(child.get("LINGUISTIC_TYPE_REF", ""))
            )
        ]
        yield tier if _holds_text(tier) or not below else below[0]


def _name(tier: Element) -> str:
    """The tier's id; of a tier of words ("tx@Ann") the participant or what follows the @."""
    name = tier.get("TIER_ID", "")
    if tier.get("PARENT_REF"):
        return tier.get("PARTICIPANT") or name.rpartition("@")[2]
    return name


def _utterances(
    tier: Element, annotations: Mapping[str, Element], times: Mapping[str, float]
) -> Iterator[Utterance]:
    for holder in tier.findall("ANNOTATION"):
        for annotation in holder:
            aligned, seen = annotation, set()
            while (above := aligned.get("ANNOTATION_REF")) in annotations and above not in seen:
                seen.add(above)
                aligned = annotations[above]
            yield Utterance(
                annotation.findtext("ANNOTATION_VALUE") or "",
                "",
                times.get(aligned.get("TIME_SLOT_REF1", "")),
                times.get(aligned.get("TIME_SLOT_REF2", "")),
            )
