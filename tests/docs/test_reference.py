"""docs/reference.md is what the code says, and a finished run is what the pages say."""

from __future__ import annotations

import csv
import importlib.util
import json
import sys
from pathlib import Path

import pages
import pytest

_PATH = pages.ROOT / "scripts" / "make_reference.py"
_SPEC = importlib.util.spec_from_file_location("make_reference", _PATH)
make_reference = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(make_reference)


@pytest.fixture(scope="module")
def finished(tmp_path_factory) -> Path:
    """A folder that holds `output`, the result of `themes run` on two tiny interviews."""
    from themes.cli import main

    folder = tmp_path_factory.mktemp("pages")
    tiny, out = str(pages.ROOT / "corpora" / "tiny"), str(folder / "output")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["themes", "run", tiny, "--out", out])
        with pytest.raises(SystemExit) as ended:
            main()
    assert ended.value.code in (0, None)
    return folder


def test_the_page_is_up_to_date() -> None:
    assert pages.text("docs/reference.md") == make_reference.reference(), (
        "run: python scripts/make_reference.py"
    )


def test_every_meaning_is_used() -> None:
    used = {column.name for table in make_reference.columns().values() for column in table.columns}
    assert set(make_reference.COLUMNS) == used


def test_a_run_makes_the_files_that_are_listed(finished: Path) -> None:
    out = finished / "output"
    made = {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()}
    generic = {"anonymized/*.txt" if name.startswith("anonymized/") else name for name in made}
    assert generic == set(make_reference.RUN_FILES)


def test_run_json_has_the_keys_that_are_listed(finished: Path) -> None:
    summary = json.loads((finished / "output" / "run.json").read_text(encoding="utf-8"))
    assert set(summary) == set(make_reference.RUN_KEYS)


def test_tables_begin_with_the_columns_that_are_listed(finished: Path) -> None:
    for file, table in make_reference.columns().items():
        if file.endswith(".csv"):
            with (finished / "output" / file).open(encoding="utf-8-sig", newline="") as rows:
                head = next(csv.reader(rows))
            listed = [column.name for column in table.columns]
            assert head[: len(listed)] == listed


@pytest.mark.parametrize(("page", "body"), pages.blocks("python"))
def test_every_python_example_runs(page: str, body: str, finished: Path, monkeypatch) -> None:
    monkeypatch.chdir(finished)
    assert (finished / "output" / "suggestions.csv").read_bytes().count(b"\r\n") > 1
    exec(compile(body, page, "exec"), {"__name__": "example"})
