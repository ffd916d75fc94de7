"""oTranscribe."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from themes.errors import ReadError
from themes.grammar.assemble import assemble
from themes.grammar.decoding import decode
from themes.grammar.identity import source_of, transcript_id_from
from themes.grammar.labels import split_paragraphs
from themes.grammar.timestamps import parse_seconds
from themes.readers.json import parse_json
from themes.records import Transcript

_BLOCKS = frozenset("p div li h1 h2 h3 h4 h5 h6 blockquote tr".split())


class Otr:
    """oTranscribe files.

    JSON that holds HTML; its timestamps are seconds, or mm:ss in old files, and become the start
    of the turn they open. Raises ReadError when the text is missing or no text.
    """

    suffixes = (".otr",)

    def read(self, path: Path) -> tuple[Transcript, ...]:
        """The one transcript in the file at `path`."""
        data = path.read_bytes()
        decoded = decode(data, path)
        parsed = parse_json(decoded.text, path)
        written = parsed.get("text") if isinstance(parsed, dict) else None
        if not isinstance(written, str):
            raise ReadError(path.name, "holds no text", "export it from oTranscribe again")
        parser = _Paragraphs()
        parser.feed(written)
        parser.close()
        utterances, notes = split_paragraphs(parser.paragraphs())
        source = source_of(path, data, "otr", decoded.encoding, (*decoded.notes, *notes))
        return (assemble(utterances, transcript_id=transcript_id_from(path), source=source),)


class _Paragraphs(HTMLParser):
    """The paragraphs of an oTranscribe text, its time marks spelled as timestamps in brackets."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._spans: list[bool] = []

    def paragraphs(self) -> list[str]:
        text = "".join(self._pieces).replace("\xa0", " ")
        return [block for block in text.split("\n\n") if block.strip()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._pieces.append("\n")
        elif tag in _BLOCKS:
            self._pieces.append("\n\n")
        elif tag == "span":
            time = _clock(dict(attrs).get("data-timestamp"))
            self._spans.append(bool(time))
            self._pieces.append(time)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._pieces.append("\n\n")
        elif tag == "span" and self._spans:
            self._spans.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._spans):  # the shown time stands in the mark already, more coarsely
            self._pieces.append(data)


def _clock(timestamp: str | None) -> str:
    try:
        seconds = parse_seconds(timestamp or "")
    except ValueError:
        return ""
    minutes, rest = divmod(seconds, 60)
    return f"[{int(minutes // 60):02}:{int(minutes % 60):02}:{rest:05.2f}]"
