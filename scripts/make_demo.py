"""Make the files of corpora/demo from corpora/demo-drafts: docx, vtt, txt and json.

    python scripts/make_demo.py

Also writes mentions.csv: every piece of personal data in them, for the test that none is left in
what `make demo` makes.
"""

from __future__ import annotations

import csv
import datetime
import json
import zipfile
from pathlib import Path

from tagged import read, turns

CORPORA = Path(__file__).parents[1] / "corpora"
DEMO, DRAFTS = CORPORA / "demo", CORPORA / "demo-drafts"
WORDS_PER_S = 2.6


def timed(pairs: list[tuple[str, str]]) -> list[tuple[float, float, str, str]]:
    """(start_s, end_s, label, speech), as if spoken at an even pace with short gaps."""
    timed_turns, now = [], 1.5
    for label, speech in pairs:
        length = max(1.0, len(speech.split()) / WORDS_PER_S)
        timed_turns.append((round(now, 3), round(now + length, 3), label, speech))
        now += length + 0.4
    return timed_turns


def docx(pairs: list[tuple[str, str]], path: Path) -> None:
    from docx import Document

    document = Document()
    document.core_properties.author = ""
    fixed = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    document.core_properties.created = document.core_properties.modified = fixed
    for label, speech in pairs:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}:").bold = True
        paragraph.add_run(f" {speech}")
    document.save(path)
    # The same bytes every time: fixed times in the archive.
    with zipfile.ZipFile(path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, 8)


def vtt(pairs: list[tuple[str, str]], path: Path) -> None:
    lines = ["WEBVTT", ""]
    for number, (start, end, label, speech) in enumerate(timed(pairs)):
        # Long speech is cut into cues, as meeting software does.
        words = speech.split()
        cues = [words[at : at + 22] for at in range(0, len(words), 22)]
        step = (end - start) / len(cues)
        for part, cue in enumerate(cues):
            at = start + part * step
            text = " ".join(cue).replace("&", "&amp;").replace("<", "&lt;")
            lines += [
                f"7f3c0a52-61d4-4b8e-9d0e-5a1f/{number}-{part}",
                f"{clock(at)} --> {clock(at + step)}",
                f"<v {label}>{text}</v>",
                "",
            ]
    path.write_text("\n".join(lines), encoding="utf-8")


def clock(seconds: float) -> str:
    return f"{int(seconds // 3600):02}:{int(seconds % 3600 // 60):02}:{seconds % 60:06.3f}"


def whisperx(pairs: list[tuple[str, str]], path: Path) -> None:
    segments = [
        {"start": start, "end": end, "text": " " + speech, "speaker": label}
        for start, end, label, speech in timed(pairs)
    ]
    path.write_text(
        json.dumps({"segments": segments, "language": "en"}, ensure_ascii=False, indent=1) + "\n",
        encoding="utf-8",
    )


def txt(pairs: list[tuple[str, str]], path: Path) -> None:
    path.write_text(
        "\n\n".join(f"{label}: {speech}" for label, speech in pairs) + "\n", encoding="utf-8"
    )


MAKERS = {
    "interview-01": ("docx", docx),
    "interview-02": ("vtt", vtt),
    "interview-03": ("txt", txt),
    "interview-04": ("json", whisperx),
}

if __name__ == "__main__":
    with (DRAFTS / "mentions.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["transcript", "category", "text"])
        for name, (suffix, make) in MAKERS.items():
            text, spans = read(DRAFTS / f"{name}.txt")
            make(turns(text), DEMO / f"{name}.{suffix}")
            rows = dict.fromkeys((category, text[start:end]) for start, end, category in spans)
            table.writerows([name, category, words] for category, words in rows)
