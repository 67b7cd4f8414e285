"""Write the page for people: one HTML file without any request to anywhere, readable by everybody, on screen and on paper."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from auditradar.ingest.reading.result import Row
from auditradar.ingest.report.charts import strip
from auditradar.ingest.report.report import Report

WORDS: Mapping[str, str] = {
    "pass": "in order",
    "attention": "attention",
    "fail": "fails",
    "no-data": "no data",
    "not-applicable": "not applicable",
    "no row: pass": "no row, in order",
    "no row: attention": "no row, attention",
    "no row: no-data": "no row, no data",
    "no row: not-applicable": "no row, not applicable",
}
"""Statuses as people read them."""
LONGEST = 300
"""Characters of a cell that are shown."""
MOST_HOLES = 50
_MOMENT = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$")
"""A moment as the engine writes it; the page shows whole seconds."""
_PIECES = re.compile(r"[\s/-]+")
"""Where a browser may break a line by itself."""
WIDE, LONG = 24, 14
"""Characters from which a cell is text that wants room, and a piece of it a name that must be broken to fit a sheet."""
_MOST_DIGITS = 18
"""A longer row of digits is a name, not a number."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Be a table of the page."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def looks(self) -> list[str]:
        """Say what each column holds: numbers stand to the right, moments are never broken, text gets room, names break anywhere."""
        return [_look([str(row[at]) for row in self.rows]) for at in range(len(self.columns))]


def _look(cells: Sequence[str]) -> str:
    if cells and all(cell.isascii() and cell.isdigit() and len(cell) <= _MOST_DIGITS for cell in cells):
        return "number"
    if cells and all(_MOMENT.match(cell) or not cell for cell in cells):
        return "moment"
    longest = max((len(piece) for cell in cells for piece in _PIECES.split(cell)), default=0)
    return " ".join([*(["text"] if any(len(cell) > WIDE for cell in cells) else []), *(["name"] if longest > LONG else [])])


def grid(rows: Sequence[Row], most: int = 1_000) -> Grid:
    """Make a table of rows that have the same columns."""
    return Grid(tuple(rows[0]) if rows else (), tuple(tuple(row.values()) for row in rows[:most]))


def shortened(cell: object) -> str:
    """Cut a cell that is too long for a page, and show what cannot be seen: control characters that could mislead a reader."""
    text = _MOMENT.sub(r"\1 \2", "".join(_visible(character) for character in str(cell)))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def plain(words: str) -> str:
    """Take the marks of code out of the words of a header."""
    return words.replace("`", "")


def _visible(character: str) -> str:
    """Show controls and the marks that turn the direction of a text as their numbers."""
    hidden = ord(character) < 32 or 127 <= ord(character) < 160 or unicodedata.category(character) == "Cf"
    return f"\\u{ord(character):04x}" if hidden else character


def write_page(report: Report) -> str:
    """Write the page."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["shortened"] = shortened
    environment.filters["plain"] = plain
    folder = files("auditradar.ingest.report")
    template = environment.from_string(folder.joinpath("page.html").read_text(encoding="utf-8"))
    return template.render(
        report=report,
        words=WORDS,
        since=report.order.since.strftime("%Y-%m-%d %H:%M:%S"),
        until=report.order.until.strftime("%Y-%m-%d %H:%M:%S"),
        style=Markup(folder.joinpath("page.css").read_text(encoding="utf-8")),  # noqa: S704  # our own file
        strip=strip([result.status for result in report.results]),
        clusters=grid(report.clusters),
        holes=grid(report.holes, MOST_HOLES),
        rejected=grid(report.rejected),
        blind=grid(report.blind),
        sample=lambda result: Grid(result.sample.columns, tuple(tuple(row) for row in result.sample.rows)),
    )
