"""Hold what a query answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = bool | int | float | str | list["Value"] | dict[str, "Value"] | None
"""A value as JSON has it; times are ISO 8601 text in UTC with microseconds and Z."""

Row: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Page:
    """Be the first rows of an answer, and how many there are in all."""

    columns: tuple[str, ...]
    rows: tuple[Sequence[Value], ...]
    total: int

    @property
    def records(self) -> list[Row]:
        """Give the rows with their column names."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Stream:
    """Be a whole answer, read once, block by block."""

    columns: tuple[str, ...]
    rows: Iterator[Sequence[Value]]
