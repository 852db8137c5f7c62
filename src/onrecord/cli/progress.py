"""Progress on stderr, for work that takes a while."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

QUIET_SECONDS = 2.0  # work that is done sooner shows nothing
SECONDS_BETWEEN_LINES = 10.0  # where stderr is a file and no bar can be redrawn


class Progress:
    """Counts things done: a bar on a terminal, a line now and then elsewhere."""

    def __init__(self, what: str, total: int | None = None) -> None:
        self._what, self._total, self._done = what, total, 0
        self._next_line = time.monotonic() + QUIET_SECONDS
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    @property
    def done(self) -> int:
        """How many things were counted."""
        return self._done

    def advance(self) -> None:
        """Count one more thing as done."""
        self._done += 1
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=self._done)
        elif time.monotonic() >= self._next_line:
            self._show()

    def _show(self) -> None:
        if sys.stderr.isatty():
            self._start_bar()
            return
        total = f" of {self._total}" if self._total else ""
        click.echo(f"{self._what}: {self._done}{total}", err=True)
        self._next_line = time.monotonic() + SECONDS_BETWEEN_LINES

    def _start_bar(self) -> None:
        from rich.console import Console  # loaded only where a bar is drawn
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task(self._what, total=self._total, completed=self._done)
        self._bar.start()
