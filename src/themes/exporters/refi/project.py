"""A study as the XML of a REFI-QDA project.

Where a suggestion lands: the selection is the whole segment, because a coder judges an answer,
not a phrase, and because MAXQDA, ATLAS.ti and NVivo show one stripe a selection; the codes of one
segment share one selection. The phrase that carries the code is quoted in the note of its coding,
with the score, since a REFI coding has neither a comment nor a score of its own. The model is a
user called "themes: model ...": what it suggested is never under a person's name, and can be
hidden, compared or deleted by user.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from themes.exporters.refi import NAMESPACE
from themes.records import Code, Segment, Study, Suggestion, Transcript

MAX_NAME_CHARS = 60
# What XML 1.0 cannot hold, not even escaped. A lone \r would come back as \n.
UNWRITABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def guid(kind: str, *key: str) -> str:
    """The same GUID for the same thing on every export: uuid5, one namespace a kind.

    >>> guid("code", "help-seeking", "cost") == guid("code", "help-seeking", "cost")
    True
    >>> guid("code", "a", "b") == guid("user", "a", "b")
    False
    """
    return str(uuid5(uuid5(NAMESPACE_URL, f"urn:themes:refi:{kind}"), "\x1f".join(key)))


def source_name(study: Study, transcript: Transcript) -> str:
    """The file name of a transcript inside the archive's `sources` folder."""
    return guid("source", study.name, transcript.id) + ".txt"


def codings(study: Study) -> tuple[Suggestion, ...]:
    """The suggestions that become codings: what is suggested or asked, not what is neither."""
    return tuple(s for s in study.suggestions if s.outcome != "none")


def writable(text: str) -> str:
    """`text` with U+FFFD for each character that XML 1.0 cannot hold; no length changes.

    >>> writable("bell\\x07")
    'bell\ufffd'
    """
    return UNWRITABLE.sub("\ufffd", text)


def project(study: Study, at: datetime | None = None) -> bytes:
    """The bytes of project.qde, valid against Project.xsd; dates only where `at` is given."""
    build = _Builder(study, {} if at is None else {"creationDateTime": at.isoformat()})
    root = build.project()
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def selection_name(text: str) -> str:
    """The start of a quote, so that a reader can tell whether its positions are right.

    Exactly how `text` begins, up to the first line break or unwritable character.

    >>> selection_name("I rang at once.\\nShe came.")
    'I rang at once.'
    """
    start = re.split(f"[\t\n]|{UNWRITABLE.pattern}", text, maxsplit=1)[0]
    return start[:MAX_NAME_CHARS].rstrip()


def description(code: Code) -> str:
    """A code's definition, boundaries and examples as one text, as a coder's manual has them."""
    parts = [
        code.definition,
        f"Counts: {code.include}" if code.include else "",
        f"Does not count: {code.exclude}" if code.exclude else "",
        "\n".join(["Examples:", *(f"- {e}" for e in code.examples)]) if code.examples else "",
    ]
    return "\n\n".join(part for part in parts if part)


