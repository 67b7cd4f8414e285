"""Show progress on a terminal, and nothing anywhere else."""

import contextlib
import sys
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

Advance = Callable[[int], None]


@contextlib.contextmanager
def byte_progress(total: int | None, words: str = "loading") -> Iterator[Advance]:
    """Show bytes read of a total."""
    with _bar(words, total, DownloadColumn(binary_units=True), TransferSpeedColumn(), TimeRemainingColumn()) as (bar, task):
        yield lambda number: bar.advance(task, number)


@contextlib.contextmanager
def count_progress(words: str) -> Iterator[Advance]:
    """Show a count that is told as it grows."""
    with _bar(words, None, MofNCompleteColumn()) as (bar, task):
        yield lambda number: bar.update(task, completed=number)


@contextlib.contextmanager
def _bar(words: str, total: int | None, *columns: ProgressColumn) -> Iterator[tuple[Progress, TaskID]]:
    console = Console(file=sys.stderr)
    parts = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), *columns)
    with Progress(*parts, console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
        yield bar, bar.add_task(words, total=total)


@contextlib.contextmanager
def step_progress(words: str, total: int) -> Iterator[Callable[[str], None]]:
    """Show which of several steps is being done."""
    with _bar(words, total, MofNCompleteColumn()) as (bar, task):
        yield lambda step: bar.update(task, advance=1, description=f"{words}: {step}")
