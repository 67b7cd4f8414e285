"""From boards to the JSON that Grafana reads: grafanalib writes the skeleton, one pass sets what all dashboards share."""

from typing import Any

import orjson
from grafanalib import core
from grafanalib._gen import DashboardEncoder

from auditradar.dashboards import defaults
from auditradar.dashboards.explore import explore_link
from auditradar.dashboards.layout import Board, Place, Section, panel_id, placed
from auditradar.dashboards.links import navigation, panel_link
from auditradar.dashboards.panels import Panel
from auditradar.dashboards.targets import Format, source, target
from auditradar.dashboards.variables import datasource

Json = dict[str, Any]

LEGACY = frozenset(
    {
        "__inputs",
        "auto",
        "auto_count",
        "auto_min",
        "cacheTimeout",
        "editable",
        "error",
        "gnetId",
        "height",
        "hideControls",
        "hideTimeOverride",
        "minSpan",
        "regex",
        "repeatDirection",
        "rows",
        "sharedCrosshair",
        "span",
        "style",
        "tagValuesQuery",
        "tagsQuery",
        "useTags",
    }
)
"""Keys of grafanalib 0.7.1 that Grafana 11 no longer reads, or that only say their default."""
HOLES = "annotations/holes"
NULLS = frozenset({"steps"})
"""Where null has a meaning: the first step of thresholds has no lower bound."""


def render(board: Board, titles: dict[str, str]) -> Json:
    """Make the dashboard of a board; `titles` are those of all boards, for the links between them."""
    dashboard = core.Dashboard(
        title=defaults.TITLE_PREFIX + board.title,
        description=board.question,
        uid=defaults.UID_PREFIX + board.slug,
        panels=[
            _heading(entry, place) if isinstance(entry, Section) else _panel(entry, place, titles) for entry, place in placed(board.rows)
        ],
        templating=core.Templating(list=[datasource(), *board.variables]),
        time=core.Time(board.time_from or defaults.FROM, defaults.TO),
        tags=[defaults.TAG, board.tag] if board.tag else [defaults.TAG],
        links=navigation(),
        annotations=core.Annotations(list=[_holes()] if board.tag else []),
        refresh=board.refresh,
        schemaVersion=defaults.SCHEMA_VERSION,
        graphTooltip=2,  # one cursor and one tooltip for all panels
        timezone=defaults.TIMEZONE,
        editable=False,
    )
    plain = orjson.loads(DashboardEncoder().encode(dashboard.to_json_data()))
    return {**_cleaned(plain), "editable": False, "weekStart": "monday", "timepicker": _timepicker()}


def text_of(board: Board, titles: dict[str, str]) -> str:
    """Write the file of a dashboard, the same bytes every time."""
    return orjson.dumps(render(board, titles), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE).decode()


def _panel(panel: Panel, place: Place, titles: dict[str, str]) -> Json:
    read = source(panel.source)
    base = core.Panel(
        title=read.title,
        description=read.question,
        dataSource=defaults.DATASOURCE,
        targets=[target(read.text, panel.format)],
        gridPos=_grid(place),
        id=panel_id(panel.source),
        links=[*(_next(step, titles) for step in read.next.split()), *map(explore_link, read.asked)],
        interval=panel.interval or None,
        maxDataPoints=panel.points or None,
        transformations=list(panel.transformations),
    )
    made: Json = base.panel_json({"type": panel.kind, "options": panel.options, "pluginVersion": defaults.GRAFANA_VERSION})
    empty = {"noValue": read.empty} if read.empty else {}
    return {**made, "fieldConfig": {"defaults": {**empty, **panel.defaults}, "overrides": list(panel.overrides)}}


def _next(step: str, titles: dict[str, str]) -> Json:
    """Lead to the next question: `slug`, `slug/panel` for one panel alone, or `slug?variable=value&…`."""
    address, _, chosen = step.partition("?")
    slug, _, panel = address.partition("/")
    variables = dict(pair.split("=", 1) for pair in chosen.split("&")) if chosen else {}
    title = source(address).title if panel else titles[slug]
    return panel_link(title, slug, panel_id(address) if panel else 0, **variables)


def _holes() -> Json:
    """Draw what is not known over every chart."""
    read = source(HOLES)
    return {
        "name": read.title,
        "datasource": defaults.DATASOURCE,
        "enable": True,
        "hide": False,
        "iconColor": "red",
        "target": target(read.text, Format.TABLE),
    }


def _heading(section: Section, place: Place) -> Json:
    made: Json = core.RowPanel(title=section.title, gridPos=_grid(place), id=panel_id(section.title)).to_json_data()
    kept = ("collapsed", "gridPos", "id", "panels", "title", "type")
    return {key: made[key] for key in kept}


def _grid(place: Place) -> Any:
    return core.GridPos(h=place.h, w=place.w, x=place.x, y=place.y)


def _timepicker() -> Json:
    quick = [{"from": start, "to": "now", "display": f"Last {start.removeprefix('now-')}"} for start in defaults.QUICK_RANGES]
    return {"refresh_intervals": list(defaults.REFRESH_INTERVALS), "quick_ranges": quick}


def _cleaned(value: Any, key: str = "") -> Any:
    """Drop legacy keys and every null without a meaning, all the way down."""
    if isinstance(value, dict):
        kept = {name: inner for name, inner in value.items() if name not in LEGACY and (inner is not None or key in NULLS)}
        return {name: _cleaned(inner, key if key in NULLS else name) for name, inner in kept.items()}
    if isinstance(value, list):
        return [_cleaned(inner, key) for inner in value]
    return value
