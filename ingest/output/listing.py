"""Show a listing: a table for people, or the whole answer for programs, and say what was looked for."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from auditradar.ingest.output.consoles import data_console, say
from auditradar.ingest.output.fields import FORWARDED, Layout
from auditradar.ingest.output.formats import WRITERS, Writer, markdown_writer
from auditradar.ingest.output.guard import guarded
from auditradar.ingest.output.table import Fitted, draw
from auditradar.ingest.output.values import plural
from auditradar.ingest.reading.period import Period
from auditradar.ingest.reading.reader import ALL, Reader
from auditradar.ingest.reading.result import Page, Row, Stream, Value

FORMATS = ("table", "json", "jsonl", "csv", "markdown")
TABLE_LIMIT = 100
"""Rows of a table when no limit is given; exports are complete."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Be how an answer is wanted; a limit of None is the default of the format, 0 is no limit."""

    fmt: str = "table"
    limit: int | None = None

    @property
    def rows(self) -> int:
        """Give the limit for the engine."""
        if self.limit is None:
            return TABLE_LIMIT if self.fmt == "table" else ALL
        return self.limit or ALL


@dataclass(frozen=True, slots=True)
class Listing:
    """Be a named query with its parameters, its layout, and the words for what was looked for."""

    query: str
    layout: Layout
    parameters: Mapping[str, Any]
    filters: Sequence[str] = ()
    advice: Sequence[str] = ()


def show(reader: Reader, listing: Listing, period: Period, answer: Answer) -> None:
    """Print the listing for a range of time."""
    parameters = {**listing.parameters, **period.parameters, "limit": answer.rows}
    if answer.fmt == "table":
        _show_table(reader.page(listing.query, parameters), listing, period)
        return
    written = writer_of(answer.fmt, listing.layout)(reader.stream(listing.query, parameters), data_output())
    say(_counted(listing, period, written) if written else _nothing(listing, period))


def show_rows(layout: Layout, rows: Sequence[Row], fmt: str) -> None:
    """Print rows that did not come from a query: a table with the columns of a layout, or all of them for programs."""
    if fmt == "table":
        draw(data_console(), layout, list(rows))
        return
    values: list[Sequence[Value]] = [tuple(row.values()) for row in rows]
    writer_of(fmt)(Stream(tuple(rows[0]) if rows else (), iter(values)), data_output())


def writer_of(fmt: str, layout: Layout | None = None) -> Writer:
    """Find the writer of a format."""
    return markdown_writer(layout) if fmt == "markdown" else WRITERS[fmt]


def data_output() -> TextIO:
    """Give standard output; a terminal gets no control characters from data."""
    return guarded(sys.stdout) if sys.stdout.isatty() else sys.stdout


def _show_table(page: Page, listing: Listing, period: Period) -> None:
    if not page.rows:
        say(_nothing(listing, period))
        return
    fitted = draw(data_console(), listing.layout, page.records)
    hidden = page.total - len(page.rows)
    if hidden > 0:
        say(f"The newest {len(page.rows):,} of {_counted(listing, period, page.total)} --limit 0 shows all, --format csv exports all.")
    else:
        say(_counted(listing, period, page.total))
    for words in (*explained(fitted), *listing.advice):
        say(words)


def explained(fitted: Fitted) -> list[str]:
    """Say in words what a table left out."""
    words = [f"All of {', '.join(fitted.alike)}."] if fitted.alike else []
    if fitted.dropped:
        words.append(f"No room for: {', '.join(fitted.dropped)}. A wider terminal or another --format shows them.")
    if any(FORWARDED in cell.plain for cell in fitted.cells):
        words.append(f"{FORWARDED.strip()} marks an address that a trusted proxy or an access log named.")
    return words


def _counted(listing: Listing, period: Period, number: int) -> str:
    return f"{plural(number, listing.layout.one, listing.layout.many)}{_filtered(listing)}; {period.words}."


def _nothing(listing: Listing, period: Period) -> str:
    if not period.known:
        return f"{period.words[:1].upper()}{period.words[1:]}"
    advice = " ".join(listing.advice) or "Widen --since and --until, or see what there is: auditradar status"
    return f"No {listing.layout.many}{_filtered(listing)}; {period.words}. {advice}"


def _filtered(listing: Listing) -> str:
    return f" with {', '.join(listing.filters)}" if listing.filters else ""
