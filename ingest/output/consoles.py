"""Reach the terminal: data goes to standard output, words to standard error."""

import os
import sys

from rich.console import Console


class _Console(Console):
    """Leave a reader that has gone to the root of the command: rich would exit with 1."""

    def on_broken_pipe(self) -> None:
        """Raise what writing to a closed pipe raises."""
        raise BrokenPipeError


UNBOUNDED = 100_000  # columns of a table that goes into a file or a pipe: nothing is cut there


def data_console() -> Console:
    """Make the console for data; colour only on a terminal."""
    return _Console(file=sys.stdout, highlight=False, markup=False, emoji=False, width=_width())


def words_console() -> Console:
    """Make the console for words."""
    return _Console(file=sys.stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)


def _width() -> int | None:
    """Give the width to fit: that of the terminal, COLUMNS where it is set, else none."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit():
        return None
    return UNBOUNDED


def say(words: str) -> None:
    """Say one line on standard error."""
    sys.stdout.flush()
    words_console().print(words, style="dim")


def report(words: str) -> None:
    """Say one line that matters on standard error."""
    sys.stdout.flush()
    words_console().print(f"auditradar: {words}")
