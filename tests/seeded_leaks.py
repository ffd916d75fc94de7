"""Leaks planted on purpose: something a key knows, in some shape, in some corner of some file.

All people here are made up; names come from Faker's locales. `seeds(500)` gives every shape in
every corner that can hold it before any pair comes twice.
"""

from __future__ import annotations

import gzip
import io
import itertools
import json
import random
import sqlite3
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

import pyarrow
from faker import Faker
from pyarrow import parquet

from themes.records import Entity, Key
from themes.stages._entries import is_ordinary
from themes.stages._pseudonyms import identity
from themes.stages._tokens import fold

LOCALES = "nl_NL en_GB en_US tr_TR pl_PL es_ES fr_FR de_DE id_ID sv_SE pt_BR it_IT vi_VN".split()
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


# Short, or words as well: only the whole name, or a capital inside a sentence, tells them apart.
HARD_NAMES = ("Ana Ruiz", "Jan Kok", "Will Rich", "Roos de Wit", "Mo Ng", "Iris Kamer")
HARD_SHAPES = ("whole", "reversed", "over lines", "hard space")


@dataclass(frozen=True)
class Seed:
    """A file with one leak in it, and how to call it when it is not found."""

    entity: str
    shape: str
    corner: str
    name: str
    data: bytes


def key(n_people: int = 60, seed: int = 7) -> Key:
    """A key of made-up people, places, addresses and numbers."""
    faker = Faker(LOCALES)
    faker.seed_instance(seed)
    entities: list[Entity] = []

    def add(category: str, form: str) -> None:
        number = 1 + sum(entity.category == category for entity in entities)
        entities.append(Entity(category, number, (identity(category, form),), (form,)))

    taken: set[str] = set()
    while len(entities) < n_people:
        first, last = faker.first_name(), faker.last_name()
        words = fold(f"{first} {last}").split()
        # A name whose every word is a word, or too short, cannot be told from speech.
        if taken & set(words) or any(is_ordinary(word) or len(word) < 5 for word in words):
            continue
        taken |= set(words)
        add("person", f"{first} {last}")
    for name in HARD_NAMES:
        add("person", name)
    rng = random.Random(seed)
    for place in ("Oosterveldhuizen", "Brindlecombe", "Kraaiveenstad", "Ashmeadow"):
        add("location", place)
    for organization in ("Ziekenhuis Zandmeer", "Larkfield Infirmary"):
        add("organization", organization)
    for _ in range(6):
        add("phone", f"06 {rng.randrange(10**7, 10**8)}")
        add("email", f"{rng.choice(entities[:n_people]).names[0][-1]}{rng.randrange(9)}@umcx.nl")
        add("id", "".join(rng.choices("0123456789", k=9)))
    add("postcode", "7421 QX")
    add("date", "3 May 2021")
    add("date", "17 november 2019")
    return Key("seeded", b"s" * 32, entities=tuple(entities))


# Shapes: what becomes of the words.

Shape = Callable[[str, random.Random], str]


def _between(sign: str) -> Shape:
    def shape(word: str, rng: random.Random) -> str:
        at = rng.randrange(2, len(word) - 1)
        return word[:at] + sign + word[at:]

    return shape


def _wrong(how: str) -> Shape:
    """One letter off, and still no word of a language."""

    def shape(word: str, rng: random.Random) -> str:
        for _ in range(200):
            at = rng.randrange(1, len(word) - 1)
            made = {
                "swapped": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                "dropped": word[:at] + word[at + 1 :],
                "doubled": word[:at] + word[at] + word[at:],
                "changed": word[:at] + rng.choice("aeiounrst") + word[at + 1 :],
            }[how]
            if fold(made) != fold(word) and not is_ordinary(fold(made)):
                return made
        return word

    return shape


def _part(which: int) -> Callable[[str], str]:
    return lambda name: name.split()[which]


