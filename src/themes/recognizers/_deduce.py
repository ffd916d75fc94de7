"""The program deduce as a second opinion on Dutch, in a process of its own.

deduce takes 1.1 GB and up to 40 seconds to load, and its licence is the GPL: it is not installed
with themes, and never imported into it. This file is also what runs in that other process.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec

from themes.errors import ConfigError
from themes.recognizers._speech import stretches
from themes.records import Category, Mention, Span, Transcript

TAGS: Mapping[str, Category] = {
    "persoon": "person", "patient": "person", "locatie": "location", "ziekenhuis": "organization",
    "zorginstelling": "organization", "instelling": "organization", "datum": "date",
    "leeftijd": "age", "telefoonnummer": "phone", "emailadres": "email", "url": "url",
}  # fmt: skip
"""What deduce's tags are called here; every other one is an "id"."""

_CONFIDENCE = 0.75


class Deduce:
    """Asks deduce about Dutch transcripts; one process for as long as this object lives.

    `command` is what to start instead, for tests. Raises ConfigError when deduce is not installed.
    """

    def __init__(self, command: Sequence[str] | None = None) -> None:
        if command is None and find_spec("deduce") is None:
            raise ConfigError(
                "--second-opinion", "deduce", "is not installed", "pip install deduce"
            )
        self._command = command or (sys.executable, "-m", __name__)
        self._process: subprocess.Popen[str] | None = None

    def find(self, transcript: Transcript) -> Iterable[Mention]:
        """What deduce finds in each turn; nothing in other languages than Dutch."""
        if not transcript.language.startswith("nl"):
            return
        for stretch in stretches(transcript):
            for start, end, tag in self._ask(stretch.text):
                span = Span(start, end).shift(stretch.start)
                yield Mention(span, TAGS.get(tag, "id"), "deduce", _CONFIDENCE)

    def close(self) -> None:
        """End the process; another `find` starts it again."""
        if self._process is not None:
            self._process.communicate()
            self._process = None

    def _ask(self, text: str) -> list[tuple[int, int, str]]:
        if self._process is None:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                encoding="utf-8",
            )  # fmt: skip
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(text) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError("deduce ended without an answer")
        return [(start, end, tag) for start, end, tag in json.loads(answer)]


def _answer() -> None:
    """The other process: a line of JSON in, the annotations of that text out."""
    from deduce import Deduce as Engine

    engine = Engine()
    for line in sys.stdin:
        done = engine.deidentify(json.loads(line))
        found = [[a.start_char, a.end_char, a.tag] for a in done.annotations]
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _answer()
