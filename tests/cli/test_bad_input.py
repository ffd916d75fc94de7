"""Every kind of bad file and bad place through `themes anonymize`, beside a file that is good.

Each time: exit code 1, one line that names the file and says what to do, no transcript text in it,
the good file done, nothing left beside the output.
"""

import codecs
import os
import sys

import pytest

from cli.conftest import GOOD, SECRET, docx, entities, odt, xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
NOISE = bytes(range(256)) * 20
TEXT = "I: How are you?\n\nR: Fine, thanks – “really”. Café, naïve.\n\nI: Good.\n\nR: Yes.\n"
SUFFIXES = "txt docx json pdf xlsx odt rtf vtt srt csv html xml eaf textgrid md cha tsv otr sbv"

BAD = {
    **{f"empty.{suffix}": (b"", "is empty") for suffix in SUFFIXES.split()},
    **{f"noise.{suffix}": (NOISE, "holds binary data") for suffix in SUFFIXES.split()},
    "blank.txt": (b" \n\t\n ", "is empty"),
    "mark.txt": (codecs.BOM_UTF8 + b"\n", "holds no speech"),
    "labels.txt": (b"I:\n\nR:\n\nI:\n\nR:\n", "holds no speech"),
    "locked.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "is password-protected"),
    "locked.pdf": (b"%PDF-1.7\ntrailer << /Encrypt 1 0 R >>", "PDF"),
    "old.doc": (OLE + "WordDocument".encode("utf-16-le"), "save it as .docx"),
    "cut.docx": (docx()[:-80], "damaged"),
    "cut.odt": (odt()[:-80], "damaged"),
    "cut.xlsx": (xlsx()[:-80], "damaged"),
    "cut.pdf": (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "damaged"),
    "cut.json": (b'{"segments": [{"text": "' + SECRET.encode(), "is not valid JSON"),
    "deep.json": (b"[" * 200_000, "nested too deeply"),
    "bomb.docx": (docx("a" * (20 << 20)), "would unpack to"),
    "bomb.odt": (odt("a" * (20 << 20)), "would unpack to"),
    "bomb.xlsx": (xlsx(padding=20 << 20), "would unpack to"),
    "entities.docx": (docx(head=entities()), "entities"),
    "entities.odt": (odt(head=entities()), "entities"),
    "entities.xml": (f'{entities()}<TEI><u who="A">&e;</u></TEI>'.encode(), "entities"),
    "entities.eaf": (f"{entities()}<ANNOTATION_DOCUMENT>&e;</ANNOTATION_DOCUMENT>".encode(), "ent"),
    "outside.xml": (
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><TEI><u>&e;</u></TEI>',
        "entities",
    ),
    "quote.csv": (f'speaker,text\nI,"{SECRET}\nR,fine\n'.encode(), "never closed"),
    "columns.csv": (b"a,b\n1,2\n", 'call that column "text"'),
    "cue.vtt": (f"WEBVTT\n\n99:99 --> x\n{SECRET}\n".encode(), "holds no cue"),
    "song.mp3": (b"ID3" + NOISE, "transcribe it first"),
    "unknown.xyz": (b"I: Hi?\n\nR: Yes.\n", "rename it to .txt"),
}

ODD = {
    "nolabels.txt": (b"I went home.\n\nThen I slept.\n", "No speaker labels were found"),
    "windows.txt": (TEXT.encode("cp1252"), "read as cp1252"),
    "mac.txt": (TEXT.encode("mac-roman"), "read as mac-roman"),
    "marked.txt": (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "read as utf-16-le"),
    "unmarked.txt": (TEXT.encode("utf-16-be"), "read as utf-16-be"),
    "chinese.txt": ("访谈者：你好吗？\n\n受访者：我很好，谢谢。\n".encode("gb2312"), "gb18030"),
}


def beside(themes, folder, *inputs):
    """The command over the good file and `inputs`; what was done, and the output folder."""
    good = folder / "interview.txt"
    good.write_text(GOOD, encoding="utf-8")
    out = folder / "made" / "out"
    done = themes("anonymize", good, *inputs, "--out", out)
    assert "Traceback" not in done.err
    assert "unexpected" not in done.err
    assert SECRET not in done.err
    assert (out / "anonymized" / "interview.txt").is_file()
    assert [path.name for path in out.parent.iterdir()] == ["out"]
    return done, out


def refused(done):
    assert done.code == 1
    (line,) = (line for line in done.err.splitlines() if line.startswith("themes: "))
    return line


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_and_the_good_one_done(themes, tmp_path, name):
    data, what = BAD[name]
    (tmp_path / name).write_bytes(data)
    done, out = beside(themes, tmp_path, tmp_path / name)
    line = refused(done)
    assert line.startswith(f"themes: not read: {name}")
    assert what in line
    assert "; " in line  # what to do next
    assert len(list((out / "anonymized").iterdir())) == 1


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_is_read_with_a_note(themes, tmp_path, name):
    data, note = ODD[name]
    (tmp_path / name).write_bytes(data)
    done, out = beside(themes, tmp_path, tmp_path / name)
    assert done.code == 0
    assert note in done.err
    assert len(list((out / "anonymized").iterdir())) == 2


def test_html_entities_reach_nothing_outside(themes, tmp_path):
    page = tmp_path / "session.html"
    page.write_text('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>I: &e;<p>R: yes')
    _, out = beside(themes, tmp_path, page)
    assert "root" not in (out / "anonymized" / "session.txt").read_text()


