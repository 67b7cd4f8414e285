"""Show the answer to a statement that somebody typed."""

from collections.abc import Mapping
from typing import Any

from rich.text import Text

from auditradar.ingest.output import fields
from auditradar.ingest.output.consoles import data_console, say
from auditradar.ingest.output.fields import Field, Layout
from auditradar.ingest.output.formats import plain
from auditradar.ingest.output.listing import Answer, data_output, writer_of
from auditradar.ingest.output.table import draw
from auditradar.ingest.output.values import moment, plural, visible
from auditradar.ingest.reading.reader import Reader
from auditradar.ingest.reading.result import Page, Row
from auditradar.ingest.reading.statement import check_statement, said_shortly

TABLE_LIMIT = 1000
"""Rows of a table when no limit is given; a statement of somebody's own may be about anything, but a terminal is no export."""


def show_statement(reader: Reader, text: str, parameters: Mapping[str, str], answer: Answer) -> None:
    """Check a statement, run it and print its answer."""
    show_answer(reader, check_statement(reader, text), parameters, answer)


def show_answer(reader: Reader, statement: str, parameters: Mapping[str, Any], answer: Answer) -> None:
    """Run a statement and print its answer."""
    with said_shortly():
        if answer.fmt == "table":
            limit = TABLE_LIMIT if answer.limit is None else answer.limit
            _show_table(reader.page_of(statement, parameters, limit + 1 if limit else 0), limit)
            return
        stream = reader.stream_of(statement, parameters, answer.limit or 0)
        say(f"{plural(writer_of(answer.fmt)(stream, data_output()), 'row')}.")


def _show_table(page: Page, limit: int) -> None:
    layout = Layout("row", "rows", tuple(_field(page, index, name) for index, name in enumerate(page.columns)))
    rows = page.rows[: limit or None]
    fitted = draw(data_console(), layout, [{str(index): value for index, value in enumerate(row)} for row in rows])
    shown = plural(len(rows), "row")
    say(f"The first {shown}, there are more; --limit 0 shows all." if len(rows) < len(page.rows) else f"{shown}.")
    if fitted.dropped:
        say(f"No room for: {', '.join(fitted.dropped)}. A wider terminal or another --format shows them.")


def _field(page: Page, index: int, name: str) -> Field:
    """Make a column; the last ones give way first, the first never; names that say so are moments."""
    if name.endswith("_at"):
        return fields.made(f"{visible(name)} (UTC)", lambda row: Text(moment(row[str(index)])), drop=index)
    numeric = all(isinstance(row[index], int | float) and not isinstance(row[index], bool) for row in page.rows)
    return fields.made(visible(name), lambda row: Text(_cell(row, str(index))), drop=index, least=12, right=numeric and bool(page.rows))


def _cell(row: Row, key: str) -> str:
    value = row[key]
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return visible(", ".join(map(str, value)))
    return visible(plain(value))
