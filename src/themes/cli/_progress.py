"""A progress bar on stderr for what takes longer than two seconds; silent off a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

_DELAY_S = 2.0


class Bar:
    """One bar for a whole command; stages report through `step`."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._visible = sys.stderr.isatty()
        self._progress: Progress | None = None
        self._task = None

    def step(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of `total` items of `stage` are ready."""
        if not self._visible or time.monotonic() - self._began < _DELAY_S:
            return
        if self._progress is None:
            from rich.console import Console
            from rich.progress import Progress

            self._progress = Progress(console=Console(stderr=True), transient=True)
            self._progress.start()
            self._task = self._progress.add_task(stage)
        self._progress.update(self._task, description=stage, completed=done, total=total)

    def stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()


@contextmanager
def progress() -> Iterator[Bar]:
    """A bar that is gone when the command is done, or when it fails."""
    bar = Bar()
    try:
        yield bar
    finally:
        bar.stop()