def test_marks_in_the_text_are_never_given_to_anybody_else(themes, tmp_path):
    text = "I: So [PERSON-1] and [[PERSON:Jan]] [PERSON-2] left.\n\nR: Femke Jansen left.\n"
    (tmp_path / "p.txt").write_text(text)
    _, out = beside(themes, tmp_path, tmp_path / "p.txt")
    assert (out / "anonymized" / "interview.txt").read_text().endswith("[PERSON-3] left.\n")
    assert "So [PERSON-1] and" in (out / "anonymized" / "p.txt").read_text()


NAMES = [
    "con", "AUX", "COM1", "x" * 250, "é" * 125, "-dash", "with space", "😀", "%s{x}", "a:b?c*",
    "two\nlines",
]  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no files of these names")
def test_odd_names_make_files_that_every_system_can_hold(themes, tmp_path):
    inputs = tmp_path / "in"
    inputs.mkdir()
    for name in NAMES:
        (inputs / f"{name}.txt").write_text(GOOD)
    done, out = beside(themes, tmp_path, inputs)
    assert done.code == 0
    made = [path.stem for path in (out / "anonymized").iterdir()]
    assert len(made) == len(NAMES) + 1
    assert not {"con", "aux", "com1"} & {stem.casefold() for stem in made}
    assert not any(set(stem) & set('\n:?*"<>|\\/') for stem in made)
    assert max(len(stem.encode()) for stem in made) < 200


@pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes are Linux's")
def test_a_name_that_is_no_unicode_and_one_with_a_line_break(themes, tmp_path):
    for name in (b"\x80.txt", b"a\nb.txt"):
        with open(os.fsencode(tmp_path) + b"/" + name, "wb"):
            pass
    done, _ = beside(themes, tmp_path, tmp_path)
    lines = done.err.splitlines()
    assert sorted(line for line in lines if "is empty" in line) == [
        "themes: not read: a\ufffdb.txt: is empty; export it again [file 2 (.txt)]",
        "themes: not read: \ufffd.txt: is empty; export it again [file 4 (.txt)]",
    ]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="P.txt is p.txt here")
def test_names_that_differ_in_capitals_stay_apart_everywhere(themes, tmp_path):
    for name in ("p.txt", "P.txt", "p.md"):
        (tmp_path / name).write_text(GOOD)
    _, out = beside(themes, tmp_path, tmp_path)
    made = {path.name.casefold() for path in (out / "anonymized").iterdir()}
    assert len(made) == 4


def test_a_file_given_twice_is_read_once(themes, tmp_path):
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "p.txt").write_text(GOOD)
    _, out = beside(themes, tmp_path, inputs, inputs, inputs / "p.txt")
    assert len(list((out / "anonymized").iterdir())) == 2


def test_an_output_folder_among_the_inputs_is_not_read_again(themes, tmp_path):
    (tmp_path / "p.txt").write_text(GOOD)
    for more in ((), ("--overwrite",)):
        assert themes("anonymize", tmp_path, "--out", tmp_path / "out", *more).code == 0
    assert [path.name for path in (tmp_path / "out/anonymized").iterdir()] == ["p.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_that_lead_nowhere_or_in_a_circle(themes, tmp_path):
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "circle.txt").symlink_to("circle.txt")
    (inputs / "folder").symlink_to(inputs)
    (inputs / "gone.txt").symlink_to("nowhere")
    done, _ = beside(themes, tmp_path, inputs)
    assert done.code == 1
    assert "circle.txt: cannot be opened" in done.err
    assert "gone.txt: does not exist" in done.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for(themes, tmp_path):
    os.mkfifo(tmp_path / "x.txt")
    done, _ = beside(themes, tmp_path, tmp_path / "x.txt")
    assert "is a pipe or a device" in refused(done)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_what_is_closed_is_named(themes, tmp_path):
    inputs = tmp_path / "in"
    (inputs / "closed").mkdir(parents=True)
    (inputs / "p.txt").write_text(GOOD)
    (inputs / "p.txt").chmod(0)
    (inputs / "closed").chmod(0)
    try:
        done, _ = beside(themes, tmp_path, inputs)
    finally:
        (inputs / "closed").chmod(0o700)
    assert "p.txt: cannot be opened (Permission denied)" in done.err
    assert "closed: is a folder that cannot be opened" in done.err


@pytest.mark.parametrize("place", ["file", "file/below", "full"])
def test_a_place_that_cannot_be_written(themes, tmp_path, monkeypatch, place):
    (tmp_path / "p.txt").write_text(GOOD)
    parent = tmp_path / "made"
    parent.mkdir()
    (parent / "file").write_text("mine")
    if place == "full":

        def full(_descriptor):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
    line = refused(themes("anonymize", tmp_path / "p.txt", "--out", parent / place))
    assert place.split("/")[0] in line
    assert "; " in line
    assert [path.name for path in parent.iterdir()] == ["file"]
    assert (parent / "file").read_text() == "mine"


def test_an_interrupt_leaves_nothing_behind(themes, tmp_path, monkeypatch):
    def interrupt(*_args, **_kwargs):
        raise KeyboardInterrupt

    (tmp_path / "p.txt").write_text(GOOD)
    monkeypatch.setattr("themes.cli._save.write_file", interrupt)
    done = themes("anonymize", tmp_path / "p.txt", "--out", tmp_path / "made" / "out")
    assert done.code != 0
    assert "Traceback" not in done.err
    assert list((tmp_path / "made").iterdir()) == []
