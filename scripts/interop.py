"""Open our project files with a reader that somebody else wrote, and look at the words.

    python scripts/interop.py [project.qdpx ...]

Without files, a small invented study full of emoji and accents is exported first. The reader is
pyrefiqda (MIT), which knows no offsets: it loads the project and finds the texts, and this script
asks whether every selection's words begin with the name that the selection carries, whether each
coding points at a code, a user and a note that are there, and whether saving and loading again
keeps all of it. Ends with 1 if anything differs; says so and ends with 0 without the package.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from themes.exporters.qdpx import Qdpx
from themes.grammar.compose import compose, normalize
from themes.records import Code, Codebook, Segment, Span, Study, Suggestion, Transcript, Turn

SPEECH = (
    ("I", "How did you ask?"),
    ("R", "\N{SMILING FACE WITH OPEN MOUTH AND COLD SWEAT} I rang at once.\nShe came."),
    ("R", "E\N{COMBINING ACUTE ACCENT}e\N{COMBINING DIAERESIS}n app, \N{MAN}\u200d\N{MICROSCOPE}."),
    ("R", "\u0645\u0631\u062d\u0628\u0627 & <b>bold</b> ]]>"),
)


def main(arguments: list[str]) -> int:
    try:
        import pyrefiqda  # noqa: F401
    except ImportError:
        print("skipped: pyrefiqda is not installed (pip install pyrefiqda, in a place of its own)")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(argument) for argument in arguments] or [_example(Path(folder))]
        wrong = 0
        for number, path in enumerate(paths):
            n_codings, problems = _look(path, Path(folder) / str(number))
            wrong += len(problems)
            print(f"{path.name}: {n_codings} codings, {len(problems)} problems")
            for problem in problems:
                print(f"  {problem}")
    return 1 if wrong else 0


def _look(path: Path, folder: Path) -> tuple[int, list[str]]:
    from pyrefiqda import RefiProject

    project = RefiProject.load(path, folder / "first")
    again = folder / "again.qdpx"
    RefiProject.save(project, again, folder / "first" / "sources")
    reread = RefiProject.load(again, folder / "second")
    problems = list(_problems(project, folder / "first"))
    if reread != project:
        problems.append("the project differs after it was saved and loaded")
    sources = project.sources.text_source if project.sources else []
    n_codings = sum(len(s.coding) for source in sources for s in source.plain_text_selection)
    if not n_codings:
        problems.append("no coding was found")
    return n_codings, problems


def _problems(project: object, folder: Path) -> Iterator[str]:
    from pyrefiqda import RefiProject

    codes = set(_code_guids(project.code_book.codes.code))
    users = {user.guid for user in project.users.user}
    notes = {note.guid for note in project.notes.note}
    for source in project.sources.text_source:
        path = RefiProject.resolve_source_path(source.plain_text_path, folder)
        text = path.read_bytes().decode("utf-8")
        for selection in source.plain_text_selection:
            place = f"{source.name} {selection.start_position}-{selection.end_position}"
            words = text[selection.start_position : selection.end_position]
            if not words or not words.startswith(selection.name):
                yield f"{place}: the words there are not those of its name"
            for coding in selection.coding:
                if coding.code_ref.target_guid not in codes:
                    yield f"{place}: its code is not there"
                if coding.creating_user not in users:
                    yield f"{place}: its user is not there"
                if any(reference.target_guid not in notes for reference in coding.note_ref):
                    yield f"{place}: its note is not there"


def _code_guids(codes: list) -> Iterator[str]:
    for code in codes:
        yield code.guid
        yield from _code_guids(code.code)


def _example(folder: Path) -> Path:
    text, spans = compose([(speaker, normalize(said)) for speaker, said in SPEECH])
    turns = tuple(
        Turn(span, speaker, "interviewer" if speaker == "I" else "respondent")
        for (speaker, _), span in zip(SPEECH, spans, strict=True)
    )
    transcript = Transcript("p1", text, turns, anonymized=True, attributes={"year": "3"})
    segments = tuple(
        Segment("p1", number, turn.span, turn.speaker, turn.role, transcript.speech(turn))
        for number, turn in enumerate(turns, 1)
    )
    book = Codebook("b", "1", (Code("a", "Asking"), Code("a.now", "At once", parent="a")))
    suggestions = tuple(
        Suggestion(segment.id, code.id, 0.8, "suggest", _first_word(segment), "invented", "1")
        for segment in segments[1:]
        for code in book.codes
    )
    path = folder / "example.qdpx"
    Qdpx().write(Study("interop", book, (transcript,), segments, suggestions, "invented"), path)
    return path


def _first_word(segment: Segment) -> Span:
    start = segment.span.start
    return Span(start, start + len(segment.text.split()[0]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
