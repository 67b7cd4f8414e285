"""Check dashboards without a Grafana: layout, keys, links, variables, words, and that the files are what the code writes."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from typing import Any

import orjson

from auditradar.dashboards import defaults
from auditradar.dashboards.build import differing
from auditradar.dashboards.catalog import BOARDS, TITLES
from auditradar.dashboards.layout import Board, panel_id
from auditradar.dashboards.macros import FORMATS
from auditradar.dashboards.render import HOLES, LEGACY, NULLS, render
from auditradar.dashboards.targets import source
from auditradar.dashboards.trial import Fault

Json = dict[str, Any]

UID = re.compile(r"^[a-z0-9-]{1,40}$")
BARE = re.compile(r"\bIN\s*\(\s*\$\{?\w+\}?\s*\)|=\s*'\$\{?\w+\}?'|\bIN\s+\$", re.IGNORECASE)
"""What the plugin's own test forbids: a variable in SQL that nothing quotes or escapes."""
USED = re.compile(r"\$\{(\w+)(?::(\w+))?\}")
CONDITIONAL = re.compile(r"\$__conditionalAll\(.*, \$(\w+)\)\)?$", re.MULTILINE)
REPLACEMENT = re.compile(r"\$[$&`'0-9<]")
"""JavaScript reads these as patterns in the text that replaces a conditionalAll."""
STAT_TITLE = 30
"""Characters that fit into a sixth of a page."""
LINK = re.compile(r"/d/([\w-]+)\?([^\"]*)")
BUILT_IN = {"__url_time_range", "__field", "__value", "__data"}


def check_all() -> list[Fault]:
    """Give everything that is wrong with the dashboards as they stand in the code and on disk."""
    made = [(board, render(board, TITLES)) for board in BOARDS]
    faults = [Fault(board.slug, name, what) for board, json in made for name, check in CHECKS.items() for what in check(board, json)]
    faults += [Fault(str(path.name), "file", "it is not what the code writes; run make dashboards") for path in differing()]
    faults += [Fault(name, "file", "no panel uses it") for name in unused()]
    doubled = [uid for uid, count in Counter(board.slug for board in BOARDS).items() if count > 1]
    return faults + [Fault(uid, "uid", "two dashboards have it") for uid in doubled]


def unused() -> list[str]:
    """List the query files that nothing shows."""
    folder = files("auditradar.sql").joinpath("panels")
    written = {f"{group.name}/{file.name.removesuffix('.sql')}" for group in folder.iterdir() if group.is_dir() for file in group.iterdir()}
    shown = {panel.source for board in BOARDS for panel in board.panels} | {HOLES}
    texts = {variable.get("definition", variable["query"]) for board in BOARDS for variable in board.variables}
    shown |= {name for name in written if name.startswith("variables/") and source(name).text in texts}
    return sorted(name for name in written - shown if not name.split("/")[1].startswith("__"))


def check_frame(board: Board, made: Json) -> Iterator[str]:
    """Look at what the whole dashboard has: address, version, words."""
    if not UID.match(made["uid"]):
        yield f"its uid {made['uid']} is no slug of at most 40 characters"
    if made["schemaVersion"] < 39:
        yield f"schemaVersion {made['schemaVersion']} is older than Grafana 11.6"
    if not board.question.endswith("?"):
        yield "its question is none"
    if made.get("id") is not None:
        yield "it has an id, which provisioning must not give"


def check_keys(_: Board, made: Json) -> Iterator[str]:
    """Look for keys that Grafana no longer reads, and for nulls without a meaning."""
    for path, value in _walk(made):
        if value is None and not set(path[:-1]) & NULLS:
            yield f"{'.'.join(map(str, path))} is null"
        if path and path[-1] in LEGACY and path != ("editable",):
            yield f"{'.'.join(map(str, path))} is a key of old versions"


def check_layout(_: Board, made: Json) -> Iterator[str]:
    """Look for overlaps, for what leaves the grid, and for panels too low to read."""
    taken: dict[tuple[int, int], str] = {}
    for panel in made["panels"]:
        place = panel["gridPos"]
        if place["x"] < 0 or place["x"] + place["w"] > defaults.COLUMNS:
            yield f"{panel['title']} leaves the {defaults.COLUMNS} columns"
        if panel["type"] != "row" and place["h"] < defaults.LOWEST:
            yield f"{panel['title']} is lower than {defaults.LOWEST}"
        cells = [(x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])]
        for other in {taken[cell] for cell in cells if cell in taken}:
            yield f"{panel['title']} lies over {other}"
        taken |= dict.fromkeys(cells, panel["title"])


