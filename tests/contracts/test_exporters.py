"""What every exporter promises: valid, the same bytes twice, the same words read back.

A new exporter brings `tests/examples/exporters/<name>/read_<name>.py` with `read(path)`, which
returns (transcript, start, end, text, code id or name, score, outcome, evidence) a coding. Where
an `expected.*` file lies beside it, the export of `studies.plain` must be those bytes.
"""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import studies
from themes import registry
from themes.errors import ExportError

EXAMPLES = Path(__file__).parents[1] / "examples" / "exporters"
MEMBERS = registry.names("exporters")
# What XML 1.0 cannot hold; formats on XML show U+FFFD instead, and say so.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def reader(name: str):
    path = EXAMPLES / name / f"read_{name}.py"
    spec = spec_from_file_location(path.stem, path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.read


def shown(text: str) -> str:
    return UNWRITABLE.sub("\ufffd", text)


def expected(study, *, with_none: bool) -> list[tuple]:
    segments = {segment.id: segment for segment in study.segments}
    texts = {transcript.id: transcript.text for transcript in study.transcripts}
    rows = []
    for suggestion in study.suggestions:
        if suggestion.outcome == "none" and not with_none:
            continue
        segment = segments[suggestion.segment_id]
        rows.append(
            (
                segment.transcript_id,
                segment.span.start,
                segment.span.end,
                shown(segment.text),
                suggestion.code_id,
                suggestion.score,
                suggestion.outcome,
                shown(suggestion.evidence.of(texts[segment.transcript_id])),
            )
        )
    return sorted(rows)


@pytest.mark.parametrize("study", studies.STUDIES.values(), ids=studies.STUDIES)
@pytest.mark.parametrize("name", MEMBERS)
def test_the_same_bytes_twice_and_the_same_words_back(name, study, tmp_path):
    study, exporter = study(), registry.load("exporters", name)()
    for twice in ("a", "b"):
        lost = exporter.write(study, tmp_path / twice)
        assert isinstance(lost, tuple)
        assert all(line.endswith(".") and "\n" not in line for line in lost)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    ids = {shown(code.name): code.id for code in study.codebook.codes}
    found = sorted(
        (*row[:3], shown(row[3]), ids.get(row[4], row[4]), *row[5:7], shown(row[7]))
        for row in reader(name)(tmp_path / "a")
    )
    assert found == expected(study, with_none=name != "qdpx")


@pytest.mark.parametrize("name", MEMBERS)
def test_what_cannot_be_written_is_told(name, tmp_path):
    with pytest.raises(ExportError, match="make the folder first"):
        registry.load("exporters", name)().write(studies.plain(), tmp_path / "no" / "where")


@pytest.mark.parametrize("name", MEMBERS)
def test_something_is_always_lost_and_said(name, tmp_path):
    assert registry.load("exporters", name)().write(studies.plain(), tmp_path / "x")


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*/expected.*")), ids=lambda f: f.parent.name)
def test_the_example_is_the_expected_bytes(file, tmp_path):
    registry.load("exporters", file.parent.name)().write(studies.plain(), tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == file.read_bytes()
