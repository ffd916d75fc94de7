"""TEI and other XML transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from themes.errors import ReadError
from themes.grammar import Utterance
from themes.grammar.assemble import assemble
from themes.grammar.identity import source_of, transcript_id_from
from themes.grammar.timestamps import parse_seconds
from themes.readers._archive import attribute, local, parse_xml
from themes.records import Transcript

# TEI speech (u), TEI drama and interviews (sp), Transcriber turns, TTML captions.
_TURNS = frozenset({"u", "sp", "Turn"})
_NOT_SPEECH = frozenset("note gap speaker stage figure desc Background Comment head".split())
_PARAGRAPHS = frozenset({"p", "seg", "ab", "l", "lg"})
_WHITE = re.compile(r"[ \t\r\n]+")
_TOKEN_TABS = 3  # tabs that make a line a token with annotations, as in the GUM corpus
_NO_SPACE_BEFORE = re.compile(r"\s+(?=[.,;:!?%…)\]”’]|n['’]t\b|['’](?:s|re|ve|ll|d|m|t)\b)")
_NO_SPACE_AFTER = re.compile(r"(?<=[(\[“‘])\s+")


class Xml:
    """XML transcripts: TEI (`u`, `sp`), Transcriber (`Turn`) and TTML captions.

    Notes, gaps and stage directions are no speech. Speakers have the name that the header gives
    them, else their id. Format: TEI P5, chapters 7 and 8.
    """

    suffixes = (".xml", ".tei", ".trs", ".ttml", ".dfxp")

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The transcript in the file; ReadError if the XML is broken or of another kind."""
        data = path.read_bytes()
        if not data.strip():
            raise ReadError(path.name, "is empty", "export it again")
        root = parse_xml(data, path)
        is_captions = local(root) == "tt"
        utterances = list(_captions(root) if is_captions else _turns(root))
        if not utterances:
            raise ReadError(
                path.name,
                "is XML of an unknown kind",
                f"its root is {local(root)!r}; known are TEI with u or sp, Transcriber with Turn, TTML, and ELAN as .eaf",
            )
        return (
            assemble(
                utterances,
                transcript_id=transcript_id_from(path),
                source=source_of(path, data, "xml"),
                join_speaker=is_captions,
            ),
        )


def _turns(root: Element) -> Iterator[Utterance]:
    names = _names(root)
    times = _timeline(root)
    for element in root.iter():
        if local(element) in _TURNS:
            speaker = _speaker(element, names)
            start_s, end_s = (
                _time(element, keys, times) for keys in (("start", "startTime"), ("end", "endTime"))
            )
            yield Utterance(_speech(element), speaker, start_s, end_s)


def _captions(root: Element) -> Iterator[Utterance]:
    for element in root.iter():
        if local(element) == "p":
            start_s, end_s = (_time(element, (key,), {}) for key in ("begin", "end"))
            agent = (attribute(element, "agent") or "").lstrip("#")
            yield Utterance(_speech(element), agent, start_s, end_s)


def _speaker(element: Element, names: Mapping[str, str]) -> str:
    label = element.find("./{*}speaker")
    if label is not None and (text := " ".join("".join(label.itertext()).split()).rstrip(".:")):
        return text
    who = (attribute(element, "who") or attribute(element, "speaker") or "").split()
    ids = [name.rpartition("#")[2] for name in who]
    return ", ".join(names.get(name, name) for name in ids)


def _names(root: Element) -> dict[str, str]:
    """What the header calls the people whose ids stand in the text."""
    names: dict[str, str] = {}
    for element in root.iter():
        identifier = attribute(element, "id")
        if local(element) == "Speaker" and identifier:
            names[identifier] = attribute(element, "name") or identifier
        elif local(element) == "person" and identifier:
            name = element.find("./{*}persName")
            if name is not None and (text := " ".join(" ".join(name.itertext()).split())):
                names[identifier] = text
    return names


def _timeline(root: Element) -> dict[str, float]:
    """Ids of points in time and their seconds, where the timeline gives them from its origin."""
    times: dict[str, float] = {}
    for element in root.iter():
        identifier = attribute(element, "id")
        if local(element) == "when" and identifier:
            written = attribute(element, "interval") or attribute(element, "absolute") or ""
            try:
                times[identifier] = parse_seconds(written.removesuffix("s"))
            except ValueError:
                continue
    return times


def _time(element: Element, keys: tuple[str, ...], times: Mapping[str, float]) -> float | None:
    written = next((value for key in keys if (value := attribute(element, key))), "")
    if written.lstrip("#") in times:
        return times[written.lstrip("#")]
    try:
        return parse_seconds(written.removesuffix("s"))
    except ValueError:
        return None


def _speech(element: Element) -> str:
    text = "".join(_pieces(element))
    lines = [line for line in text.split("\n") if line.strip()]
    if lines and sum(line.count("\t") >= _TOKEN_TABS for line in lines) > len(lines) / 2:
        text = " ".join(line.split("\t")[0].strip() for line in lines)
        text = _NO_SPACE_AFTER.sub("", _NO_SPACE_BEFORE.sub("", text))
    paragraphs = (_WHITE.sub(" ", part).strip() for part in text.split("\u2029"))
    return "\n".join(part for part in paragraphs if part)


def _pieces(element: Element) -> Iterator[str]:
    """The text of an element; paragraphs are apart by U+2029, which XML text does not use."""
    is_paragraph = local(element) in _PARAGRAPHS
    if is_paragraph:
        yield "\u2029"
    yield element.text or ""
    for child in element:
        if local(child) == "br":
            yield "\u2029"
        elif local(child) and local(child) not in _NOT_SPEECH:
            yield from _pieces(child)
        yield child.tail or ""
    if is_paragraph:
        yield "\u2029"
