"""Run queries for reading: a page for people, a stream for programs."""

import functools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import orjson

from auditradar.ingest.engine import Engine, translated
from auditradar.ingest.reading.patience import waited_for
from auditradar.ingest.reading.result import Page, Row, Stream, Value
from auditradar.sql import query

Parameters = Mapping[str, Any]
Converters = Sequence[tuple[int, Callable[[Any], Value]]]

ALL = 2**63 - 1
"""Limit that never limits."""

SETTINGS: Mapping[str, Any] = {
    "readonly": 2,  # ClickHouse: reading and changing settings, nothing else
    "date_time_output_format": "iso",
    "exact_rows_before_limit": 1,
    "max_block_size": 8192,  # rows that are in memory at once when streaming
    "max_bytes_before_external_sort": 256 * 1024 * 1024,  # larger sorts go to disk: an export of everything must fit
}
WHOLE_SECONDS = ("DateTime", "DateTime('UTC')")
AS_IS = ("String", "LowCardinality(String)", "UInt", "Int", "Bool", "FixedString", "Enum")


class Reader:
    """Read from one engine with a client that can change nothing."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._client = engine.new_client(SETTINGS)

    def page(self, name: str, parameters: Parameters) -> Page:
        """Run `sql/queries/<name>.sql` and count the rows that its limit left out."""
        return self.page_of(query(name).text, parameters)

    def records(self, name: str, parameters: Parameters) -> list[Row]:
        """Run a named query whose answer is short."""
        return self.page(name, parameters).records

    def stream(self, name: str, parameters: Parameters) -> Stream:
        """Run a named query and read its answer block by block."""
        return self.stream_of(query(name).text, parameters)

    def page_of(self, text: str, parameters: Parameters, limit: int = 0) -> Page:
        """Run a statement; `limit` cuts the answer where the statement itself does not."""
        with translated(self.engine.dsn):
            settings = {"limit": limit} if limit else {}
            ask = functools.partial(self._client.raw_query, text, parameters=dict(parameters), fmt="JSONCompact", settings=settings)
            answer = waited_for(ask)
        said = orjson.loads(answer)
        rows = tuple(said["data"])
        return Page(tuple(column["name"] for column in said["meta"]), rows, said.get("rows_before_limit_at_least", len(rows)))

    def stream_of(self, text: str, parameters: Parameters, limit: int = 0) -> Stream:
        """Run a statement and read its answer block by block; an error on the way is raised where the rows are read."""
        with translated(self.engine.dsn):
            settings = {"limit": limit} if limit else {}
            blocks = self._client.query_row_block_stream(text, parameters=dict(parameters), settings=settings)
        source: Any = blocks.source  # a QueryResult; the library types it as anything that closes
        columns = tuple(source.column_names)
        if not columns:
            # chDB 4.4 gives no block, and so no names, for an empty answer.
            with blocks:
                return Stream(self.page_of(text, parameters).columns, iter(()))
        types = [str(kind.name) for kind in source.column_types]
        return Stream(columns, self._rows(blocks, _converters(types)))

    def _rows(self, blocks: Any, converters: Converters) -> Iterator[Sequence[Value]]:
        with translated(self.engine.dsn), blocks:
            for block in blocks:
                for row in block:
                    yield _plain_row(row, converters) if converters else row


def _converters(types: Sequence[str]) -> Converters:
    """List the columns whose Python values JSON does not have, with what makes them plain."""
    return [
        (index, _whole_seconds if name in WHOLE_SECONDS else plain_value) for index, name in enumerate(types) if not name.startswith(AS_IS)
    ]


def _plain_row(row: Sequence[Any], converters: Converters) -> Sequence[Value]:
    plain = list(row)
    for index, convert in converters:
        plain[index] = convert(plain[index])
    return plain


def _whole_seconds(value: datetime) -> Value:
    """Write a DateTime as the engine does: it has no fractions."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def plain_value(value: Any) -> Value:
    """Turn a value of the client library into one that JSON has."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None  # JSON has neither NaN nor infinities
    if isinstance(value, date):
        return iso(value) if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain_value(part) for key, part in value.items()}
    return [plain_value(part) for part in value] if isinstance(value, Sequence) else str(value)


def iso(moment: datetime) -> str:
    """Write a moment as the exports do: UTC, microseconds, Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
