"""Codings in a REFI-QDA project, through the reader of the tests; valid by REFI's schema."""

from functools import cache
from pathlib import Path
from zipfile import ZipFile

import xmlschema

from oracles import qdpx_reader
from themes.exporters.refi import PROJECT_SCHEMA


@cache
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(PROJECT_SCHEMA)


def read(path: Path) -> list[tuple]:
    schema().validate(ZipFile(path).read("project.qde"))
    rows = []
    for coding in qdpx_reader.read(path).codings:
        _, _, after = coding.note.partition("Outcome: ")
        outcome, _, after = after.partition("\nScore: ")
        score, _, after = after.partition("\nEvidence: ")
        evidence = after.rpartition("\nEvidence stands at: ")[0]
        rows.append(
            (
                coding.source,
                coding.start,
                coding.end,
                coding.quote,
                coding.code,
                float(score),
                outcome,
                evidence,
            )
        )
    return rows
