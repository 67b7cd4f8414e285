"""Know the names that a statement may use: functions, table functions, tables of the system, formats.

What the engine offers is asked from the engine; what of it reaches nothing but this database is named in sql/queries/front and here. A name
that a newer engine adds is unknown here, and so refused.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from auditradar.ingest.engine import Engine
from auditradar.ingest.front.words import names
from auditradar.sql import query

TABLE_FUNCTIONS = frozenset({"generate_series", "generateseries", "numbers", "numbers_mt", "values", "view", "zeros", "zeros_mt"})
"""They compute from their arguments; how long and how much, the limits say."""
SYSTEM_TABLES = frozenset(
    {
        "aggregate_function_combinators",
        "build_options",
        "collations",
        "columns",
        "contributors",
        "data_skipping_indices",
        "data_type_families",
        "databases",
        "dictionaries",
        "formats",
        "functions",
        "keywords",
        "licenses",
        "numbers",
        "numbers_mt",
        "one",
        "parts",
        "settings",
        "table_engines",
        "table_functions",
        "tables",
        "time_zones",
        "view_refreshes",
        "zeros",
        "zeros_mt",
    }
)
"""What drivers and commands look up. The rest tells of other people's queries, of the process and of the machine."""
INFORMATION_SCHEMA = "information_schema"  # in lower and in upper case; its views show what a reader may see anyway
FORMATS = names(
    """Arrow ArrowStream Avro BSONEachRow CSV CSVWithNames CSVWithNamesAndTypes CustomSeparated CustomSeparatedWithNames
    CustomSeparatedWithNamesAndTypes GeoJSON HiveText JSON JSONColumns JSONColumnsWithMetadata JSONCompact JSONCompactColumns
    JSONCompactEachRow JSONCompactEachRowWithNames JSONCompactEachRowWithNamesAndTypes JSONCompactEachRowWithProgress JSONCompactStrings
    JSONCompactStringsEachRow JSONCompactStringsEachRowWithNames JSONCompactStringsEachRowWithNamesAndTypes
    JSONCompactStringsEachRowWithProgress JSONEachRow JSONEachRowWithProgress JSONL JSONLines JSONObjectEachRow JSONStrings
    JSONStringsEachRow JSONStringsEachRowWithProgress LineAsString MD Markdown MsgPack NDJSON Native Npy Null ORC Parquet Pretty
    PrettyCompact PrettyCompactMonoBlock PrettyCompactNoEscapes PrettyCompactNoEscapesMonoBlock PrettyJSONEachRow PrettyJSONLines
    PrettyMonoBlock PrettyNDJSON PrettyNoEscapes PrettyNoEscapesMonoBlock PrettySpace PrettySpaceMonoBlock PrettySpaceNoEscapes
    PrettySpaceNoEscapesMonoBlock Prometheus Raw RawBLOB RawWithNames RawWithNamesAndTypes RowBinary RowBinaryWithNames
    RowBinaryWithNamesAndTypes SQLInsert TSKV TSV TSVRaw TSVRawWithNames TSVRawWithNamesAndTypes TSVWithNames TSVWithNamesAndTypes
    TabSeparated TabSeparatedRaw TabSeparatedRawWithNames TabSeparatedRawWithNamesAndTypes TabSeparatedWithNames
    TabSeparatedWithNamesAndTypes Values Vertical XML"""
)
"""Formats that need no schema and no template from a file."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Be the names of one engine; functions by name, True where they may be called."""

    database: str
    functions: Mapping[str, bool]
    caseless: Mapping[str, bool]
    aggregates: frozenset[str]
    combinators: tuple[str, ...]
    table_functions: frozenset[str]

    def knows_table_function(self, name: str) -> bool:
        """Tell whether a name is one of the engine's table functions; names there have no case."""
        return name.lower() in self.table_functions

    def may_call(self, name: str) -> bool:
        """Tell whether a function may be called; an aggregate function with its combinators as without them."""
        known = self._known(name)
        return self._base_of(name) is not None if known is None else known

    def is_forbidden(self, name: str) -> bool:
        """Tell whether a name is a function that may not be called: it must not be passed to another function either."""
        return self._known(name) is False

    def _known(self, name: str) -> bool | None:
        known = self.functions.get(name)
        return self.caseless.get(name.lower()) if known is None else known

    def _base_of(self, name: str) -> str | None:
        for ending in self.combinators:
            base = name.removesuffix(ending)
            if base not in ("", name) and (base in self.aggregates or base.lower() in self.aggregates or self._base_of(base)):
                return base
        return None


def read_vocabulary(engine: Engine) -> Vocabulary:
    """Ask the engine for its names."""
    rows = engine.rows(query("front/functions").text)
    ask = functools.partial(_names, engine)
    return Vocabulary(
        database=engine.dsn.database,
        functions={name: bool(allowed) for name, _, _, allowed in rows},
        caseless={name.lower(): bool(allowed) for name, _, caseless, allowed in rows if caseless},
        aggregates=frozenset(
            spelling
            for name, aggregate, caseless, allowed in rows
            if aggregate and allowed
            for spelling in (name, *([name.lower()] if caseless else []))
        ),
        combinators=tuple(ask("combinators")),
        table_functions=frozenset(ask("table_functions")),
    )


def _names(engine: Engine, name: str) -> list[str]:
    return [str(row[0]) for row in engine.rows(query(f"front/{name}").text)]
