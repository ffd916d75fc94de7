"""Running commands in this process, and one run that many tests look at."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

CORPORA = Path(__file__).parents[2] / "corpora"
TINY = CORPORA / "tiny"


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
