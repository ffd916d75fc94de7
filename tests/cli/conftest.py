"""Running commands in this process, and one run that many tests look at."""

from __future__ import annotations

import io
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

import word_files

CORPORA = Path(__file__).parents[2] / "corpora"
TINY = CORPORA / "tiny"

SECRET = "Zebulon Quillfeather"
GOOD = "I: Who came?\n\nR: Femke Jansen left.\n"


def entities() -> str:
    """A document type whose entity e is a hundred million letters."""
    steps = zip("abcdefgh", "bcdefghe", strict=True)
    names = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in steps)
    return f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{names}]>'


def docx(text: str = f"R: {SECRET} came.", head: str = "") -> bytes:
    """A Word document of one paragraph; `head` stands before its root."""
    return word_files.docx(io.BytesIO(), word_files.p(text), head=head).getvalue()


def odt(text: str = f"R: {SECRET} came.", head: str = "") -> bytes:
    """An OpenDocument text of one paragraph; `head` stands before its root."""
    return word_files.odt(io.BytesIO(), f"<text:p>{text}</text:p>", head=head).getvalue()


def xlsx(padding: int = 0) -> bytes:
    """A workbook of two turns; one cell holds `padding` letters more."""
    book = openpyxl.Workbook()
    for row in (("speaker", "text"), ("I", "Who?"), ("R", f"{SECRET} came.")):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", "a" * padding)
    return file.getvalue()


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


@pytest.fixture
def themes(capsys, monkeypatch):
    """themes("run", ...) as a user would type it: exit code, stdout, stderr."""
    from themes.cli import main

    def call(*words: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["themes", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        code = ended.value.code
        return Done(code if isinstance(code, int) else 0, printed.out, printed.err)

    return call


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Path:
    """What `make demo` makes."""
    from themes.cli import main

    out = tmp_path_factory.mktemp("demo") / "output"
    before = sys.argv
    sys.argv = [
        "themes",
        "run",
        str(CORPORA / "demo"),
        "--attributes",
        str(CORPORA / "demo" / "attributes.csv"),
        "--out",
        str(out),
    ]
    try:
        with pytest.raises(SystemExit) as ended:
            main()
    finally:
        sys.argv = before
    assert ended.value.code in (0, None)
    return out
