"""Every real file in ../shared/data/transcripts, of all formats, is read or refused clearly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shared_data import SHARED, shared
from themes.stages.read import read

FOLDER = "data/transcripts"
FILES = sorted(
    path.relative_to(SHARED / FOLDER).as_posix()
    for path in (SHARED / FOLDER).glob("*/*")
    if path.is_file()
)
# What cannot be read, and why.
REFUSED = {
    "eaf/childproject_any_tier.eaf": "holds no speech",
    "json/sps_diarized_a95KMDHf4vQ.json": "",
    "mojibake/ftfy_test_cases.json": "",
    "sbv/webvttpy_invalid_format.sbv": "holds no cue",
    "srt/webvttpy_invalid_format1.srt": "holds no cue",
    "srt/webvttpy_invalid_format2.srt": "holds no cue",
    "srt/webvttpy_invalid_format3.srt": "holds no cue",
    "srt/webvttpy_invalid_format4.srt": "no cue holds any text",
    "vtt/webvttpy_empty.vtt": "is empty",
    "vtt/webvttpy_no_captions.vtt": "no cue",
}


def test_the_files_are_here() -> None:
    shared(FOLDER)
    assert len(FILES) > 100


@pytest.mark.parametrize("name", FILES)
def test_read_or_refused(name: str) -> None:
    path = shared(f"{FOLDER}/{name}")
    result = read([path])
    if name in REFUSED:
        (failure,) = result.failures
        assert failure.message.startswith(path.name)
        assert REFUSED[name] in failure.message
        return
    assert not result.failures
    for transcript in result.transcripts:
        assert transcript.turns
        assert "damaged or unusual" not in str(transcript.source)
        last = max(turn.span.end for turn in transcript.turns)
        assert last == len(transcript.text)
        assert not re.search(r"\n[ \t]*\n[ \t]*\n", transcript.text)


@pytest.mark.parametrize("name", [name for name in FILES if name not in REFUSED])
def test_the_same_twice(name: str) -> None:
    path = shared(f"{FOLDER}/{name}")
    assert read([path]) == read([Path(path)])
