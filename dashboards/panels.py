"""The kinds of panels we use, each with everything Grafana needs to draw it; a panel's words come from its query file.

What a dashboard says of a panel is its query, its columns and its meaning; never a position, an id or a pixel.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from auditradar.dashboards import columns as columns_
from auditradar.dashboards.columns import Column
from auditradar.dashboards.mappings import Colors, override, series_colors, state_mappings
from auditradar.dashboards.targets import Format

Json = dict[str, Any]
Steps = Sequence[tuple[float | None, str]]

NEUTRAL: Final[Steps] = ((None, "blue"),)
BAD_IF_ANY: Final[Steps] = ((None, "green"), (1, "red"))
LOOK_IF_ANY: Final[Steps] = ((None, "green"), (1, "orange"))

_LEGEND: Final[Json] = {"displayMode": "list", "placement": "bottom", "showLegend": True, "calcs": []}
_NO_LEGEND: Final[Json] = _LEGEND | {"showLegend": False}
_TOOLTIP: Final[Json] = {"mode": "multi", "sort": "desc"}
_BARS: Final[Json] = {
    "barRadius": 0,
    "barWidth": 0.8,
    "fullHighlight": False,
    "groupWidth": 0.7,
    "orientation": "horizontal",
    "showValue": "always",
    "tooltip": _TOOLTIP | {"mode": "single"},
    "xTickLabelMaxLength": 32,
    "xTickLabelRotation": 0,
}
_BAR: Final[Json] = {
    "min": 0,
    "thresholds": {"mode": "absolute", "steps": [{"value": None, "color": "blue"}]},
    "custom": {"fillOpacity": 75, "lineWidth": 0, "axisPlacement": "auto"},
}
_LAST: Final[Json] = {"calcs": ["lastNotNull"], "fields": "", "values": False}


@dataclass(frozen=True, slots=True)
class Panel:
    """Be one panel without a place; `source` names its query in sql/panels, `columns` are those that it needs from the answer."""

    kind: str
    source: str
    format: Format
    options: Json
    columns: tuple[str, ...] = ()
    defaults: Json = field(default_factory=dict)
    overrides: tuple[Json, ...] = ()
    weight: int = 1
    interval: str = ""
    points: int = 0
    transformations: tuple[Json, ...] = ()


def thresholds(steps: Steps) -> Json:
    """Give the colours of a value; the first step has no lower bound, which Grafana writes as null."""
    return {"mode": "absolute", "steps": [{"value": value, "color": color} for value, color in steps]}


def stat(
    name: str,
    *values: str,
    unit: str = "short",
    steps: Steps = NEUTRAL,
    links: Sequence[Json] = (),
    names: Mapping[str, str] | None = None,
    colors: Mapping[str, str] | None = None,
) -> Panel:
    """Show one number, or a few side by side; always a row, so never empty. `names` are headings of columns, where there are several."""
    options = {
        "colorMode": "value",
        "graphMode": "none",
        "justifyMode": "auto",
        "orientation": "auto",
        "percentChangeColorMode": "standard",
        "reduceOptions": _LAST,
        "showPercentChange": False,
        "textMode": "auto",
        "wideLayout": True,
    }
    defaults: Json = {"unit": unit, "thresholds": thresholds(steps), "color": {"mode": "thresholds"}, "links": list(links)}
    defaults |= {"decimals": 0} if unit == "short" else {}
    looks = [override(column, displayName=heading) for column, heading in (names or {}).items()]
    looks += [override(column, color={"mode": "fixed", "fixedColor": color}) for column, color in (colors or {}).items()]
    return Panel("stat", name, Format.TABLE, options, values or ("value",), defaults, tuple(looks))


def series(
    name: str,
    value: str = "requests",
    label: str = "",
    *,
    colors: Colors | None = None,
    unit: str = "short",
    bars: bool = True,
    interval: str = "",
    heading: str = "",
    links: Sequence[Json] = (),
    weight: int = 1,
) -> Panel:
    """Show numbers over time, stacked bars unless they are lines; `label` is the column that tells the series apart."""
    drawn = {"drawStyle": "bars", "fillOpacity": 75, "stacking": {"mode": "normal", "group": "A"}, "barAlignment": 1, "lineWidth": 0}
    lines = {
        "drawStyle": "line",
        "fillOpacity": 10,
        "stacking": {"mode": "none", "group": "A"},
        "lineWidth": 2,
        "showPoints": "auto",
        "spanNulls": False,
    }
    shown = heading or (f"${{__field.labels.{label}}}" if label else "")
    defaults = {
        "unit": unit,
        "min": 0,
        "custom": drawn if bars else lines,
        "color": {"mode": "palette-classic-by-name"},
        "links": list(links),
    }
    defaults |= {"displayName": shown} if shown else {}
    defaults |= {"thresholds": thresholds(NEUTRAL)} | ({"decimals": 0} if unit == "short" else {})
    legend = _LEGEND if label or not bars else _NO_LEGEND
    found = ("time", *((label,) if label else ()), value)
    paint = tuple(series_colors(colors)) if colors else ()
    options = {"legend": legend, "tooltip": _TOOLTIP}
    return Panel("timeseries", name, Format.TIME_SERIES, options, found, defaults, paint, weight, interval)


def ranking(
    name: str, by: str, value: str = "requests", *, unit: str = "short", links: Sequence[Json] = (), weight: int = 1, heading: str = ""
) -> Panel:
    """Show the largest of something as horizontal bars."""
    options = {**_BARS, "legend": _NO_LEGEND, "stacking": "none", "xField": by}
    defaults: Json = {"unit": unit, "color": {"mode": "fixed", "fixedColor": "blue"}, "links": list(links), **_BAR}
    looks = (override(value, displayName=heading or columns_.COLUMNS[value].heading),)
    return Panel("barchart", name, Format.TABLE, options, (by, value), defaults, looks, weight)


def divided(name: str, by: str, colors: Colors, weight: int = 1) -> Panel:
    """Show the largest of something as horizontal bars, each made of parts: a column a part, in its own colour."""
    options = {**_BARS, "legend": _LEGEND, "stacking": "normal", "xField": by, "tooltip": _TOOLTIP}
    defaults: Json = {"unit": "short", "decimals": 0, "color": {"mode": "palette-classic-by-name"}, "links": [], **_BAR}
    return Panel("barchart", name, Format.TABLE, options, (by, *colors), defaults, tuple(series_colors(colors)), weight)


def shares(
    name: str, by: str, value: str = "requests", *, colors: Colors | None = None, unit: str = "short", links: Sequence[Json] = ()
) -> Panel:
    """Show parts of a whole as a ring: one row a part, made a field of its own so that its name gives it its colour."""
    options = {
        "displayLabels": [],
        "legend": {"displayMode": "table", "placement": "right", "showLegend": True, "values": ["value", "percent"], "calcs": []},
        "pieType": "donut",
        "reduceOptions": _LAST,
        "tooltip": {"mode": "single", "sort": "none"},
    }
    defaults: Json = {"unit": unit, "color": {"mode": "palette-classic-by-name"}, "thresholds": thresholds(NEUTRAL), "links": list(links)}
    defaults |= {"decimals": 0 if unit == "short" else 1}
    paint = tuple(series_colors(colors)) if colors else ()
    fields = {"mappings": [{"fieldName": by, "handlerKey": "field.name"}, {"fieldName": value, "handlerKey": "field.value"}]}
    turned = {"id": "rowsToFields", "options": fields}
    return Panel("piechart", name, Format.TABLE, options, (by, value), defaults, paint, transformations=(turned,))


def table(name: str, columns: str, looks: dict[str, Column] | None = None, weight: int = 1) -> Panel:
    """Show rows; how a column looks is known by its name, `looks` says it for the columns of this table alone."""
    names = tuple(columns.split())
    options = {"cellHeight": "sm", "showHeader": True}
    custom = {"align": "auto", "cellOptions": {"type": "auto"}, "inspect": True, "filterable": True}
    defaults = {"custom": custom, "thresholds": thresholds(NEUTRAL), "color": {"mode": "thresholds"}}
    return Panel("table", name, Format.TABLE, options, names, defaults, tuple(columns_.overrides(names, looks)), weight)


def hours(name: str) -> Panel:
    """Show a week as a map of heat: a row a weekday, a column an hour of the day (UTC)."""
    shown = ("weekday", *(f"{hour:02}" for hour in range(24)))
    custom = {
        "align": "center",
        "cellOptions": {"type": "color-background", "mode": "basic"},
        "inspect": False,
        "filterable": False,
        "minWidth": 40,
    }
    defaults = {"custom": custom, "unit": "short", "decimals": 0, "color": {"mode": "continuous-blues"}, "min": 0}
    defaults |= {"thresholds": thresholds(NEUTRAL)}
    plain = override("weekday", displayName="UTC", custom__cellOptions={"type": "auto"}, custom__width=60)
    return Panel("table", name, Format.TABLE, {"cellHeight": "sm", "showHeader": True}, shown, defaults, (plain,))


def timeline(name: str, label: str, states: Mapping[int, tuple[str, str]], links: Sequence[Json] = (), points: int = 240) -> Panel:
    """Show states over time, a row for each value of `label`; the column `state` holds numbers, nothing where there is no state."""
    legend = {**_LEGEND, "placement": "bottom"}
    options = {
        "alignValue": "left",
        "legend": legend,
        "mergeValues": True,
        "rowHeight": 0.85,
        "showValue": "never",
        "tooltip": _TOOLTIP | {"mode": "single"},
    }
    custom = {"fillOpacity": 80, "lineWidth": 0, "spanNulls": False, "insertNulls": False}
    defaults = {"custom": custom, "mappings": state_mappings(states), "displayName": f"${{__field.labels.{label}}}", "links": list(links)}
    defaults |= {"color": {"mode": "thresholds"}, "thresholds": thresholds(NEUTRAL)}
    return Panel("state-timeline", name, Format.TIME_SERIES, options, ("time", label, "state"), defaults, points=points)


def log(name: str, labels: str) -> Panel:
    """Show rows as a log, newest first, for watching them come."""
    options = {
        "dedupStrategy": "none",
        "enableLogDetails": True,
        "prettifyLogMessage": False,
        "showCommonLabels": False,
        "showLabels": False,
        "showTime": True,
        "sortOrder": "Descending",
        "wrapLogMessage": False,
    }
    return Panel("logs", name, Format.LOGS, options, ("timestamp", "body", "level", *labels.split()))
