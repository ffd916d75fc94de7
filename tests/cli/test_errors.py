"""Bad input: one line, what to do, the other files done, nothing half-written."""

import json
import os
import subprocess
import sys

import pytest

from cli.conftest import TINY


def one_line(done):
    """The error line of a command that failed with code 1."""
    assert done.code == 1
    lines = [line for line in done.err.splitlines() if line.startswith("themes: ")]
    assert len(lines) == 1
    assert "Traceback" not in done.err
    return lines[0]


def test_a_missing_file_is_named(themes, tmp_path):
    line = one_line(themes("run", tmp_path / "gone.docx", "--out", tmp_path / "out"))
    assert "gone.docx" in line
    assert not (tmp_path / "out").exists()


def test_a_bad_file_does_not_stop_the_others(themes, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    done = themes("run", TINY / "tiny-en.txt", tmp_path / "empty.txt", "--out", tmp_path / "out")
    assert "empty.txt" in one_line(done)
    assert (tmp_path / "out/anonymized/tiny-en.txt").exists()
    summary = json.loads((tmp_path / "out/run.json").read_text())
    assert [failure["file"] for failure in summary["failures"]] == ["file 2 (.txt)"]
    assert "file 2 (.txt)" in (tmp_path / "out/report.html").read_text()


def test_no_output_names_a_file_that_was_not_read(themes, tmp_path):
    (tmp_path / "Interview Femke Visser.docx").write_bytes(b"")
    (tmp_path / "Sanne.csv").write_text("Femke,Visser\n1,2\n")
    done = themes("run", TINY / "tiny-en.txt", tmp_path, "--out", tmp_path / "out")
    assert "Femke Visser.docx" in done.err
    for path in (tmp_path / "out").rglob("*"):
        for name in (b"Femke", b"Visser", b"Sanne"):
            assert path.is_dir() or name not in path.read_bytes(), path.name


def test_an_existing_folder_is_refused(themes, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/thesis.txt").write_text("mine")
    assert "out" in one_line(themes("run", TINY, "--out", tmp_path / "out"))
    again = one_line(themes("run", TINY, "--out", tmp_path / "out", "--overwrite"))
    assert "out" in again
    assert (tmp_path / "out/thesis.txt").read_text() == "mine"


def test_overwrite_replaces_what_an_earlier_run_made(themes, tmp_path):
    assert themes("anonymize", TINY, "--out", tmp_path / "out").code == 0
    assert themes("anonymize", TINY, "--out", tmp_path / "out").code == 1
    assert themes("anonymize", TINY, "--out", tmp_path / "out", "--overwrite").code == 0


def test_a_codebook_error_says_where(themes, tmp_path):
    book = tmp_path / "book.toml"
    book.write_text('[[code]]\nid = "a"\n')
    line = one_line(themes("run", TINY, "--codebook", book, "--out", tmp_path / "out"))
    assert "book.toml, a: has no name" in line


@pytest.mark.parametrize("value", ["nowhere/at-all", "missing-model"])
def test_a_model_that_is_not_here_says_how_to_get_it(themes, tmp_path, value):
    line = one_line(themes("run", TINY, "--model", value, "--out", tmp_path / "out"))
    assert value in line


def test_a_model_with_a_changed_byte_is_refused(themes, tmp_path):
    import shutil

    from themes.resources import folder

    copy = shutil.copytree(folder("models") / "help-seeking", tmp_path / "changed")
    data = bytearray((copy / "heads.safetensors").read_bytes())
    data[-1] ^= 1
    (copy / "heads.safetensors").write_bytes(data)
    line = one_line(themes("run", TINY, "--model", copy, "--out", tmp_path / "out"))
    assert "heads.safetensors is not the file it was made with" in line


def test_an_unknown_interviewer_label_lists_those_there_are(themes, tmp_path):
    done = themes(
        "run", TINY / "tiny-en.txt", "--interviewer", "Moderator", "--out", tmp_path / "out"
    )
    line = one_line(done)
    assert "tiny-en: has no speaker of that label; the labels are 'I', 'R'" in line


@pytest.mark.parametrize("head", ["name,transcript", "transcript,email", "transcript,a,a"])
def test_an_attributes_table_that_does_not_fit(themes, tmp_path, head):
    table = tmp_path / "attributes.csv"
    table.write_text(f"{head}\ntiny-en,x,y\n")
    line = one_line(themes("run", TINY, "--attributes", table, "--out", tmp_path / "out"))
    assert "attributes.csv, line 1" in line


def test_wrong_usage_is_two(themes):
    assert themes("run").code == 2
    assert themes("run", "x", "--unit", "page", "--out", "y").code == 2


def test_an_unexpected_error_shows_no_text(themes, tmp_path, monkeypatch):
    def leak(*_args, **_kwargs):
        raise RuntimeError("what she said about Wexford")

    monkeypatch.setattr("themes.pipeline.read_files", leak)
    line = one_line(themes("run", TINY, "--out", tmp_path / "out"))
    assert "Wexford" not in line
    assert "RuntimeError" in line


def test_help_loads_nothing_heavy():
    code = (
        "import sys; sys.argv = ['themes', '--help']\n"
        "from themes.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {
        "cryptography", "jinja2", "numpy", "onnxruntime", "pandas", "pyarrow", "sentence_transformers", "sklearn",
        "spacy", "tokenizers", "torch", "transformers",
    }  # fmt: skip
    assert heavy & set(done.stderr.split()) == set()
    assert "anonymize" in done.stdout


def test_a_pipe_gets_no_progress_bar(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "themes.cli", "run", str(TINY), "--out", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        env={**os.environ, "TERM": "xterm"},
        check=False,
    )
    assert done.returncode == 0
    assert "\x1b" not in done.stderr
