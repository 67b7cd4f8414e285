"""Write complete answers for programs, row by row, so that memory does not grow with the answer."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TextIO

import orjson

from auditradar.ingest.output import values
from auditradar.ingest.output.fields import Layout
from auditradar.ingest.reading.result import Row, Stream, Value

_SPECIAL = re.compile(r'[",\r\n]')

Writer = Callable[[Stream, TextIO], int]


def write_jsonl(stream: Stream, out: TextIO) -> int:
    """Write one JSON object a line; give the number of rows."""
    written = 0
    for record in _records(stream):
        out.write(encoded(record))
        out.write("\n")
        written += 1
    return written


def write_json(stream: Stream, out: TextIO) -> int:
    """Write one JSON array with an object a line; give the number of rows."""
    written = 0
    for record in _records(stream):
        out.write(",\n" if written else "[\n")
        out.write(encoded(record))
        written += 1
    out.write("\n]\n" if written else "[]\n")
    return written


def write_csv(stream: Stream, out: TextIO) -> int:
    """Write a header and a line a row (RFC 4180, lines end with a line feed).

    Lists and maps are JSON text; nothing is changed for spreadsheets' sake.
    """
    out.write(_csv_line(stream.columns))
    written = 0
    for row in stream.rows:
        out.write(_csv_line([plain(value) for value in row]))
        written += 1
    return written


def markdown_writer(layout: Layout | None) -> Writer:
    """Make a writer of Markdown tables with the columns of a layout, or all columns without one."""
    return lambda stream, out: _write_markdown(stream, out, layout)


def encoded(value: object) -> str:
    """Encode JSON; integers beyond 64 bits, which orjson does not take, become text."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


def escaped(text: str) -> str:
    """Keep text inside its cell of a Markdown table, and Markdown out of it."""
    shown = values.visible(text)
    for mark in ("\\", "|", "`", "*", "_", "<", "[", "]"):
        shown = shown.replace(mark, "\\" + mark)
    return shown


def _write_markdown(stream: Stream, out: TextIO, layout: Layout | None) -> int:
    headers = [field.header for field in layout.fields] if layout else stream.columns
    out.write(_markdown_line(headers))
    out.write(_markdown_line(["---"] * len(headers), plain=True))
    written = 0
    for record in _records(stream):
        out.write(_markdown_line(_markdown_cells(record, layout)))
        written += 1
    return written


def _markdown_cells(record: Row, layout: Layout | None) -> Sequence[str]:
    if layout:
        return [field.show(record).plain for field in layout.fields]
    return [plain(value) for value in record.values()]


def _markdown_line(cells: Sequence[str], plain: bool = False) -> str:
    return f"| {' | '.join(cells if plain else map(escaped, cells))} |\n"


def plain(value: Value) -> str:
    """Write any value as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return encoded(value) if isinstance(value, list | dict) else str(value)


def _csv_line(cells: Sequence[str]) -> str:
    return ",".join(map(_csv_cell, cells)) + "\n"


def _csv_cell(text: str) -> str:
    """Quote what must be quoted; Python 3.11's csv leaves a lone carriage return bare, and a reader then sees two lines."""
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


def _records(stream: Stream) -> Iterator[Mapping[str, Value]]:
    columns = stream.columns
    for row in stream.rows:
        yield dict(zip(columns, row, strict=True))


WRITERS: Mapping[str, Writer] = {"json": write_json, "jsonl": write_jsonl, "csv": write_csv}