class _Builder:
    def __init__(self, study: Study, dated: dict[str, str]) -> None:
        self.study, self.dated = study, dated
        self.codings = codings(study)
        self.models = tuple(dict.fromkeys([study.model, *(s.model for s in self.codings)]))
        self.texts = {transcript.id: transcript.text for transcript in study.transcripts}
        self.by_segment: dict[str, list[Suggestion]] = defaultdict(list)
        for suggestion in self.codings:
            self.by_segment[suggestion.segment_id].append(suggestion)
        self.coded: dict[str, dict[str, Segment]] = defaultdict(dict)
        for segment in study.segments:
            if segment.id in self.by_segment:
                self.coded[segment.transcript_id][segment.id] = segment

    def project(self) -> Element:
        study = self.study
        # Written as an attribute, so that no element has a prefix: some readers look for none.
        root = Element(
            "Project",
            xmlns=NAMESPACE,
            name=_line(study.name),
            origin="themes",
            creatingUserGUID=self.user(study.model),
            **self.dated,
        )
        users = _child(root, "Users")
        for model in self.models:
            _child(users, "User", guid=self.user(model), name=_line(f"themes: model {model}"))
        if study.codebook.codes:
            self.add_codes(_child(_child(root, "CodeBook"), "Codes"), None)
        self.add_participants(root)
        if study.transcripts:
            sources = _child(root, "Sources")
            for transcript in study.transcripts:
                self.add_source(sources, transcript)
        if self.codings:
            notes = _child(root, "Notes")
            for transcript_id, segments in self.coded.items():
                for segment_id in segments:
                    for suggestion in self.by_segment[segment_id]:
                        self.add_note(notes, suggestion, transcript_id)
        _text(root, "Description", self.about())
        return root

    def about(self) -> str:
        book = self.study.codebook
        return (
            "Pseudonymized transcripts (pseudonymized, not anonymous). Every coding here is a "
            f"suggestion of a model; people decide. Codebook: {book.name or book.id}, version "
            f"{book.version}."
        )

    def user(self, model: str) -> str:
        return guid("user", model)

    def code(self, code_id: str) -> str:
        # Of the codebook, not the study: the same code in two projects is the same code.
        return guid("code", self.study.codebook.id, code_id)

    def of_study(self, kind: str, *key: str) -> str:
        return guid(kind, self.study.name, *key)

    def add_codes(self, above: Element, parent: str | None) -> None:
        for code in self.study.codebook.children(parent):
            attributes = {"isCodable": "true" if code.codable else "false"}
            if code.color:
                attributes["color"] = code.color.upper()
            element = _child(above, "Code", guid=self.code(code.id), name=_line(code.name))
            element.attrib.update(attributes)
            if text := description(code):
                _text(element, "Description", text)
            self.add_codes(element, code.id)

    def add_participants(self, root: Element) -> None:
        """A variable an attribute, and a case a transcript: both are about the participant."""
        described = [t for t in self.study.transcripts if t.attributes]
        if not described:
            return
        keys = dict.fromkeys(key for transcript in described for key in transcript.attributes)
        variables = _child(root, "Variables")
        for key in keys:
            _child(
                variables,
                "Variable",
                guid=self.of_study("variable", key),
                name=_line(key),
                typeOfVariable="Text",
            )
        cases = _child(root, "Cases")
        for transcript in described:
            case = _child(
                cases, "Case", guid=self.of_study("case", transcript.id), name=_line(transcript.id)
            )
            for key, value in transcript.attributes.items():
                known = _child(case, "VariableValue")
                _child(known, "VariableRef", targetGUID=self.of_study("variable", key))
                _text(known, "TextValue", value)
            _child(case, "SourceRef", targetGUID=self.of_study("source", transcript.id))

    def add_source(self, sources: Element, transcript: Transcript) -> None:
        source = _child(
            sources,
            "TextSource",
            guid=self.of_study("source", transcript.id),
            name=_line(transcript.id),
            plainTextPath=f"internal://{source_name(self.study, transcript)}",
            creatingUser=self.user(self.study.model),
            **self.dated,
        )
        for segment in self.coded[transcript.id].values():
            found = self.by_segment[segment.id]
            made = {"creatingUser": self.user(found[0].model), **self.dated}
            selection = _child(
                source,
                "PlainTextSelection",
                guid=self.of_study("selection", segment.id),
                name=selection_name(segment.text),
                startPosition=str(segment.span.start),
                endPosition=str(segment.span.end),
                **made,
            )
            for suggestion in found:
                coding = _child(
                    selection,
                    "Coding",
                    guid=self.of_study("coding", suggestion.id, suggestion.model),
                    creatingUser=self.user(suggestion.model),
                    **self.dated,
                )
                _child(coding, "CodeRef", targetGUID=self.code(suggestion.code_id))
                _child(coding, "NoteRef", targetGUID=self.note(suggestion))

    def note(self, suggestion: Suggestion) -> str:
        return self.of_study("note", suggestion.id, suggestion.model)

    def add_note(self, notes: Element, suggestion: Suggestion, transcript_id: str) -> None:
        code, evidence = self.study.codebook[suggestion.code_id], suggestion.evidence
        note = _child(
            notes,
            "Note",
            guid=self.note(suggestion),
            name=_line(f"{suggestion.outcome} {suggestion.score:.2f}: {code.name}"),
            creatingUser=self.user(suggestion.model),
            **self.dated,
        )
        content = (
            f"Suggested by a model, not decided by a person.\n"
            f"Code: {code.name}\n"
            f"Outcome: {suggestion.outcome}\n"
            f"Score: {suggestion.score:.6f}\n"
            f"Evidence: {evidence.of(self.texts[transcript_id])}\n"
            f"Evidence stands at: {evidence.start}-{evidence.end} in {transcript_id}\n"
            f"Model: {suggestion.model}\n"
            f"Codebook version: {suggestion.codebook_version}"
        )
        _text(note, "PlainTextContent", content)


def _line(text: str) -> str:
    return writable(" ".join(text.split()) or text)


def _child(above: Element, tag: str, **attributes: str) -> Element:
    return SubElement(above, tag, attributes)


def _text(above: Element, tag: str, text: str) -> None:
    # XML parsers turn every line end into \n; so do we, before it is counted on.
    _child(above, tag).text = writable(text.replace("\r\n", "\n").replace("\r", "\n"))
