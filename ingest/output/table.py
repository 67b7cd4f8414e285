"""Fit a table into a terminal: columns give way whole before an address or a time would be cut."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from auditradar.ingest.output.fields import Field, Layout
from auditradar.ingest.reading.result import Row

SEPARATORS = (re.compile(r"[/:@,]"), re.compile(r"[._=-]"))
SQUEEZED = 10  # columns of a folded field where there is no other way
BETWEEN = 2  # columns between two fields: one of padding, one that the box draws as a blank


@dataclass(slots=True)
class _Part:
    field: Field
    cells: list[Text]
    natural: int
    width: int = 0

    floor: int = 0

    @property
    def least(self) -> int:
        """Give how narrow it may be: its field's limit, or the floor where there is no other way."""
        return min(self.natural, self.floor or self.field.least) if self.field.least else self.natural


@dataclass(frozen=True, slots=True)
class Fitted:
    """Be a table that fits; `alike` are columns whose rows all said the same, `dropped` those that found no room."""

    table: Table
    width: int
    cells: tuple[Text, ...]
    alike: tuple[str, ...]
    dropped: tuple[str, ...]


def fit(layout: Layout, rows: Sequence[Row], width: int, title: str = "") -> Fitted:
    """Lay rows out for a width."""
    parts = [part for part in (_part(field, rows) for field in layout.fields) if not rows or any(cell.plain for cell in part.cells)]
    parts, alike = _without_alike(parts, rows)
    parts, dropped = _without_wide(parts, width)
    if _needed([part.least for part in parts]) > width:
        _squeeze(parts)
    _share(parts, width)
    table = Table(
        box=SIMPLE_HEAD, padding=(0, BETWEEN - 1, 0, 0), pad_edge=False, show_edge=False, title=title or None, title_justify="left"
    )
    for part in parts:
        _add(table, part)
    for cells in zip(*(part.cells for part in parts), strict=True):
        table.add_row(*(cell if part.field.cut else _broken(cell, part.width) for part, cell in zip(parts, cells, strict=True)))
    width = _needed([part.width for part in parts])
    return Fitted(
        table, width, tuple(cell for part in parts for cell in part.cells), tuple(alike), tuple(part.field.header for part in dropped)
    )


def draw(console: Console, layout: Layout, rows: Sequence[Row], title: str = "") -> Fitted:
    """Print a table and tell what it could not show."""
    fitted = fit(layout, rows, console.width, title)
    before = console.width
    console.width = max(before, fitted.width)
    if console.is_terminal:
        console.print(fitted.table, crop=False, no_wrap=True)
    else:
        with console.capture() as captured:
            console.print(fitted.table, crop=False, no_wrap=True)
        # Cells are filled with blanks to the longest of their column, and in a file there is no other limit to that.
        console.file.writelines(line.rstrip() + "\n" for line in captured.get().splitlines())
    console.width = before
    return fitted


def header_pieces(header: str) -> list[str]:
    """Give the pieces between which a header may be broken: after a blank or an underscore."""
    return re.findall(r"[^_ ]*[_ ]*", header)[:-1] or [header]


def _headed(header: str, width: int) -> str:
    """Break a header into lines at its pieces."""
    lines = [""]
    for piece in header_pieces(header):
        if lines[-1] and len((lines[-1] + piece).rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.rstrip() for line in lines)


def _broken(cell: Text, width: int) -> Text:
    """Break words that do not fit, after a separator where there is one: a path or a name of parts stays readable."""
    offsets = []
    for word in re.finditer(r"\S+", cell.plain):
        begin = word.start()
        while word.end() - begin > width:
            begin = _break_at(cell.plain, begin, begin + width)
            offsets.append(begin)
    return Text("\n").join(cell.divide(offsets)) if offsets else cell


def _break_at(text: str, begin: int, end: int) -> int:
    """Find the last separator in the second half of what fits: one that parts names, else one within a name."""
    for separator in SEPARATORS:
        ends = [match.end() for match in separator.finditer(text, (begin + end) // 2, end)]
        if ends:
            return ends[-1]
    return end


def _part(field: Field, rows: Sequence[Row]) -> _Part:
    cells = [field.show(row) for row in rows]
    longest = max((cell.cell_len for cell in cells), default=0)
    return _Part(field, cells, max(longest, len(field.header)))


def _without_alike(parts: list[_Part], rows: Sequence[Row]) -> tuple[list[_Part], list[str]]:
    alike = [part for part in parts if len(rows) > 1 and part.field.same and len({cell.plain for cell in part.cells}) == 1]
    words = [f"{part.field.header} {part.cells[0].plain.removeprefix('● ')}" for part in alike if part.cells[0].plain]
    return [part for part in parts if part not in alike], words


def _without_wide(parts: list[_Part], width: int) -> tuple[list[_Part], list[_Part]]:
    kept, dropped = list(parts), []
    while _needed([part.least for part in kept]) > width:
        droppable = [part for part in kept if part.field.drop]
        if not droppable:
            break
        first = max(droppable, key=lambda part: part.field.drop)
        kept.remove(first)
        dropped.append(first)
    return kept, dropped


def _squeeze(parts: Sequence[_Part]) -> None:
    """Fold what can be folded further than is nice: a table wider than the terminal is worse."""
    for part in parts:
        part.floor = SQUEEZED


def _share(parts: Sequence[_Part], width: int) -> None:
    """Give every column what it must have, and share what is left: first among those that fold, then among those that may be cut."""
    for part in parts:
        part.width = part.least
    for cut in (False, True):
        spare = max(0, width - _needed([part.width for part in parts]))
        wanting = [part for part in parts if part.field.cut is cut and part.natural > part.width]
        wanted = sum(part.natural - part.width for part in wanting)
        for part in wanting:
            part.width += min(part.natural - part.width, spare * (part.natural - part.width) // wanted)


def _needed(widths: Sequence[int]) -> int:
    return sum(widths) + BETWEEN * (len(widths) - 1)


def _add(table: Table, part: _Part) -> None:
    table.add_column(
        _headed(part.field.header, part.width),
        justify="right" if part.field.right else "left",
        width=part.width,
        overflow="ellipsis" if part.field.cut else "fold",
        no_wrap=part.field.cut or not part.field.least,
        header_style="bold",
    )
