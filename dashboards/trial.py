"""Run every query of the dashboards on a store, as Grafana would send them, and say which do not give what their panel needs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError

from auditradar.dashboards.layout import Board
from auditradar.dashboards.macros import ALL, Range, Value, expand
from auditradar.dashboards.panels import Panel
from auditradar.dashboards.render import HOLES
from auditradar.dashboards.targets import Format, source
from auditradar.dashboards.variables import Variable
from auditradar.ingest.engine import one_line

HOSTILE = """o'brien "x" \\ -- $cluster ${actor} $__timeFilter(x) %27 {a,b} /* ; */ 100% é"""
EXAMPLES: Mapping[str, str] = {
    "actor": "*alice*",
    "resource": "secrets",
    "namespace": "payments",
    "name": "*a*",
    "client": "kubectl",
    "client_ip": "192.0.0.0/8",
    "search": "SECRET",
    "gap": "3600",
}
"""What a person might type; every other text stays empty."""

EMPTY_ON_STAGE: Mapping[str, str] = {
    "hygiene/stale_list": "nobody is away for a month in a week",
    "ingest/loads": "the batches are loaded today, not in the simulated week",
    "ingest/reasons": "the lines are rejected today, not in the simulated week",
    "who/refused": "depends on the person; tried for all of them in the tests",
    "who/acting": "depends on the person; tried for all of them in the tests",
    "who/named_failures": "depends on the person; tried for all of them in the tests",
    "who/oauth_tokens": "depends on the person; tried for all of them in the tests",
    "who/tokens": "depends on the person; tried for all of them in the tests",
    "who/failures": "depends on the person; tried for all of them in the tests",
    "who/changes": "depends on the person; tried for all of them in the tests",
    "who/sensitive": "depends on the person; tried for all of them in the tests",
    "event/stages": "shows one request, and none is chosen",
    "event/facts": "shows one request, and none is chosen",
    "event/raw": "shows one request, and none is chosen",
    "event/around": "shows one request, and none is chosen",
    "retention/holds": "nobody holds anything on the stage",
    "evidence/access_to_audit_log": "nobody in the simulation reads audit logs",
    "evidence/default_service_accounts": "every program in the simulation has a service account of its own",
    "evidence/inactive_identities": "nobody is away for three months in a week",
    "evidence/old_credentials": "no credential grows old in a week",
    "evidence/people_by_credential@credential_kinds=static-or-bootstrap-token": "nobody in the simulation has a static token",
    "evidence/repeated_guesses": "the simulated API servers name nobody in a 401, as real ones do not",
}
"""Panels without rows on simulated data, and why that is right."""

AGGREGATE = "AggregateFunction"
CASES = ("all", "one value", "several values", "empty", "hostile text")
MADE_ALIKE = "controls/"
"""Panels that put together queries which the dashboard of evidence tries one by one, under every kind of value."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Be one thing that is wrong: where, under which values, and what."""

    where: str
    case: str
    what: str

    def __str__(self) -> str:
        """Write it as one line."""
        return f"{self.where} ({self.case}): {self.what}"


