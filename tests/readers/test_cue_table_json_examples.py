"""Invented look-alikes of what tools write, each with what a person reads in it.

Beside `<case>.<suffix>` stands `<case>.expected.json`: the transcripts and the notes that must be
among the reader's, or the error. The contract test reads `interview.<suffix>`.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from themes import registry
from themes.errors import ReadError

EXAMPLES = Path(__file__).parents[1] / "examples" / "readers"
MEMBERS = ("vtt", "srt", "sbv", "json", "otr", "csv", "tsv", "xlsx", "eaf", "textgrid")
CASES = sorted(
    path.relative_to(EXAMPLES).as_posix()
    for member in MEMBERS
    for path in (EXAMPLES / member).glob("*.*")
    if not path.name.endswith(".json") or (member == "json" and ".expected" not in path.name)
    if path.stem not in ("interview", "expected")
)


def test_there_are_cases_for_every_member() -> None:
    assert {case.split("/")[0] for case in CASES} == set(MEMBERS)


@pytest.mark.parametrize("case", CASES)
def test_example_reads_as_expected(case: str) -> None:
    path = EXAMPLES / case
    reader = registry.load("readers", path.parent.name)()
    expected = json.loads((path.parent / f"{path.stem}.expected.json").read_text("utf-8"))
    if "error" in expected:
        with pytest.raises(ReadError) as caught:
            reader.read(path)
        assert str(caught.value).startswith(expected["error"])
        assert caught.value.line == expected.get("line")
        return
    found = [
        {
            "id": transcript.id,
            "turns": [
                [turn.speaker, transcript.speech(turn), turn.start_s, turn.end_s]
                for turn in transcript.turns
            ],
        }
        for transcript in reader.read(path)
    ]
    assert found == expected["transcripts"]
    notes = {note for transcript in reader.read(path) for note in transcript.source.notes}
    assert set(expected["notes"]) <= notes
