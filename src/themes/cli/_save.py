"""Writing what a run made, and saying in a few lines what that was."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Mapping
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import typer

from themes import __version__, codebooks, pipeline, registry
from themes.atomic import write_file
from themes.errors import ExportError
from themes.exporters import tables
from themes.exporters.tables import Table
from themes.stages.report import RunSummary, report

# What the results depend on: named in run.json and in the report.
_LIBRARIES = ("numpy", "onnxruntime", "phonenumbers", "tokenizers")


def save_run(result: pipeline.Run, folder: Path) -> None:
    """Every output of `themes run` into `folder`."""
    done, study = result.anonymized, result.study
    _save_texts(done, folder / "anonymized")
    csv = registry.load("exporters", "csv")()
    classified = result.classified
    for table in (
        tables.mentions(done.replacements),
        tables.segments(study),
        tables.scores(classified.segments, classified.code_ids, classified.scores),
        tables.suggestions(study),
    ):
        write_file(folder / f"{table.name}.csv", csv.encode(table))
    losses = {
        file.name: list(registry.load("exporters", file.suffix[1:])().write(study, file))
        for file in (folder / "suggestions.xlsx", folder / "project.qdpx")
    }
    summary = RunSummary(
        versions=_versions(),
        hashes={
            "codebook": codebooks.fingerprint(result.codebook),
            "model": result.model.identity,
        },
        settings=_settings(done.settings),
        warnings=(*done.warnings, *result.model.notes),
        score_meaning=result.model.score_meaning,
    )
    page = report(study, done.replacements, _in_study_order(result), done.failures, summary)
    write_file(folder / "report.html", page.encode())
    _save_summary(folder, done, result, losses)


def save_anonymized(done: pipeline.Anonymized, folder: Path) -> None:
    """Every output of `themes anonymize` into `folder`."""
    _save_texts(done, folder / "anonymized")
    csv = registry.load("exporters", "csv")()
    write_file(folder / "mentions.csv", csv.encode(tables.mentions(done.replacements)))
    _save_summary(folder, done)


def table_format(path: Path, *, overwrite: bool) -> str:
    """The exporter for a file's suffix; refuses what could not be written, before any work."""
    known = ("csv", "jsonl", "parquet")
    name = path.suffix.lower().lstrip(".")
    if name not in known:
        raise ExportError(path, "has no known suffix", "name it .csv, .jsonl or .parquet")
    if path.exists() and not overwrite:
        raise ExportError(path, "exists", "choose another name or add --overwrite")
    if not path.parent.is_dir():
        raise ExportError(path, "its folder does not exist", "make it first")
    return name


def save_table(table: Table, path: Path, exporter: str) -> None:
    """One table in one of the table formats."""
    write_file(path, registry.load("exporters", exporter)().encode(table))


def tell(result: pipeline.Run | pipeline.Anonymized, out: Path) -> None:
    """What was done on stdout, what went wrong on stderr; exit code 1 if a file was not read."""
    done = result.anonymized if isinstance(result, pipeline.Run) else result
    notes = result.model.notes if isinstance(result, pipeline.Run) else ()
    line = f"{len(done.transcripts)} transcripts, {len(done.replacements)} replacements"
    if isinstance(result, pipeline.Run):
        line += (
            f", {len(result.classified.segments)} respondent segments, "
            f"{len(result.classified.suggestions)} suggestions"
        )
    print(f"{line}: {out}")
    for warning in (*done.warnings, *notes):
        print(f"note: {warning}", file=sys.stderr)
    for name, transcript_id in done.renamed:
        print(f"note: {name} is called {transcript_id} in what was written", file=sys.stderr)
    noted = [(t.id, note) for t in done.transcripts if t.source for note in t.source.notes]
    for transcript_id, note in noted[:10]:
        print(f"note: {transcript_id}: {note}", file=sys.stderr)
    if len(noted) > 10:
        print(f"note: {len(noted) - 10} more notes in run.json", file=sys.stderr)
    failed = [failure for failure in done.failures if not failure.skipped]
    for failure in failed:
        print(f"themes: not read: {failure.message} [{failure.place}]", file=sys.stderr)
    if failed:
        raise typer.Exit(1)


def _save_texts(done: pipeline.Anonymized, folder: Path) -> None:
    folder.mkdir()
    for transcript in done.transcripts:
        write_file(folder / f"{transcript.id}.txt", (transcript.text + "\n").encode())


def _in_study_order(result: pipeline.Run) -> np.ndarray:
    """Scores with a row for every segment; those of interviewers were not scored and stay 0."""
    row = {segment.id: number for number, segment in enumerate(result.segments)}
    scores = np.zeros((len(result.segments), len(result.classified.code_ids)))
    scores[[row[segment.id] for segment in result.classified.segments]] = result.classified.scores
    return scores


def _versions() -> dict[str, str]:
    return {
        "themes": __version__,
        "python": platform.python_version(),
        **{library: metadata.version(library) for library in _LIBRARIES},
    }


def _settings(settings: pipeline.Settings) -> dict[str, str]:
    return {
        "language": settings.language,
        "unit": settings.unit,
        "anonymized before": "yes" if settings.already_anonymized else "no",
        # The label itself may be a name.
        "interviewer label given": "no" if settings.interviewer is None else "yes",
        "profile": settings.profile,
        "people table": "no" if settings.people is None else "yes",
        "attributes": "none"
        if settings.attributes is None
        else sha256(settings.attributes.read_bytes()).hexdigest(),
    }


def _save_summary(
    folder: Path,
    done: pipeline.Anonymized,
    result: pipeline.Run | None = None,
    losses: Mapping[str, list[str]] | None = None,
) -> None:
    """run.json: the one output that tells the time, and so is not the same twice."""
    summary: dict[str, Any] = {
        "versions": _versions(),
        "settings": _settings(done.settings),
        "key": done.key.id,
        "inputs": [
            {
                "transcript": transcript.id,
                "language": transcript.language,
                "turns": len(transcript.turns),
                **(
                    {
                        "sha256": transcript.source.sha256,
                        "reader": transcript.source.reader,
                        "encoding": transcript.source.encoding,
                        "notes": list(transcript.source.notes),
                    }
                    if transcript.source
                    else {}
                ),
            }
            for transcript in done.transcripts
        ],
        "failures": [
            {"file": failure.place, "reason": failure.reason, "skipped": failure.skipped}
            for failure in done.failures
        ],
        "warnings": list(done.warnings),
        "counts": {
            "transcripts": len(done.transcripts),
            "turns": sum(len(t.turns) for t in done.transcripts),
            "replacements": len(done.replacements),
        },
        "seconds": {stage: round(seconds, 3) for stage, seconds in done.seconds.items()},
    }
    if result is not None:
        summary["codebook"] = {
            "id": result.codebook.id,
            "version": result.codebook.version,
            "sha256": codebooks.fingerprint(result.codebook),
        }
        summary["losses"] = losses
        summary["model"] = {"name": result.model.name, "identity": result.model.identity}
        summary["warnings"] += result.model.notes
        summary["counts"] |= {
            "segments": len(result.segments),
            "respondent_segments": len(result.classified.segments),
            "suggestions": len(result.classified.suggestions),
        }
        summary["seconds"] = {k: round(v, 3) for k, v in result.seconds.items()}
    text = json.dumps(summary, ensure_ascii=False, indent=2) + "\n"
    write_file(folder / "run.json", text.encode())