@dataclass(frozen=True, slots=True)
class Answer:
    """Be what the engine gave: column names, rows, and the columns whose type is not that of their values alone."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    wrapped: tuple[str, ...] = ()


def ask(client: Client, sql: str) -> Answer:
    """Run one query."""
    result = client.query(sql)
    if result.result_rows:
        named = zip(result.column_names, result.column_types, strict=True)
        wrapped = tuple(name for name, kind in named if AGGREGATE in kind.name)
        return Answer(tuple(result.column_names), result.result_rows, wrapped)
    # The native format says no column names where there is no row.
    heading = client.raw_query(sql, fmt="TabSeparatedWithNames").decode().split("\n", 1)[0]
    return Answer(tuple(heading.split("\t")), [])


def cases_of(board: Board) -> Sequence[str]:
    """Say under which kinds of values a dashboard is worth trying."""
    return CASES[:1] if any(panel.source.startswith(MADE_ALIKE) for panel in board.panels) else CASES


def try_board(client: Client, board: Board, when: Range, cases: Sequence[str] = CASES) -> Iterator[Fault]:
    """Try all queries of a dashboard under every kind of value."""
    options = {variable["name"]: _options(client, variable, when) for variable in board.variables}
    for case in cases:
        values = {name: _value(name, kinds, case) for name, kinds in options.items()}
        for panel in board.panels:
            yield from _try_panel(client, panel, values, when, case)
        if board.tag:
            yield from _failing(client, expand(source(HOLES).text, values, when), HOLES, case, most=4)
    for variable in board.variables:
        yield from _try_variable(client, variable, when)


def defaults_of(client: Client, board: Board, when: Range) -> dict[str, Value]:
    """Give the values that a dashboard has when it is opened."""
    return {variable["name"]: _value(variable["name"], _options(client, variable, when), "all") for variable in board.variables}


def _options(client: Client, variable: Variable, when: Range) -> tuple[str, list[str]]:
    """Find what a variable may be: its type, and the values it offers."""
    kind = "person" if variable["type"] == "query" and not variable.get("multi") else variable["type"]
    if variable["type"] == "query":
        return kind, [str(row[0]) for row in ask(client, expand(variable["definition"], {}, when)).rows]
    offered = [option["value"] for option in variable.get("options", [])]
    return ("multi" if variable.get("multi") else kind), [value for value in offered if isinstance(value, str)]


def _value(name: str, found: tuple[str, list[str]], case: str) -> Value:
    kind, options = found
    if kind in {"query", "multi"}:
        several = {"all": [ALL], "one value": options[:1], "several values": options[:3], "empty": [], "hostile text": [HOSTILE, "\\"]}
        return several[case]
    if case == "hostile text" and kind != "constant":
        return HOSTILE
    if kind == "textbox":
        return EXAMPLES.get(name, "") if case == "one value" else ""
    return "" if case == "empty" and kind == "person" else (options or [""])[1 if case == "several values" and len(options) > 1 else 0]


def _try_panel(client: Client, panel: Panel, values: Mapping[str, Value], when: Range, case: str) -> Iterator[Fault]:
    try:
        answer = ask(client, expand(source(panel.source).text, values, when))
    except ClickHouseError as cause:
        yield Fault(panel.source, case, one_line(cause))
        return
    for what in wrong(panel, answer):
        yield Fault(panel.source, case, what)
    if case == "all" and not answer.rows and panel.source not in EMPTY_ON_STAGE:
        yield Fault(panel.source, case, "it has no row")


def wrong(panel: Panel, answer: Answer) -> Iterator[str]:
    """Say what a panel misses in an answer."""
    exact = panel.kind in {"table", "stat"}
    if exact and answer.columns != panel.columns:
        yield f"it gives {', '.join(answer.columns)} where the panel shows {', '.join(panel.columns)}"
    if not exact and set(answer.columns) - set(panel.columns) ^ set(panel.columns) - set(answer.columns):
        yield f"it gives {', '.join(answer.columns)} where the panel needs {', '.join(panel.columns)}"
    lists = {name for row in answer.rows for name, value in zip(answer.columns, row, strict=True) if isinstance(value, list | tuple | dict)}
    if lists:
        yield f"it gives {', '.join(sorted(lists))} as lists, which Grafana shows as JSON"
    if answer.wrapped:
        yield f"it gives {', '.join(answer.wrapped)} with the type of a rollup, which Grafana shows as JSON"
    if panel.format is not Format.TABLE and answer.rows:
        yield from _wrong_times(panel, answer)


def _wrong_times(panel: Panel, answer: Answer) -> Iterator[str]:
    times = [row[0] for row in answer.rows]
    if not all(isinstance(time, datetime) for time in times):
        yield f"its first column {answer.columns[0]} is no time"
    elif times != sorted(times, reverse=panel.format is Format.LOGS):
        yield "its rows are not in the order of time"


def _try_variable(client: Client, variable: Variable, when: Range) -> Iterator[Fault]:
    if variable["name"] == "clickhouse_adhoc_query":
        for column in ("verb", "user_agent", "component", "credential_kind", "reason"):
            sql = variable["query"].replace("$__adhoc_column", column)
            yield from _failing(client, sql, f"variable {variable['name']}")
    elif variable["type"] == "query":
        yield from _failing(client, expand(variable["definition"], {}, when), f"variable {variable['name']}")


def _failing(client: Client, sql: str, where: str, case: str = "", most: int = 2) -> Iterator[Fault]:
    try:
        answer = ask(client, sql)
    except ClickHouseError as cause:
        yield Fault(where, case, one_line(cause))
        return
    if len(answer.columns) > most:
        yield Fault(where, case, f"it gives {len(answer.columns)} columns where {most} are read")
