"""A project says what the study says, to a reader that shares nothing with the writer."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st

import studies
from oracles import qdpx_reader
from themes.exporters.qdpx import Qdpx
from themes.exporters.refi import CODEBOOK_SCHEMA, PROJECT_SCHEMA, check
from themes.exporters.refi.project import description, project, selection_name
from themes.grammar.compose import normalize

EXPECTED = Path(__file__).parents[1] / "examples" / "exporters" / "qdpx" / "project.qde"
SCHEMA = xmlschema.XMLSchema(PROJECT_SCHEMA)


def read(study, folder: Path) -> qdpx_reader.Project:
    Qdpx().write(study, folder / "x.qdpx")
    return qdpx_reader.read(folder / "x.qdpx")


def test_the_example_is_the_expected_bytes():
    assert project(studies.plain()) == EXPECTED.read_bytes()


def test_the_archive_holds_plain_files_without_dates(tmp_path):
    Qdpx().write(studies.hostile(), tmp_path / "x.qdpx")
    with ZipFile(tmp_path / "x.qdpx") as archive:
        first, *sources = archive.infolist()
        assert first.filename == "project.qde"
        assert {info.date_time for info in (first, *sources)} == {(1980, 1, 1, 0, 0, 0)}
        texts = [archive.read(info) for info in sources]
        assert all(info.filename.startswith("sources/") for info in sources)
    assert texts == [t.text.encode() for t in studies.hostile().transcripts]
    assert b"DateTime" not in project(studies.hostile())


def test_texts_codes_and_participants_come_back(tmp_path):
    study = studies.plain()
    found = read(study, tmp_path)
    assert found.texts == {t.id: t.text for t in study.transcripts}
    assert found.cases == {"p01": {"year": "3", "site": "north"}, "p02": {"year": "5"}}
    assert found.codes["The patient's safety"] == {
        "codable": True,
        "color": "#1B7F5C",
        "description": description(study.codebook["weigh.care"]),
        "parent": "What is weighed",
    }
    assert not found.codes["What is weighed"]["codable"]


def test_the_model_is_plainly_no_human(tmp_path):
    found = read(studies.plain(), tmp_path)
    assert list(found.users.values()) == ["themes: model help-seeking 1.0"]
    assert {coding.user for coding in found.codings} == set(found.users.values())
    assert all("not decided by a person" in coding.note for coding in found.codings)


def test_codes_of_one_segment_share_one_selection_on_the_whole_segment(tmp_path):
    first, second, *_ = read(studies.plain(), tmp_path).codings
    assert (first.start, first.end) == (second.start, second.end) == (26, 98)
    assert "Evidence: she got worse\nEvidence stands at: 65-78 in p01" in first.note


def test_every_quote_starts_with_its_name(tmp_path):
    for study in (studies.plain(), studies.hostile()):
        for coding in read(study, tmp_path).codings:
            assert coding.quote.startswith(coding.name)


def test_a_date_is_written_where_it_is_given_and_needs_a_zone():
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    dated = project(studies.plain(), at)
    SCHEMA.validate(dated)
    assert dated.count(b'creationDateTime="2026-03-01T12:00:00+00:00"') > 4
    with pytest.raises(ValueError, match="time zone"):
        Qdpx(datetime(2026, 3, 1))


def test_losses_are_named(tmp_path):
    near = spoiled(nearest=("p02:21-67",))
    assert words_lost(studies.plain(), tmp_path) == {"ids", "notes", "too low", "times"}
    assert words_lost(studies.hostile(), tmp_path) == {"ids", "notes", "times", "XML", "emoji"}
    assert words_lost(near, tmp_path) == {"ids", "notes", "nearest", "times"}


def words_lost(study, folder: Path) -> set[str]:
    words = ("ids", "notes", "too low", "nearest", "times", "XML", "emoji")
    lost = Qdpx().write(study, folder / "x.qdpx")
    return {word for word in words for line in lost if word in line}


def spoiled(**changes):
    study = studies.plain()
    return replace(study, suggestions=(replace(study.suggestions[0], **changes),))


def test_reading_back_notices_what_is_wrong():
    data = Qdpx().encode(studies.plain())
    assert check.after(data, studies.plain()) is None
    fewer = replace(studies.plain(), suggestions=studies.plain().suggestions[1:])
    assert check.after(data, fewer) == "the coded words differ from the suggestions"
    assert check.after(data, studies.empty()) == "the texts differ from the transcripts"


SPEECH = st.text(min_size=1, max_size=40).map(normalize).filter(bool)


@settings(max_examples=40, deadline=None)
@given(speeches=st.lists(SPEECH, min_size=1, max_size=4), data=st.data())
def test_any_words_come_back_from_their_positions(speeches, data, tmp_path_factory):
    said = studies.transcript("p1", [("R", speech) for speech in speeches])
    segments = studies.turns(said)
    chosen = data.draw(st.lists(st.sampled_from(segments), unique=True))
    suggestions = tuple(studies.suggestion(segment, "delay", 0.5) for segment in chosen)
    study = studies.Study("s", studies.BOOK, (said,), segments, suggestions, "m")
    SCHEMA.validate(project(study))
    found = read(study, tmp_path_factory.mktemp("any"))
    assert found.texts == {"p1": said.text}
    assert sorted(c.quote for c in found.codings) == sorted(s.text for s in chosen)


@given(st.text())
def test_a_selections_name_is_how_its_text_begins(text):
    assert text.startswith(selection_name(text))


def test_the_schemas_stand_with_their_licence():
    for schema in (PROJECT_SCHEMA, CODEBOOK_SCHEMA):
        assert "Permission is hereby granted, free of charge" in schema.read_text(encoding="utf-8")
