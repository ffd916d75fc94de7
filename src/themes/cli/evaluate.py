"""`themes evaluate`: measure a part of the program on text with known answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from themes.cli._progress import progress
from themes.cli.evaluate_codes import evaluate_codes

if TYPE_CHECKING:
    from themes.stages.evaluate import Share, Tally


class _CodesUnlessNamed(typer.core.TyperGroup):
    """`themes evaluate TABLE.csv` is `themes evaluate codes TABLE.csv`."""

    def resolve_command(self, context: Any, arguments: list[str]) -> Any:
        if arguments and arguments[0] not in self.commands and Path(arguments[0]).suffix:
            arguments = ["codes", *arguments]
        return super().resolve_command(context, arguments)


app = typer.Typer(
    cls=_CodesUnlessNamed, help="Measure on text with known answers.", no_args_is_help=True
)
app.command("codes")(evaluate_codes)

Corpora = Annotated[
    list[Path],
    typer.Argument(
        metavar="CORPUS...",
        help="Folders with transcripts and mentions, or .jsonl files with spans.",
        show_default=False,
    ),
]
Split = Annotated[
    str | None,
    typer.Option("--split", help="Only the transcripts of this split of manifest.json."),
]
LowerCase = Annotated[
    bool, typer.Option("--lower-case", help="Measure on copies without capitals, as captions are.")
]
Show = Annotated[
    bool, typer.Option("--show", help="List what was missed and what was replaced in vain.")
]
_MOST_SHOWN = 60
_FILES_APART = 4  # the queue is told by file up to here, and together from the next one on


@app.callback()
def evaluate() -> None:
    """Measure on text with known answers."""


@app.command()
def anonymization(
    corpora: Corpora,
    split: Split = None,
    lower_case: LowerCase = False,
    show: Show = False,
) -> None:
    """Measure how much marked personal data is found, and what a person would have to decide.

    Recall is leak-safe: a mark counts only if each of its words is found. With --show, words of the
    text go to the screen: use it on invented text only.
    """
    import time

    from themes.stages.detect import detect
    from themes.stages.evaluate import Tally
    from themes.stages.gold import runs, without_capitals
    from themes.stages.queue import queue_items

    for path in corpora:
        tally, seconds = Tally(), 0.0
        chosen = list(runs(path, split))
        with progress() as bar:
            for number, run in enumerate(chosen):
                if lower_case:
                    run = without_capitals(run)
                transcripts = [each.transcript for each in run]
                began = time.process_time()
                found = detect(transcripts)
                seconds += time.process_time() - began
                items = queue_items(transcripts, found.mentions, found.doubtful)
                tally.add(run, found.mentions, found.flags, items)
                bar.step("searching", number + 1, len(chosen))
        head = path.name + (f", {split}" if split else "") + (", lower case" if lower_case else "")
        speed = tally.n_chars / max(seconds, 1e-9)
        print(f"\n{head}: {tally.n_chars:,} characters, {speed:,.0f} a second and core")
        _print(tally)
        if show:
            _show(tally)


def _print(tally: Tally) -> None:
    print(f"{'':14}{'recall':>30}{'with the queue':>24}{'precision':>24}")
    recall, attended, precision = map(tally.shares, ("recall", "attended", "precision"))
    for category in sorted({*recall, *precision}):
        cells = [table.get(category) for table in (recall, attended, precision)]
        counted = f"({cells[0].part} of {cells[0].whole})" if cells[0] else ""
        print(
            f"{category:14}{_cell(cells[0])}{counted:>13}{_cell(cells[1], 24)}{_cell(cells[2], 24)}"
        )
    print("\nentities with every mark found, by transcript")
    whole, seen = tally.shares("entities"), tally.shares("entities attended")
    for category in sorted(whole):
        counted = f"({whole[category].part} of {whole[category].whole})"
        print(f"{category:14}{_cell(whole[category])}{counted:>13}{_cell(seen[category], 24)}")
    ordinary = tally.ordinary()
    print(f"\nordinary words replaced: {ordinary.value:.2%} ({ordinary.part} of {ordinary.whole})")
    _print_items(tally.items_by_file)


def _print_items(rows: list[tuple[int, int]]) -> None:
    parts = [("file " + str(n + 1), [row]) for n, row in enumerate(rows[:_FILES_APART])]
    if rows[_FILES_APART:]:
        parts.append((f"from file {_FILES_APART + 1} on", rows[_FILES_APART:]))
    told = ", ".join(
        f"{name} {1000 * sum(n for n, _ in part) / max(1, sum(w for _, w in part)):.1f}"
        for name, part in parts
    )
    print(f"items to decide in the queue, per 1,000 words: {told}")


def _cell(share: Share | None, width: int = 17) -> str:
    text = f"{share.value:.3f} [{share.low:.2f} {share.high:.2f}]" if share else "-"
    return f"{text:>{width}}"


def _show(tally: Tally) -> None:
    from collections import Counter

    counted = Counter((each.kind, each.category, each.text) for each in tally.wrong)
    for kind, category in sorted({(kind, category) for kind, category, _ in counted}):
        texts = [(t, n) for (k, c, t), n in counted.most_common() if (k, c) == (kind, category)]
        shown = "; ".join(f"{text!r} x{n}" for text, n in texts[:_MOST_SHOWN])
        print(f"{kind}, {category}: {shown}")
