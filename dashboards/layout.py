"""Where panels stand: a dashboard is a list of rows, and only this module knows the grid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from auditradar.dashboards.defaults import COLUMNS, REFRESH
from auditradar.dashboards.panels import Panel
from auditradar.dashboards.variables import Variable


@dataclass(frozen=True, slots=True)
class Row:
    """Be panels side by side, all of one height; their weights share the width."""

    height: int
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Be a heading between rows."""

    title: str


@dataclass(frozen=True, slots=True)
class Board:
    """Be one dashboard as its module describes it: `slug` makes its address, `question` is what it answers."""

    slug: str
    title: str
    question: str
    tag: str
    variables: tuple[Variable, ...]
    rows: tuple[Row | Section, ...]
    time_from: str = ""
    refresh: str = REFRESH

    @property
    def panels(self) -> list[Panel]:
        """List its panels in reading order."""
        return [panel for row in self.rows if isinstance(row, Row) for panel in row.panels]


@dataclass(frozen=True, slots=True)
class Place:
    """Be a position on the grid, in columns and rows of Grafana."""

    x: int
    y: int
    w: int
    h: int


def row(height: int, *panels: Panel) -> Row:
    """Put panels side by side."""
    return Row(height, panels)


def section(title: str) -> Section:
    """Begin a part of the page."""
    return Section(title)


def placed(rows: Sequence[Row | Section]) -> Iterator[tuple[Panel | Section, Place]]:
    """Give every panel and heading its place, from top to bottom."""
    y = 0
    for entry in rows:
        if isinstance(entry, Section):
            yield entry, Place(0, y, COLUMNS, 1)
            y += 1
            continue
        x = 0
        for panel, width in zip(entry.panels, widths([panel.weight for panel in entry.panels]), strict=True):
            yield panel, Place(x, y, width, entry.height)
            x += width
        y += entry.height


def widths(weights: Sequence[int]) -> list[int]:
    """Share the columns by weight; what does not divide goes to the first ones, so that a row is always full."""
    total = sum(weights)
    shares = [COLUMNS * weight // total for weight in weights]
    for index in range(COLUMNS - sum(shares)):
        shares[index % len(shares)] += 1
    return shares


def panel_id(name: str) -> int:
    """Number a panel by its name, so that links to it outlive a change of the layout."""
    return 1 + crc32(name.encode()) % 999_983
