"""Alert rules as Grafana reads them from a file: the query and everything said about it come from sql/alerts, the shape from here.

Provisioning expands `$NAME` and `${NAME}` in labels, and `${NAME}` in annotations from Grafana 13 on; it leaves the query alone, so that
its macros reach the data source (grafana/grafana pull requests 54293, 54975, 127214).
"""

from pathlib import Path
from typing import Any, Final

import yaml

from auditradar.dashboards.defaults import DATASOURCE_TYPE, DATASOURCE_UID
from auditradar.dashboards.targets import Format
from auditradar.ingest.durations import parse_duration
from auditradar.sql import Query, alert, alerts

RULES: Final = Path(__file__).parent / "provisioning" / "alerting" / "rules.yml"
FOLDER: Final = "AuditRadar"
RUNBOOKS: Final = "{{ externalURL }}public/runbooks"
"""Where docs/runbooks can be read: docker-compose.yml lets Grafana itself serve them. Its external URL ends with a slash."""
INTERVALS: Final = {"coverage_hole": "10m"}
"""How often a rule is evaluated where it is not every minute: an hour is over once an hour."""
EXPRESSION: Final = {"type": "__expr__", "uid": "__expr__"}

Json = dict[str, Any]


class _Dumper(yaml.SafeDumper):
    """Write text of several lines as a block and everything in full, for those who read the file."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the name is PyYAML's
        """Repeat what is equal."""
        return True


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def rules_text() -> str:
    """Write the file of all rules, the same bytes every time."""
    head = "# Generated from sql/alerts by `make alerts`; change the SQL files, not this one.\n"
    return head + yaml.dump(rules_file(), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=140)


def rules_file() -> Json:
    """Give all rules, in a group for each interval."""
    groups: dict[str, list[Json]] = {}
    for name in alerts():
        groups.setdefault(INTERVALS.get(name, "1m"), []).append(rule(name, alert(name)))
    return {
        "apiVersion": 1,
        "groups": [
            {"orgId": 1, "name": f"auditradar-{interval}", "folder": FOLDER, "interval": interval, "rules": rules}
            for interval, rules in sorted(groups.items())
        ],
    }


def rule(name: str, query: Query) -> Json:
    """Make one rule: the query, its newest value, and the threshold."""
    said = query.header
    slug = name.replace("_", "-")
    return {
        "uid": f"auditradar-{slug}",
        "title": query.title,
        "condition": "C",
        "data": [_rows(query), _newest(), _above(int(said["above"]))],
        "noDataState": said["no data"],
        "execErrState": "Error",  # a rule that cannot be evaluated must not look quiet
        "for": said["for"],
        "annotations": {
            "summary": said["summary"],
            "description": query.question,
            "runbook_url": f"{RUNBOOKS}/{slug}.md",
        },
        "labels": {"product": "auditradar", "severity": said["severity"]},
        "isPaused": False,
    }


def _rows(query: Query) -> Json:
    seconds = int(parse_duration(query.header["lookback"]).total_seconds())
    datasource = {"type": DATASOURCE_TYPE, "uid": DATASOURCE_UID}
    model = {"datasource": datasource, "editorType": "sql", "queryType": "table", "format": int(Format.TABLE), "rawSql": query.text}
    return _step("A", DATASOURCE_UID, model, seconds)


def _newest() -> Json:
    return _step("B", EXPRESSION["uid"], {"datasource": EXPRESSION, "type": "reduce", "expression": "A", "reducer": "last"})


def _above(limit: int) -> Json:
    condition = {"evaluator": {"type": "gt", "params": [limit]}}
    return _step("C", EXPRESSION["uid"], {"datasource": EXPRESSION, "type": "threshold", "expression": "B", "conditions": [condition]})


def _step(ref: str, datasource: str, model: Json, seconds: int = 0) -> Json:
    return {
        "refId": ref,
        "relativeTimeRange": {"from": seconds, "to": 0},
        "datasourceUid": datasource,
        "model": {"refId": ref, "intervalMs": 1000, "maxDataPoints": 43200, **model},
    }


def main() -> None:
    """Write the file."""
    RULES.write_text(rules_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
