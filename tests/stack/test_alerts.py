"""Every alert rule fires on what it is for, stays silent otherwise, and is the SQL file it comes from."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from auditradar.dashboards.alerting import RULES, rules_text
from auditradar.dashboards.defaults import DATASOURCE_UID
from auditradar.dashboards.macros import BACKEND, Range, apply_backend
from auditradar.ingest.simulate import Plan
from auditradar.sql import alert, alerts
from tests.stack.conftest import DAYS, HOUR, Stack

RUNBOOKS = Path(__file__).parents[2] / "docs/runbooks"
START = Plan().start
QUIET = START + timedelta(hours=12)
HEADER = {"title", "question", "summary", "severity", "lookback", "for", "above", "no data"}
NUMBER = re.compile(r"(Nullable\()?(U?Int|Float)\d+\)?")
TEXT = re.compile(r"(LowCardinality\()?String\)?")

TEXT_VALUE = {"type": "string", "minLength": 1}
QUERY = {
    "type": "object",
    "additionalProperties": False,
    "required": ["refId", "relativeTimeRange", "datasourceUid", "model"],
    "properties": {
        "refId": {"pattern": "^[A-Z]$"},
        "relativeTimeRange": {
            "additionalProperties": False,
            "required": ["from", "to"],
            "properties": {"from": {"type": "integer", "minimum": 0}, "to": {"const": 0}},
        },
        "datasourceUid": {"enum": [DATASOURCE_UID, "__expr__"]},
        "model": {"type": "object", "required": ["refId"]},
    },
}
RULE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["uid", "title", "condition", "data", "noDataState", "execErrState", "for", "annotations", "labels"],
    "properties": {
        "uid": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,40}$"},
        "title": {"type": "string", "minLength": 1, "maxLength": 190},
        "condition": {"const": "C"},
        "data": {"type": "array", "minItems": 3, "items": QUERY},
        "noDataState": {"enum": ["OK", "NoData", "Alerting", "KeepLast"]},
        "execErrState": {"enum": ["OK", "Error", "Alerting", "KeepLast"]},
        "for": {"type": "string", "pattern": "^([0-9]+[smhdw])+$"},
        "annotations": {"type": "object", "required": ["summary", "description", "runbook_url"], "additionalProperties": TEXT_VALUE},
        "labels": {"type": "object", "required": ["severity"], "additionalProperties": TEXT_VALUE},
        "isPaused": {"const": False},
    },
}
FILE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["apiVersion", "groups"],
    "properties": {
        "apiVersion": {"const": 1},
        "groups": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["orgId", "name", "folder", "interval", "rules"],
                "properties": {
                    "orgId": {"const": 1},
                    "name": TEXT_VALUE,
                    "folder": TEXT_VALUE,
                    "interval": {"pattern": "^[0-9]+[smh]$"},
                    "rules": {"type": "array", "minItems": 1, "items": RULE},
                },
            },
        },
    },
}
"""The file shape, after Grafana's pkg/services/provisioning/alerting/rules_types.go; Grafana itself ignores keys it does not know."""


def rules() -> dict[str, dict[str, Any]]:
    """Read the committed file: rules by the name of their SQL file."""
    found = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    return {rule["uid"].removeprefix("auditradar-").replace("-", "_"): rule for group in found["groups"] for rule in group["rules"]}


RULE_NAMES = sorted(rules())


def fired(stack: Stack, *asked: tuple[str, datetime]) -> list[list[list[str]]]:
    """Evaluate rules as Grafana does at a moment: the query with the rights of `grafana`, then the threshold; give the rows above it."""
    found = rules()
    ranges = [Range(end - timedelta(seconds=found[name]["data"][0]["relativeTimeRange"]["from"]), end) for name, end in asked]
    queries = [apply_backend(found[name]["data"][0]["model"]["rawSql"], when) for (name, _), when in zip(asked, ranges, strict=True)]
    return [_above(found[name], *answer) for (name, _), answer in zip(asked, stack.ask("grafana", *queries), strict=True)]


def _above(rule: dict[str, Any], ok: bool, rows: Any) -> list[list[str]]:
    assert ok, rows
    (limit,) = rule["data"][2]["model"]["conditions"][0]["evaluator"]["params"]
    return [row for row in rows if float(row[-1]) > limit]


def test_the_rules_are_what_the_sql_files_say() -> None:
    assert RULES.read_text(encoding="utf-8") == rules_text(), "sql/alerts and rules.yml differ; run: make alerts"


def test_every_alert_is_a_rule_and_every_rule_an_alert() -> None:
    assert set(alerts()) == set(rules()) >= {"failed_attempt_burst", "ingest_stopped"}


def test_the_rules_have_the_shape_of_a_provisioning_file() -> None:
    problems = list(Draft202012Validator(FILE).iter_errors(yaml.safe_load(RULES.read_text(encoding="utf-8"))))
    assert [f"{problem.json_path}: {problem.message}" for problem in problems] == []