WORD_SHAPES: dict[str, Shape] = {
    "as written": lambda w, _: w,
    "small": lambda w, _: w.lower(),
    "capitals": lambda w, _: w.upper(),
    "without accents": lambda w, _: fold(w).title(),
    "with accents": lambda w, _: w.replace("a", "á").replace("o", "ö").replace("e", "ë"),
    "apart accents": lambda w, _: unicodedata.normalize("NFD", w.replace("e", "é")),
    "possessive": lambda w, _: w + "'s",
    "curly possessive": lambda w, _: w + "’s",
    "genitive": lambda w, _: w + "s",
    "small one": lambda w, _: w + "je",
    "unseen sign": _between("\u200b"),
    "soft hyphen": _between("\u00ad"),
    "line end": _between("-\n"),
    "letter by letter": lambda w, _: " ".join(w),
    "full width": lambda w, _: "".join(chr(ord(s) + 0xFEE0) if "!" <= s <= "~" else s for s in w),
    "lookalike": lambda w, _: w.replace("a", "а").replace("e", "е").replace("o", "о"),
    "inside a word": lambda w, _: f"pre{w.lower()}post",
    "in a name of a thing": lambda w, _: f"interview{w.title()}2",
    "underscores": lambda w, _: f"p_{w}_v2",
    "swapped": _wrong("swapped"),
    "dropped": _wrong("dropped"),
    "doubled": _wrong("doubled"),
    "changed": _wrong("changed"),
}
NAME_SHAPES: dict[str, Shape] = {
    "whole": lambda n, _: n,
    "reversed": lambda n, _: f"{n.split()[-1]}, {n.split()[0]}",
    "initial": lambda n, _: f"{n[0]}. {n.split()[-1]}",
    "over lines": lambda n, _: n.replace(" ", "\n"),
    "hard space": lambda n, _: n.replace(" ", "\u00a0"),
    "closed up": lambda n, _: n.replace(" ", "").lower(),
    "dotted": lambda n, _: n.replace(" ", ".").lower(),
}
OTHER_SHAPES: dict[str, dict[str, Shape]] = {
    "phone": {
        "as written": lambda p, _: p,
        "closed up": lambda p, _: p.replace(" ", ""),
        "abroad": lambda p, _: "+31" + p.replace(" ", "")[1:],
        "in pairs": lambda p, _: " ".join(
            p.replace(" ", "")[at : at + 2] for at in range(0, 10, 2)
        ),
        "dashed": lambda p, _: "06-" + p[3:7] + "-" + p[7:],
    },
    "email": {
        "as written": lambda e, _: e,
        "capitals": lambda e, _: e.upper(),
        "spelled out": lambda e, _: e.replace("@", " at ").replace(".", " dot "),
        "in brackets": lambda e, _: e.replace("@", "(at)"),
        "encoded": lambda e, _: quote(e, safe=""),
    },
    "id": {"as written": lambda i, _: i, "in threes": lambda i, _: f"{i[:3]} {i[3:6]} {i[6:]}",
           "dotted": lambda i, _: f"{i[:4]}.{i[4:6]}.{i[6:]}"},
    "postcode": {"as written": lambda p, _: p, "closed up": lambda p, _: p.replace(" ", "").lower()},
    "date": {"as written": lambda d, _: d, "capitals": lambda d, _: d.upper()},
    "location": {"as written": lambda p, _: p, "small": lambda p, _: p.lower(),
                 "of the place": lambda p, _: p + "se", "swapped": _wrong("swapped")},
    "organization": {"as written": lambda o, _: o, "capitals": lambda o, _: o.upper(),
                     "over lines": lambda o, _: o.replace(" ", "\n")},
}  # fmt: skip


# Corners: where in which file it lies. Each gives a file's name and bytes.


