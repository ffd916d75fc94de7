"""What a schema cannot ask of a project: that references meet and positions hold the right words.

`Study` has asked it of the records; `after` asks it of the bytes, as a stranger would read them, so
that a mistake of ours never reaches a disk.
"""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from themes.exporters.refi import NAMESPACE
from themes.exporters.refi.project import codings
from themes.records import Study

_NAMED = {f"{{{NAMESPACE}}}{tag}" for tag in ("CodeRef", "NoteRef", "SourceRef", "VariableRef")}
_BY_USER = ("creatingUser", "creatingUserGUID")


def after(project: bytes, study: Study) -> str | None:
    """What of `study` is not found again in the archive `project`, or None."""
    with ZipFile(BytesIO(project)) as archive:
        root = fromstring(archive.read("project.qde"), forbid_dtd=True)
        texts = {
            name.removeprefix("sources/"): archive.read(name).decode()
            for name in archive.namelist()
            if name.startswith("sources/")
        }
    if dangling := _dangling(root):
        return dangling
    if list(texts.values()) != [transcript.text for transcript in study.transcripts]:
        return "the texts differ from the transcripts"
    by_id = {segment.id: segment for segment in study.segments}
    wanted = Counter(by_id[suggestion.segment_id].text for suggestion in codings(study))
    found: Counter[str] = Counter()
    for source in _all(root, "TextSource"):
        text = texts[source.attrib["plainTextPath"].removeprefix("internal://")]
        for selection in _all(source, "PlainTextSelection"):
            start, end = (int(selection.attrib[f"{side}Position"]) for side in ("start", "end"))
            quote = text[start:end]
            if not 0 <= start < end <= len(text):
                return f"positions {start}-{end} lie outside a text of {len(text)}"
            if not quote.startswith(selection.attrib["name"]):
                return f"positions {start}-{end} hold other words than their name"
            found[quote] += len(_all(selection, "Coding"))
    return None if found == wanted else "the coded words differ from the suggestions"


def _dangling(root: Element) -> str | None:
    elements = list(root.iter())
    guids = Counter(element.attrib["guid"] for element in elements if "guid" in element.attrib)
    if doubled := [guid for guid, count in guids.items() if count > 1]:
        return f"GUID {doubled[0]} stands twice"
    for element in elements:
        targets = [element.attrib["targetGUID"]] if element.tag in _NAMED else []
        targets += [element.attrib[key] for key in _BY_USER if key in element.attrib]
        for target in targets:
            if target not in guids:
                return f"GUID {target} is pointed at and not there"
    return None


def _all(above: Element, tag: str) -> list[Element]:
    return list(above.iter(f"{{{NAMESPACE}}}{tag}"))
