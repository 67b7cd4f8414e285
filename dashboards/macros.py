"""What Grafana and its ClickHouse data source do to a query before ClickHouse sees it: a port, to run panels without them.

Frontend first (conditionalAll, then variables, then ad-hoc filters), then the backend's time macros; the order matters, because a
value may look like a macro. After plugin 4.20.0 (src/data/CHDatasource.ts, pkg/macros/macros.go) and Grafana's format registry.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

Value = str | Sequence[str]

ALL = "$__all"
_VARIABLE = re.compile(r"\$\{(\w+)(?::(\w+))?\}|\$(\w+)")
_NAMED = re.compile(r"(?<=\$\{)\w+(?=\})|(?<=\$)\w+")
_ADHOC = re.compile(r"\$__adHocFilters\s*\(([^)]+)\)")
_BACKEND = re.compile(r"\$__(\w+?)\b(\(|)")


@dataclass(frozen=True, slots=True)
class Range:
    """Be the time range of a dashboard, and the width in seconds of one bucket of a chart."""

    start: datetime
    end: datetime
    interval: int = 60


def expand(sql: str, variables: Mapping[str, Value], when: Range, adhoc: Sequence[tuple[str, str, str]] = ()) -> str:
    """Give the text that reaches ClickHouse; an unknown variable or macro stays as it is, as Grafana leaves it."""
    chosen = apply_adhoc(interpolate(conditional_all(sql, variables), variables), adhoc)
    return apply_backend(chosen, when)


def conditional_all(sql: str, variables: Mapping[str, Value]) -> str:
    """Replace every `$__conditionalAll(condition, $variable)` by its condition, or by 1=1 where the variable is All or empty."""
    macro = "$__conditionalAll("
    while (at := sql.rfind(macro)) != -1:
        arguments = _arguments(sql[at + len(macro) - 1 :])
        if len(arguments) != 2:
            return sql
        condition, named = arguments
        found = _NAMED.search(named.strip())
        value = variables.get(found[0]) if found else None
        text = value if isinstance(value, str) or value is None else ",".join(value)
        phrase = "1=1" if text in {"", ALL} else condition
        sql = sql.replace(f"{macro}{condition},{named})", phrase, 1)
    return sql


def _arguments(text: str) -> list[str]:
    """Split what stands in the first brackets of a text at its top-level commas; quotes do not count, as in the plugin."""
    arguments, depth, begin = [], 0, 1
    for match in re.finditer(r"[(),]", text):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if match[0] == "," and depth == 1:
            arguments.append(text[begin : match.start()])
            begin = match.end()
        if depth == 0:
            return [*arguments, text[begin : match.start()]]
    return []


def interpolate(sql: str, variables: Mapping[str, Value]) -> str:
    """Put the values of variables into a text, in the format that each place asks for."""

    def replaced(match: re.Match[str]) -> str:
        name = match[1] or match[3]
        return FORMATS[match[2] or ""](variables[name]) if name in variables else match[0]

    return _VARIABLE.sub(replaced, sql)


def _plain(value: Value) -> str:
    return value if isinstance(value, str) else "'" + "','".join(value) + "'"


def _percent(value: Value) -> str:
    text = value if isinstance(value, str) else "{" + ",".join(value) + "}"
    return quote(text, safe="-_.~")


def _single(value: Value) -> str:
    values = [value] if isinstance(value, str) else value
    return ",".join("'" + one.replace("'", "\\'") + "'" for one in values)


FORMATS: Mapping[str, Callable[[Value], str]] = {"": _plain, "percentencode": _percent, "singlequote": _single, "raw": _plain}
"""The formats that our queries may use; another one is a mistake and fails."""


def apply_adhoc(sql: str, filters: Sequence[tuple[str, str, str]]) -> str:
    """Expand `$__adHocFilters('table')`; filters are (column, operator, value), and values are not escaped, as in the plugin."""
    joined = " AND ".join(f" {key} {operator} \\'{value}\\' " for key, operator, value in filters)

    def replaced(match: re.Match[str]) -> str:
        tables = re.findall(r"['\"]([^'\"]+)['\"]", match[1])
        settings = ", ".join(f"'{table}': '{joined}'" for table in tables) if joined else ""
        return f"additional_table_filters={{{settings}}}"

    return _ADHOC.sub(replaced, sql)


def apply_backend(sql: str, when: Range) -> str:
    """Expand the macros of the backend outside of quotes, comments gone; unknown ones stay."""
    made, rest = [], without_comments(sql)
    while match := _next_macro(rest):
        name, begin = match[1], match.start()
        if name not in BACKEND:
            made.append(rest[: match.end()])
            rest = rest[match.end() :]
            continue
        arguments = _arguments(rest[match.end() - 1 :]) if match[2] else []
        end = _closing(rest, match.end() - 1) if match[2] else match.end()
        made += [rest[:begin], BACKEND[name](when, [argument.strip() for argument in arguments])]
        rest = rest[end:]
    return "".join(made) + rest


def _next_macro(text: str) -> re.Match[str] | None:
    quoted = [(match.start(), match.end()) for match in _QUOTED.finditer(text)]
    for match in _BACKEND.finditer(text):
        if not any(begin < match.start() < end for begin, end in quoted):
            return match
    return None


_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|`[^`]*`|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_COMMENT = re.compile(r"('(?:[^'\\]|\\.)*')|--[^\n]*|/\*.*?\*/", re.DOTALL)


def without_comments(sql: str) -> str:
    """Drop comments, but not what looks like one within a string."""
    return _COMMENT.sub(lambda match: match[1] or "", sql)


def _closing(text: str, opening: int) -> int:
    depth = 0
    for at in range(opening, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at + 1
    return len(text)


def _seconds(moment: datetime) -> str:
    return f"toDateTime({int(moment.timestamp())})"


def _millis(moment: datetime) -> str:
    return f"fromUnixTimestamp64Milli({int(moment.timestamp() * 1000)})"


def _date(moment: datetime) -> str:
    return f"toDate('{moment:%Y-%m-%d}')"


def _between(column: str, when: Range, write: Callable[[datetime], str]) -> str:
    return f"{column} >= {write(when.start)} AND {column} <= {write(when.end)}"


def _date_time(when: Range, arguments: Sequence[str]) -> str:
    date, time = arguments
    return f"({_between(date, when, _date)}) AND ({_between(time, when, _seconds)})"


BACKEND: Mapping[str, Callable[[Range, Sequence[str]], str]] = {
    "timeFilter": lambda when, arguments: _between(arguments[0], when, _seconds),
    "timeFilter_ms": lambda when, arguments: _between(arguments[0], when, _millis),
    "dateFilter": lambda when, arguments: _between(arguments[0], when, _date),
    "dateTimeFilter": _date_time,
    "dt": _date_time,
    "timeFrom": lambda when, arguments: f"{arguments[0]} >= {_seconds(when.start)}",
    "timeTo": lambda when, arguments: f"{arguments[0]} <= {_seconds(when.end)}",
    "fromTime": lambda when, _: _seconds(when.start),
    "toTime": lambda when, _: _seconds(when.end),
    "fromTime_ms": lambda when, _: _millis(when.start),
    "toTime_ms": lambda when, _: _millis(when.end),
    "timeInterval": lambda when, arguments: f"toStartOfInterval(toDateTime({arguments[0]}), INTERVAL {max(1, when.interval)} second)",
    "timeInterval_ms": lambda when, arguments: (
        f"toStartOfInterval(toDateTime64({arguments[0]}, 3), INTERVAL {max(1, when.interval) * 1000} millisecond)"
    ),
    "interval_s": lambda when, _: str(max(1, when.interval)),
    "interval_ms": lambda when, _: str(max(1, when.interval) * 1000),
}
"""The backend's macros by name; those of HEAD that write whole statements are not in 4.20.0 and not here."""
