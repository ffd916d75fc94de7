"""The reader that judges our projects is itself judged, by a project it was not written for."""

import json

from oracles import qdpx_reader
from shared_data import shared


def test_it_finds_the_words_of_a_project_by_the_standard():
    folder = shared("data/refi/synthetic")
    known = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    expected = sorted(
        (selection["start_cp_lf"], selection["end_cp_lf"], selection["quote"], code.split("/")[-1])
        for selection in known["dialects"]["spec_codepoints_lf"]["selections"]
        for code in selection["codes"]
    )
    found = qdpx_reader.read(folder / "spec_codepoints_lf.qdpx")
    assert list(found.texts.values()) == [known["text_lf"]]
    assert sorted((c.start, c.end, c.quote, c.code) for c in found.codings) == expected
