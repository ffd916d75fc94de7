"""`themes assign`: who codes what."""

from __future__ import annotations

from typing import Annotated

import typer

from themes.cli._study import StudyFolder


def assign(
    study: StudyFolder,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            metavar="NAME",
            help="Only these coders; give it once for each.",
            show_default=False,
        ),
    ] = None,
    interview: Annotated[
        list[str] | None,
        typer.Option(
            "--interview", metavar="ID", help="Only these transcripts.", show_default=False
        ),
    ] = None,
    overlap: Annotated[
        float,
        typer.Option(
            metavar="PERCENT",
            help="Interviews that everybody codes; the others are "
            "divided. 100: all by all. 0: one coder each.",
        ),
    ] = 100,
    blind: Annotated[
        float,
        typer.Option(metavar="PERCENT", help="Turns whose suggestions stay hidden until locked."),
    ] = 20,
    repeats: Annotated[
        float,
        typer.Option(metavar="PERCENT", help="Turns that come back unannounced."),
    ] = 0,
    after: Annotated[int, typer.Option(metavar="DAYS", help="When repeats come back.")] = 7,
) -> None:
    """Assign the answers in the study to coders. What is assigned already stays as it is."""
    from themes.cli._study import open_study
    from themes.database import corpus, team
    from themes.database.connect import now
    from themes.errors import InputError, StudyError
    from themes.stages import assign as stage
    from themes.stages.classify import answers

    with open_study(study) as opened:
        try:
            plan = stage.Plan(overlap, blind, repeats, after, opened.config.seed)
        except ValueError as error:
            raise InputError(str(error)) from None
        with opened.database.write() as connection:
            coders = team.coders(connection)
            chosen = [c for c in coders if c.role == "coder"] or list(coders)
            if to:
                by_name = {c.name.casefold(): c for c in coders}
                unknown = [name for name in to if name.casefold() not in by_name]
                if unknown:
                    raise StudyError(
                        study, f"has no coder {unknown[0]}", "add one: themes coder add"
                    )
                chosen = [by_name[name.casefold()] for name in dict.fromkeys(to)]
            if not chosen:
                raise StudyError(study, "has no coders", f"add one: themes coder add {study} NAME")
            segments = answers(corpus.segments(connection, corpus.transcripts(connection)))
            if interview:
                known = {s.transcript_id for s in segments}
                unknown = [name for name in interview if name not in known]
                if unknown:
                    raise StudyError(study, f"has no transcript {unknown[0]}", "see: themes status")
                segments = tuple(s for s in segments if s.transcript_id in interview)
            if not segments:
                raise StudyError(
                    study, "has no answers to code", f"add some: themes add {study} FILES"
                )
            run = corpus.latest_run(connection)
            outcomes: dict[str, str] = {}
            for s in corpus.suggestions(connection, run) if run else ():
                # "suggest" sorts after "ask": the strongest outcome of a segment.
                outcomes[s.segment_id] = max(outcomes.get(s.segment_id, ""), s.outcome)
            made = stage.assign(segments, chosen, plan, outcomes, team.assignments(connection))
            team.add_assignments(connection, made, now())
            team.add_event(
                connection,
                "assign",
                {
                    "coders": [c.name for c in chosen],
                    "new": len(made),
                    "overlap": overlap,
                    "blind": blind,
                    "repeats": repeats,
                    "after_days": after,
                    "seed": plan.seed,
                },
                now(),
            )
        for coder in chosen:
            mine = [a for a in made if a.coder_id == coder.id]
            n_again = sum(a.round for a in mine)
            print(
                f"{coder.name}: {len(mine) - n_again} new turns"
                + (f", {n_again} of them to come back" if n_again else "")
            )