def check_panels(_: Board, made: Json) -> Iterator[str]:
    """Look for what every panel must have: an id of its own, words, a unit."""
    for number, count in Counter(panel["id"] for panel in made["panels"]).items():
        if count > 1:
            yield f"{count} panels have the id {number}"
    for panel in made["panels"]:
        if panel["type"] == "row":
            continue
        if len(panel["description"]) < 60 or not panel["description"].endswith("."):
            yield f"{panel['title']} does not say what it shows and what it cannot show"
        if panel["type"] not in {"table", "logs", "state-timeline"} and "unit" not in panel["fieldConfig"]["defaults"]:
            yield f"{panel['title']} has no unit"
        if panel["type"] == "stat" and len(panel["title"]) > STAT_TITLE:
            yield f"{panel['title']} is longer than a small panel shows"
        if '"url"' not in orjson.dumps([panel.get("links"), panel["fieldConfig"]]).decode():
            yield f"{panel['title']} leads nowhere"
        if panel["type"] != "stat" and not panel["fieldConfig"]["defaults"].get("noValue", ""):
            yield f"{panel['title']} does not say what it means when it is empty"


def check_variables(board: Board, made: Json) -> Iterator[str]:
    """Look for variables that a query uses and the dashboard does not have, or that nothing escapes."""
    known = {variable["name"] for variable in made["templating"]["list"]}
    for name, sql in queries(board):
        if BARE.search(sql):
            yield f"{name} puts a variable into SQL as it is"
        if REPLACEMENT.search("".join(line for line in sql.splitlines() if "$__conditionalAll" in line)):
            yield f"{name} has a $ that JavaScript reads as a pattern"
        for match in USED.finditer(sql):
            if match[1] not in known:
                yield f"{name} uses ${match[1]}, which this dashboard does not have"
            if (match[2] or "") not in FORMATS or match[2] != "percentencode":
                yield f"{name} uses ${match[1]} without percentencode"
        if sql.count("$__conditionalAll") != len(CONDITIONAL.findall(sql)):
            yield f"{name} has a conditionalAll that does not end in a plain variable"


def check_links(board: Board, made: Json) -> Iterator[str]:
    """Look for links that lead nowhere, or carry what is not there."""
    boards = {f"{defaults.UID_PREFIX}{other.slug}": {variable["name"] for variable in other.variables} for other in BOARDS}
    panels = {f"{defaults.UID_PREFIX}{other.slug}": {panel_id(panel.source) for panel in other.panels} for other in BOARDS}
    here = {variable["name"] for variable in made["templating"]["list"]}
    for path, value in _walk(made):
        if not isinstance(value, str) or not (match := LINK.match(value)) or path[-1] != "url":
            continue
        if match[1] not in boards:
            yield f"a link leads to {match[1]}, which does not exist"
            continue
        alone = re.findall(r"viewPanel=panel-(\d+)", match[2])
        if alone and int(alone[0]) not in panels[match[1]]:
            yield f"a link shows the panel {alone[0]} of {match[1]}, which it does not have"
        sent = set(re.findall(r"var-(\w+)=", match[2]))
        for name in sent - boards[match[1]]:
            yield f"a link sends {name} to {match[1]}, which has no such variable"
        carried = {name for name, _ in USED.findall(match[2])} - here - BUILT_IN
        if carried:
            yield f"a link carries {', '.join(sorted(carried))}, which this dashboard does not have"
    yield from _missing_fields(board, made)


def _missing_fields(board: Board, made: Json) -> Iterator[str]:
    columns = {panel_id(panel.source): set(panel.columns) for panel in board.panels}
    for panel in made["panels"]:
        for path, value in _walk(panel):
            for name in re.findall(r"\$\{__data\.fields\.(\w+)", value) if isinstance(value, str) and path[-1] == "url" else ():
                if name not in columns[panel["id"]]:
                    yield f"a link of {panel['title']} needs the column {name}, which its query does not give"


def check_queries(board: Board, _: Json) -> Iterator[str]:
    """Look at the words of the queries, and that none may return without bound."""
    for panel in board.panels:
        read = source(panel.source)
        if not read.text.startswith(("SELECT", "WITH")):
            yield f"{panel.source} is no SELECT"
        if panel.kind in {"table", "logs"} and "LIMIT" not in read.text and "GROUP BY day" not in read.text:
            yield f"{panel.source} has no LIMIT"


def queries(board: Board) -> list[tuple[str, str]]:
    """List every text of a dashboard that is sent to ClickHouse."""
    found = [(panel.source, source(panel.source).text) for panel in board.panels]
    found += [(f"variable {variable['name']}", variable["definition"]) for variable in board.variables if "definition" in variable]
    return found + ([(HOLES, source(HOLES).text)] if board.tag else [])


def _walk(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    yield path, value
    inner: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    for key, below in inner:
        yield from _walk(below, (*path, key))


CHECKS: dict[str, Callable[[Board, Json], Iterator[str]]] = {
    "frame": check_frame,
    "keys": check_keys,
    "layout": check_layout,
    "panels": check_panels,
    "variables": check_variables,
    "links": check_links,
    "queries": check_queries,
}