@pytest.mark.parametrize("name", RULE_NAMES)
def test_a_rule_is_described_and_has_its_runbook(name: str) -> None:
    query, rule = alert(name), rules()[name]
    assert query.header.keys() >= HEADER
    page = rule["annotations"]["runbook_url"].rsplit("/", 1)[1]
    words = (RUNBOOKS / page).read_text(encoding="utf-8")
    assert words.startswith(f"# {query.title}\n")
    assert name in words, "a runbook names the SQL file of its rule"


def test_there_is_no_runbook_without_a_rule() -> None:
    assert {page.stem.replace("-", "_") for page in RUNBOOKS.glob("*.md")} == set(rules())


@pytest.mark.parametrize("name", RULE_NAMES)
def test_a_dollar_sign_stands_only_where_provisioning_leaves_it_alone(name: str) -> None:
    """Labels are expanded always, annotations where the name is in braces; the query must keep its macros to the last letter."""
    rule = rules()[name]
    text = rule["data"][0]["model"]["rawSql"]
    assert text == alert(name).text
    assert "${" not in text, "Grafana's variable expander would look into it"
    assert not [value for value in rule["annotations"].values() if "${" in value or "$__" in value]
    elsewhere = [rule["uid"], rule["title"], rule["for"], rule["noDataState"], *rule["labels"], *rule["labels"].values()]
    assert not [value for value in elsewhere if "$" in value]


@pytest.mark.parametrize("name", RULE_NAMES)
def test_an_alert_uses_only_macros_that_are_expanded_in_grafanas_server(name: str) -> None:
    text = alert(name).text
    macros = re.findall(r"\$__(\w+)", text)
    assert macros
    assert set(macros) <= set(BACKEND)
    assert len(re.findall(r"\$", text)) == len(macros), "an alert has no variables"


def test_an_answer_is_one_number_with_texts_as_labels(stack: Stack) -> None:
    names = alerts()
    when = Range(QUIET - timedelta(hours=1), QUIET)
    described = stack.ask("grafana", *(f"DESCRIBE ({apply_backend(alert(name).text, when)})" for name in names))
    for name, (ok, columns) in zip(names, described, strict=True):
        assert ok, columns
        *labels, value = columns
        assert NUMBER.fullmatch(value[1]), (name, value)
        assert [label for label in labels if not TEXT.fullmatch(label[1])] == [], name
        asked = set(re.findall(r"\$labels\.(\w+)", alert(name).header["summary"]))
        assert asked <= {label[0] for label in labels}, f"the summary of {name} names a label that its query does not give"


@pytest.mark.parametrize(
    ("name", "incident"),
    [
        ("failed_attempt_burst", "token-spraying"),
        ("success_after_failures", "failure-then-success"),
        ("break_glass_login", "break-glass"),
        ("new_cluster_admin", "new-cluster-admin"),
    ],
)
def test_a_rule_fires_after_its_incident_and_only_there(stack: Stack, name: str, incident: str) -> None:
    end = stack.moment(incident) + timedelta(minutes=2)
    address = next(anomaly.client_ip for anomaly in stack.truth.anomalies if anomaly.what == incident)
    then, before, after = fired(stack, (name, end), (name, QUIET), (name, end + timedelta(hours=2)))
    assert [row for row in then if row[0] == "demo"]
    assert all(address in row for row in then)
    assert (before, after) == ([], [])


def test_a_machine_with_an_expired_token_is_no_burst(stack: Stack) -> None:
    assert fired(stack, ("failed_attempt_burst", stack.moment("expired-token-storm") + timedelta(minutes=2))) == [[]]


def test_silence_fires_when_nothing_comes_any_more_and_a_cluster_gone_for_long_is_forgotten(stack: Stack) -> None:
    horizon, name = START + timedelta(days=DAYS), "ingest_stopped"
    now, soon, later = fired(stack, (name, horizon), (name, horizon + timedelta(minutes=30)), (name, horizon + timedelta(days=8)))
    assert [row for row in now if row[0] == "demo"] == []
    assert {row[0] for row in soon} >= {"demo", "holed"}
    assert later == []


def test_a_missing_hour_is_a_hole(stack: Stack) -> None:
    (found,) = fired(stack, ("coverage_hole", datetime.fromisoformat(f"{HOUR}00:00+00:00") + timedelta(hours=5)))
    assert {row[0] for row in found} == {"holed"}
    assert {float(row[-1]) for row in found} == {1.0}


def test_records_that_cannot_be_read_are_noticed(stack: Stack) -> None:
    now = datetime.now(UTC) + timedelta(seconds=5)
    then, after = fired(stack, ("rejected_rising", now), ("rejected_rising", now + timedelta(hours=2)))
    assert {row[0] for row in then} == {"garbled"}
    assert after == []
