"""Named queries of auditors, opened in Grafana's Explore with the SQL ready to run: over the dashboard's time range and data source.

Values of variables stay out of the SQL: a link can encode them only once, and within JSON within an address they would need it twice.
So the query asks about all clusters, and what has no default stands as `<name>` to be written over.
"""

import re
from typing import Any
from urllib.parse import quote

import orjson

from auditradar.dashboards.controls import for_grafana
from auditradar.dashboards.defaults import DATASOURCE
from auditradar.dashboards.links import plain_link
from auditradar.dashboards.targets import Format, target
from auditradar.ingest.reading.questions import Question, question

EVERY = ".*"
"""All clusters, in a form that shows where to write one."""
MOST = 1000
"""Rows that Explore is asked for; all of them are a matter of the command."""
_FILLED = re.compile(r"%24%7B(\w+)%7D")
"""What Grafana fills in, as quoting leaves it."""


def explore_link(name: str) -> dict[str, Any]:
    """Make the link of a panel to a named query; QueryError where there is none."""
    asked = question(name)
    pane = {
        "datasource": DATASOURCE["uid"],
        "queries": [target(statement(asked), Format.TABLE)],
        "range": {"from": "${__from}", "to": "${__to}"},
    }
    panes = _FILLED.sub(r"${\1}", quote(orjson.dumps({"asked": pane}).decode(), safe=""))
    return plain_link(f"{asked.query.title} (SQL)", f"/explore?schemaVersion=1&panes={panes}")


def statement(asked: Question) -> str:
    """Write the query as Explore runs it: its question first, then its SQL with the range as macros and every parameter as its value."""
    given = {one.name: f"<{one.name}>" for one in asked.parameters if one.default is None}
    values = {name: value if isinstance(value, list) else _plain(value) for name, value in asked.values(given).items()}
    text = for_grafana(asked.query.text, {**values, "cluster": EVERY}, scoped=False)
    bound = "" if "\nLIMIT " in text else f"\nLIMIT {MOST}"
    return f"/* {asked.query.question} All rows: auditradar queries run {asked.name} */\n{text}{bound}"


def _plain(value: str) -> object:
    """Tell the words of SQL from text."""
    return value == "true" if value in {"true", "false"} else value