def _zip(*members: tuple[str, str | bytes], comment: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
        archive.comment = comment.encode()
    return buffer.getvalue()


def _xml(text: str) -> str:
    return escape(text, quote=True)


def _runs(leak: str, rng: random.Random) -> str:
    """Cut where Word cuts: anywhere, for spelling and formatting."""
    cuts = sorted(rng.sample(range(1, len(leak)), min(2, len(leak) - 1)))
    pieces = [leak[a:b] for a, b in itertools.pairwise([0, *cuts, len(leak)])]
    return "".join(f'<w:r><w:rPr/><w:t xml:space="preserve">{_xml(p)}</w:t></w:r>' for p in pieces)


def _docx(part: str, body: str) -> bytes:
    return _zip(
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", f"<w:document {W}><w:p><w:r><w:t>So it went.</w:t></w:r></w:p></w:document>"),
        (part, f"<?xml version='1.0'?><x {W}>{body}</x>"),
    )  # fmt: skip


def _table(column: str, cell: str, note: str = "") -> bytes:
    made = pyarrow.table({column: [cell, "other"]}).replace_schema_metadata({"note": note})
    buffer = io.BytesIO()
    parquet.write_table(made, buffer)
    return buffer.getvalue()


def _sqlite(leak: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE memo (id INTEGER, text TEXT)")
    connection.execute("INSERT INTO memo VALUES (1, ?)", (f"we saw {leak} then",))
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


def _tensors(leak: str) -> bytes:
    head = json.dumps({"__metadata__": {"note": f"from {leak} too"}}).encode()
    return len(head).to_bytes(8, "little") + head


Corner = Callable[[str, random.Random], tuple[str, bytes]]
SAID = "Then we asked {} about it."

CORNERS: dict[str, Corner] = {
    "txt": lambda s, _: ("a.txt", SAID.format(s).encode()),
    "txt, utf-16": lambda s, _: ("a.txt", SAID.format(s).encode("utf-16")),
    "txt, with a mark": lambda s, _: ("a.txt", SAID.format(s).encode("utf-8-sig")),
    "csv cell": lambda s, _: ("a.csv", f'id,text\r\n1,"said ""{s}"" then"\r\n'.encode()),
    "jsonl, escaped": lambda s, _: ("a.jsonl", json.dumps({"text": SAID.format(s)}).encode()),
    "json key": lambda s, _: ("a.json", json.dumps({f"of {s} here": 1}, ensure_ascii=False).encode()),
    "html text": lambda s, _: ("a.html", f"<html><p>{_xml(SAID.format(s))}</p></html>".encode()),
    "html over tags": lambda s, _: (
        "a.html", f"<html><p>we saw {_xml(s[:2])}<b>{_xml(s[2:4])}</b><i>{_xml(s[4:])}</i> go</p></html>".encode()),
    "html title": lambda s, _: ("a.html", f'<html><p title="by {_xml(s)} too">x</p></html>'.encode()),
    "html comment": lambda s, _: ("a.html", f"<html><!-- by {s} too --></html>".encode()),
    "html entities": lambda s, _: (
        "a.html", ("<html><p>we saw " + "".join(f"&#{ord(c)};" for c in s) + " go</p></html>").encode()),
    "html script": lambda s, _: ("a.html", f'<html><script>let x="we saw {s} go"</script></html>'.encode()),
    "html data": lambda s, _: ("a.html", b'<html><img src="data:text/plain;base64,'
        + __import__("base64").b64encode(SAID.format(s).encode()) + b'"></html>'),
    "docx body, over runs": lambda s, r: ("a.docx", _docx("word/more.xml", f"<w:p><w:r><w:t>we saw </w:t></w:r>{_runs(s, r)}<w:r><w:t> go</w:t></w:r></w:p>")),
    "docx header": lambda s, r: ("a.docx", _docx("word/header1.xml", f"<w:p>{_runs(s, r)}</w:p>")),
    "docx footer": lambda s, _: ("a.docx", _docx("word/footer2.xml", f"<w:p><w:t>of {_xml(s)} 3</w:t></w:p>")),
    "docx comment": lambda s, r: ("a.docx", _docx("word/comments.xml", f'<w:comment w:author="x"><w:p>{_runs(s, r)}</w:p></w:comment>')),
    "docx comment's author": lambda s, _: ("a.docx", _docx("word/comments.xml", f'<w:comment w:author="by {_xml(s)} too"/>')),
    "docx footnote": lambda s, _: ("a.docx", _docx("word/footnotes.xml", f"<w:p><w:t>see {_xml(s)} too</w:t></w:p>")),
    "docx deleted": lambda s, _: ("a.docx", _docx("word/more.xml", f"<w:del><w:delText>was {_xml(s)} too</w:delText></w:del>")),
    "docx property": lambda s, _: ("a.docx", _docx("docProps/core.xml", f"<dc:creator>{_xml(s)}</dc:creator>")),
    "docx link": lambda s, _: ("a.docx", _docx("word/_rels/document.xml.rels", f'<Relationship Target="https://x.example/{quote(s)}"/>')),
    "docx alt text": lambda s, _: ("a.docx", _docx("word/more.xml", f'<wp:docPr descr="of {_xml(s)} here"/>')),
    "docx other xml": lambda s, _: ("a.docx", _docx("customXml/item1.xml", f"<who>{_xml(s)}</who>")),
    "xlsx string": lambda s, _: ("a.xlsx", _zip(("xl/sharedStrings.xml", f"<sst><si><t>we saw {_xml(s)} go</t></si></sst>"))),
    "xlsx rich string": lambda s, _: ("a.xlsx", _zip(("xl/sharedStrings.xml", f"<sst><si><r><t>{_xml(s[:3])}</t></r><r><rPr/><t>{_xml(s[3:])}</t></r></si></sst>"))),
    "xlsx sheet's name": lambda s, _: ("a.xlsx", _zip(("xl/workbook.xml", f'<workbook><sheet name="of {_xml(s)} x"/></workbook>'))),
    "xlsx comment": lambda s, _: ("a.xlsx", _zip(("xl/comments1.xml", f"<comments><text><t>ask {_xml(s)} first</t></text></comments>"))),
    "qdpx source": lambda s, _: ("a.qdpx", _zip(("sources/1.txt", SAID.format(s)))),
    "qdpx attribute": lambda s, _: ("a.qdpx", _zip(("project.qde", f'<Project name="of {_xml(s)} x"/>'))),
    "qdpx member's name": lambda s, _: ("a.qdpx", _zip((f"sources/of {s.replace('/', '-')} x.txt", "nothing"))),
    "archive's comment": lambda s, _: ("a.zip", _zip(("a.txt", "x"), comment=f"of {s} here")),
    "archive in an archive": lambda s, _: ("a.zip", _zip(("b.zip", _zip(("a.txt", SAID.format(s)))))),
    "gz": lambda s, _: ("a.txt.gz", gzip.compress(SAID.format(s).encode(), mtime=0)),
    "parquet cell": lambda s, _: ("a.parquet", _table("text", SAID.format(s))),
    "parquet metadata": lambda s, _: ("a.parquet", _table("text", "x", f"of {s} here")),
    "parquet column": lambda s, _: ("a.parquet", _table(f"of {s} here", "x")),
    "database": lambda s, _: ("a.sqlite", _sqlite(s)),
    "safetensors metadata": lambda s, _: ("heads.safetensors", _tensors(s)),
    "model card": lambda s, _: ("CARD.md", f"# Card\n\n- **Data**: what {s} said\n".encode()),
    "name of a file": lambda s, _: (f"x/interview {s.replace('/', '-')} 3.txt", b"nothing"),
    "name of a folder": lambda s, _: (f"of {s.replace('/', '-')} x/a.txt", b"nothing"),
}  # fmt: skip


def seeds(n: int, of: Key, seed: int = 11) -> Iterator[Seed]:
    """`n` leaks: all shapes and all corners in turn, people and values at random."""
    rng = random.Random(seed)
    people = [entity for entity in of.entities if entity.category == "person"]
    shapes: list[tuple[str, str, Shape, Callable[[str], str] | None]] = []
    for part in (0, -1):
        shapes += [("person", f"{name}, {'first last'.split()[part]} name", make, _part(part))
                   for name, make in WORD_SHAPES.items()]  # fmt: skip
    shapes += [("person", name, make, None) for name, make in NAME_SHAPES.items()]
    shapes += [(kind, f"{kind}, {name}", make, None)
               for kind, makes in OTHER_SHAPES.items() for name, make in makes.items()]  # fmt: skip
    corners = itertools.cycle(rng.sample(sorted(CORNERS), len(CORNERS)))
    turns = itertools.islice(itertools.cycle(rng.sample(shapes, len(shapes))), n)
    for made, (kind, shape, make, cut) in enumerate(turns):
        who = people if kind == "person" else [e for e in of.entities if e.category == kind]
        if shape not in HARD_SHAPES:
            who = [e for e in who if e.forms[0] not in HARD_NAMES]
        elif made % 2:
            who = [e for e in who if e.forms[0] in HARD_NAMES]
        entity = rng.choice(who)
        said = make(cut(entity.forms[0]) if cut else entity.forms[0], rng)
        corner = next(corners)
        name, data = CORNERS[corner](said, rng)
        yield Seed(entity.id, shape, corner, name, data)
