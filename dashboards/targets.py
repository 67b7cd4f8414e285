"""Queries of panels: read from sql/panels, wrapped as targets of the ClickHouse data source."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any

from auditradar.dashboards.controls import control_panel
from auditradar.dashboards.defaults import DATASOURCE, PLUGIN_VERSION
from auditradar.sql import panel


class Format(IntEnum):
    """How the data source shapes the answer; the numbers of the plugin SDK's sqlutil."""

    TIME_SERIES = 0
    TABLE = 1
    LOGS = 2


_QUERY_TYPES = {Format.TIME_SERIES: "timeseries", Format.TABLE: "table", Format.LOGS: "logs"}


@dataclass(frozen=True, slots=True)
class Source:
    """Be one query file: the panel's title, what it shows and cannot show, what its emptiness means, and where to go next.

    `asked` are the named queries of auditors about the same.
    """

    name: str
    title: str
    question: str
    empty: str
    next: str
    asked: tuple[str, ...]
    text: str


@cache
def source(name: str) -> Source:
    """Read `sql/panels/<name>.sql`, or what the controls make of a name that begins with `controls/` or `evidence/`."""
    read = control_panel(name) if name.startswith(("controls/", "evidence/")) else panel(name)
    asked = tuple(read.header.get("queries", "").split())
    return Source(name, read.title, read.question, read.header.get("empty", ""), read.header.get("next", ""), asked, read.text)


def target(sql: str, fmt: Format) -> dict[str, Any]:
    """Wrap SQL as the JSON that the data source reads; `format` must be a number."""
    return {
        "refId": "A",
        "datasource": DATASOURCE,
        "editorType": "sql",
        "queryType": _QUERY_TYPES[fmt],
        "format": int(fmt),
        "rawSql": sql,
        "pluginVersion": PLUGIN_VERSION,
    }
