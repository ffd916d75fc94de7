"""`themes audit`: how consistent coders are, from a table of who coded what."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from themes.cli import _options as options
from themes.cli._progress import progress


class Level(StrEnum):
    codes = "codes"
    ordinal = "ordinal"
    interval = "interval"


class Intervals(StrEnum):
    t = "t"
    percentile = "percentile"
    bca = "bca"


class AuditUnit(StrEnum):
    segment = "segment"
    transcript = "transcript"


def audit(
    table: Annotated[
        Path,
        typer.Argument(
            metavar="STUDY|TABLE",
            help="A study, or who coded what as csv, xlsx or parquet: a row a code, or a column a coder.",
            show_default=False,
        ),
    ],
    out: options.OutFolder,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=YOURS",
            help="What a column is called in the table, as in coder=layer; may be repeated.",
            show_default=False,
        ),
    ] = None,
    coders: Annotated[
        str | None,
        typer.Option(
            metavar="A,B,...",
            help="The columns that are coders, where a table has one column each.",
            show_default=False,
        ),
    ] = None,
    model_coder: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="A coder that is a model; may be repeated.", show_default=False
        ),
    ] = None,
    settled: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The layer in which differences were settled; no coder.",
            show_default=False,
        ),
    ] = None,
    level: Annotated[
        Level, typer.Option("--level", help="Codes, or one number with an order.")
    ] = Level.codes,
    unit: Annotated[
        AuditUnit, typer.Option("--unit", help="What is compared.")
    ] = AuditUnit.segment,
    codebook: Annotated[
        str | None,
        typer.Option(
            "--codebook",
            metavar="NAME|FILE",
            help="For names, the tree, and codes nobody used.",
            show_default=False,
        ),
    ] = None,
    attributes: options.AttributesOption = None,
    sheet: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The sheet of a workbook.", show_default=False),
    ] = None,
    intervals: Annotated[
        Intervals, typer.Option("--intervals", help="How intervals are made; all draw transcripts.")
    ] = Intervals.t,
    resamples: Annotated[
        int, typer.Option(min=100, help="How often transcripts are drawn.")
    ] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same figures.")] = 1,
    margin: Annotated[
        float,
        typer.Option(
            min=0.0, max=1.0, help="How far from people a model may be, and count as one."
        ),
    ] = 0.10,
    overwrite: options.OverwriteOption = False,
) -> None:
    """Audit coders' consistency: agreement with intervals, code by code, and what it rests on."""
    from themes import attributes as attribute_tables
    from themes import codebooks
    from themes.atomic import new_folder
    from themes.cli._save_audit import save_audit, tell_audit
    from themes.cli._study_codings import study_codings
    from themes.codings.load import load
    from themes.codings.table import codings_from
    from themes.errors import InputError
    from themes.inference.intervals import Resampling
    from themes.stages.audit import Settings, audit

    names = [pair.partition("=") for pair in column or ()]
    wrong = [name for name, equals, yours in names if not (name and equals and yours)]
    if wrong:
        raise InputError(f"--column {wrong[0]}: write it as NAME=YOURS, as in coder=layer")
    book = codebooks.load(codebook) if codebook else None
    known = attribute_tables.load(attributes) if attributes else {}
    with new_folder(out, overwrite=overwrite) as folder, progress() as bar:
        bar.step("reading", 0, 1)
        models = tuple(model_coder or ())
        if table.is_dir():
            frame, of_study, suggesting, in_study = study_codings(table)
            book, known, models, notes = book or of_study, known or in_study, suggesting, ()
        else:
            frame, notes = load(table, sheet)
        taken = codings_from(
            frame,
            columns={name: yours for name, _, yours in names},
            coders=coders.split(",") if coders else None,
            models=models,
            settled=settled,
            level=level.value,
            unit=unit.value,
            codes=[code.id for code in book.codable] if book else None,
            attributes=known,
            notes=notes,
        )
        made = audit(
            taken,
            Settings(how=Resampling(intervals.value, resamples, seed), margin=margin),
            book,
            bar.step,
        )
        save_audit(made, table, folder)
    tell_audit(made, out)
