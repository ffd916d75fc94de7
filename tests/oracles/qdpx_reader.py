"""A second opinion on .qdpx files, written from the standard and sharing no code with the writer.

It reads what REFI-QDA 1.5 promises, and nothing more: code points from 0, the end not included,
UTF-8, elements by their local names, GUIDs compared in lower case and without braces.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from defusedxml import ElementTree


@dataclass(frozen=True)
class Coding:
    source: str
    start: int
    end: int
    quote: str
    name: str
    code: str
    user: str
    note: str


@dataclass(frozen=True)
class Project:
    users: dict[str, str]
    codes: dict[str, dict]  # by name: codable, color, description, parent
    texts: dict[str, str]
    cases: dict[str, dict[str, str]]
    codings: list[Coding]


def local(element) -> str:
    return element.tag.rpartition("}")[2]


def every(element, name: str) -> list:
    return [child for child in element if local(child) == name]


def one(element, name: str):
    found = every(element, name)
    return found[0] if found else []


def same(guid: str) -> str:
    return guid.strip("{}").lower()


def said(element, name: str) -> str:
    found = every(element, name)
    return (found[0].text or "") if found else ""


def read(path: Path) -> Project:
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    root = ElementTree.fromstring(files["project.qde"])
    users = {same(u.get("guid")): u.get("name") for u in one(root, "Users")}
    notes = {same(n.get("guid")): n for n in one(root, "Notes")}
    variables = {same(v.get("guid")): v.get("name") for v in one(root, "Variables")}
    codes, names = {}, {}

    def walk(above, parent):
        for code in every(above, "Code"):
            names[same(code.get("guid"))] = code.get("name")
            codes[code.get("name")] = {
                "codable": code.get("isCodable") == "true",
                "color": code.get("color"),
                "description": said(code, "Description"),
                "parent": parent,
            }
            walk(code, code.get("name"))

    for book in every(root, "CodeBook"):
        walk(one(book, "Codes"), None)

    texts, sources, codings = {}, {}, []
    for source in one(root, "Sources"):
        name = source.get("name")
        sources[same(source.get("guid"))] = name
        raw = files["sources/" + source.get("plainTextPath").removeprefix("internal://")]
        assert not raw.startswith(b"\xef\xbb\xbf"), "a byte-order mark"
        text = texts[name] = raw.decode("utf-8")
        for selection in every(source, "PlainTextSelection"):
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
            for coding in every(selection, "Coding"):
                said_of_it = [notes[same(r.get("targetGUID"))] for r in every(coding, "NoteRef")]
                codings.append(
                    Coding(
                        name,
                        start,
                        end,
                        text[start:end],
                        selection.get("name"),
                        names[same(one(coding, "CodeRef").get("targetGUID"))],
                        users[same(coding.get("creatingUser"))],
                        "\n".join(said(note, "PlainTextContent") for note in said_of_it),
                    )
                )
    cases = {}
    for case in one(root, "Cases"):
        known = {
            variables[same(one(value, "VariableRef").get("targetGUID"))]: said(value, "TextValue")
            for value in every(case, "VariableValue")
        }
        cases[sources[same(one(case, "SourceRef").get("targetGUID"))]] = known
    return Project(users, codes, texts, cases, codings)
