"""Ask the store for a report: whole answers or none, in the engine's own formats."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from auditradar.ingest.engine import Engine, translated
from auditradar.ingest.errors import ReportError
from auditradar.ingest.reading.patience import waited_for
from auditradar.ingest.reading.reader import SETTINGS
from auditradar.ingest.reading.result import Row
from auditradar.ingest.reading.statement import said_shortly

Parameters = Mapping[str, Any]

_LIMITS = ("read", "result", "group_by", "sort", "distinct", "set", "join", "transfer", "timeout")
COMPLETE: Mapping[str, Any] = {
    **{f"{name}_overflow_mode": "throw" for name in _LIMITS},  # a profile that cuts answers short must fail instead
    "limit": 0,
    "offset": 0,
    "format_csv_null_representation": "",  # an empty cell, not the \\N of databases
    "output_format_parquet_parallel_encoding": 0,  # the same bytes whatever the number of processors
    "output_format_parquet_compression_method": "zstd",
}
FORMATS: Mapping[str, str] = {"csv": "CSVWithNames", "parquet": "Parquet"}


class Store:
    """Be the store that a report reads; it changes nothing."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        # A server that fails half way would else leave the beginning of an answer behind; the embedded engine answers at once.
        settings = {**SETTINGS, **COMPLETE} | ({} if engine.dsn.embedded else {"wait_end_of_query": 1})
        self._client = engine.new_client(settings)

    @property
    def reads_files(self) -> bool:
        """Say whether statements can read the files of a pack: the engine is in this process."""
        return self.engine.dsn.embedded

    def structure(self, statement: str, parameters: Parameters) -> str:
        """Give the columns that a statement describes, as table functions take them."""
        return ", ".join(f"`{row['name']}` {row['type']}" for row in self.rows(statement, parameters))

    def rows(self, statement: str, parameters: Parameters) -> list[Row]:
        """Give all rows of a short answer."""
        with said_shortly("make the report"), translated(self.engine.dsn):
            said = waited_for(lambda: self._client.raw_query(statement, parameters=dict(parameters), fmt="JSONCompact"))
        answer = orjson.loads(said)
        names = [column["name"] for column in answer["meta"]]
        return [dict(zip(names, row, strict=True)) for row in answer["data"]]

    def write(self, statement: str, parameters: Parameters, path: Path) -> None:
        """Write a whole answer into a file, in the format that its suffix names."""
        fmt = FORMATS[path.suffix.removeprefix(".")]
        with said_shortly("make the report"), translated(self.engine.dsn):
            answer: Any = waited_for(lambda: self._client.raw_stream(statement, parameters=dict(parameters), fmt=fmt))
            try:
                with path.open("xb") as file:
                    shutil.copyfileobj(answer, file, 1 << 20)
            except OSError as cause:
                raise ReportError(f"cannot write {path.name} of the pack: {cause.strerror or cause}") from None
            finally:
                answer.close()
