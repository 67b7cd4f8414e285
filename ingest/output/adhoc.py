"""Show the answer to a statement that somebody typed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich.text import Text

from auditradar.ingest.output import fields
from auditradar.ingest.output.consoles import data_console, say
from auditradar.ingest.output.fields import Field, Layout
from auditradar.ingest.output.formats import plain
from auditradar.ingest.output.listing import Answer, data_output, writer_of
from auditradar.ingest.output.table import draw, header_pieces
from auditradar.ingest.output.values import moment, plural, visible
from auditradar.ingest.reading.reader import Reader
from auditradar.ingest.reading.result import Page, Row, Value
from auditradar.ingest.reading.statement import check_statement, said_shortly

LONGEST_WORD, FOLDED = 40, 24
"""Letters of a word that is kept whole, which an id or an IPv6 address does not exceed, and how narrow a longer one may be folded."""
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


def layout_of(page: Page) -> Layout:
    """Make a layout from the names and the values of an answer."""
    return Layout("row", "rows", tuple(_field(page, index, name) for index, name in enumerate(page.columns)))


def _show_table(page: Page, limit: int) -> None:
    rows = page.rows[: limit or None]
    fitted = draw(data_console(), layout_of(page), [{str(index): value for index, value in enumerate(row)} for row in rows])
    shown = plural(len(rows), "row")
    say(f"The first {shown}, there are more; --limit 0 shows all." if len(rows) < len(page.rows) else f"{shown}.")
    if fitted.dropped:
        say(f"No room for: {', '.join(fitted.dropped)}. A wider terminal or another --format shows them.")


def _field(page: Page, index: int, name: str) -> Field:
    """Make a column; the last ones give way first, the first never; names that say so are moments."""
    key, shown = str(index), visible(name)
    cells = [row[index] for row in page.rows]
    if name.endswith("_at"):
        return fields.made(f"{shown} (UTC)", lambda row: Text(moment(row[key])), drop=index)
    if _all(cells, lambda value: isinstance(value, int | float) and not isinstance(value, bool)):
        return fields.made(shown, lambda row: Text(_cell(row, key)), drop=index, right=True)
    return fields.made(
        shown, lambda row: Text(_cell(row, key)), drop=index, least=_least(shown, [_cell({key: cell}, key) for cell in cells])
    )


def _all(cells: Sequence[Value], holds: Callable[[Value], bool]) -> bool:
    known = [cell for cell in cells if cell is not None]
    return bool(known) and all(map(holds, known))


def _least(header: str, cells: Sequence[str]) -> int:
    """Measure how narrow a column may be: its longest word stays whole, such as an address or an id, unless it is a very long name."""
    longest = max((len(word) for cell in cells for word in cell.split()), default=0)
    return max(longest if longest <= LONGEST_WORD else FOLDED, *map(len, header_pieces(header)))


def _cell(row: Row, key: str) -> str:
    value = row[key]
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return visible(", ".join(map(str, value)))
    return visible(plain(value))
