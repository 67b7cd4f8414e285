"""Every query of every dashboard, as Grafana would send it, on simulated clusters."""

from urllib.parse import parse_qs, urlsplit

import orjson
import pytest
from clickhouse_connect.driver.client import Client

from auditradar.dashboards.catalog import BOARDS
from auditradar.dashboards.explore import explore_link
from auditradar.dashboards.layout import Board
from auditradar.dashboards.macros import ALL, expand
from auditradar.dashboards.panels import Panel
from auditradar.dashboards.rehearsal import WHEN
from auditradar.dashboards.targets import source
from auditradar.dashboards.trial import EMPTY_ON_STAGE, ask, cases_of, try_board
from auditradar.ingest.engine import Engine

WHO = next(board for board in BOARDS if board.slug == "who")
EVENT = next(board for board in BOARDS if board.slug == "event")
EVENTS = next(board for board in BOARDS if board.slug == "events")
SCOPE = {"cluster": [ALL], "platform": [ALL]}


@pytest.mark.parametrize(
    ("board", "case"), [pytest.param(board, case, id=f"{board.slug}-{case}") for board in BOARDS for case in cases_of(board)]
)
def test_every_query_gives_what_its_panel_needs(client: Client, board: Board, case: str) -> None:
    assert board.panels
    assert [str(fault) for fault in try_board(client, board, WHEN, [case])] == []


def test_every_named_query_that_a_panel_links_to_opens_in_explore(client: Client) -> None:
    linked = {name: explore_link(name) for board in BOARDS for panel in board.panels for name in source(panel.source).asked}
    assert len(linked) > 25
    for name, link in linked.items():
        url = link["url"].replace("${datasource}", "chosen").replace("${__from}", "1").replace("${__to}", "2")
        assert "$" not in url, "everything else is quoted, so Grafana leaves it alone"
        [pane] = orjson.loads(parse_qs(urlsplit(url).query)["panes"][0]).values()
        [asked] = pane["queries"]
        assert (pane["datasource"], asked["datasource"]["uid"]) == ("chosen", "chosen")
        assert ask(client, expand(asked["rawSql"], {}, WHEN)).columns, name
        assert "LIMIT" in asked["rawSql"], name


def test_what_may_be_empty_on_the_stage_exists() -> None:
    assert set(EMPTY_ON_STAGE) <= {panel.source for board in BOARDS for panel in board.panels}


@pytest.mark.parametrize("panel", WHO.panels, ids=lambda panel: panel.source)
def test_every_panel_of_who_has_rows_for_somebody(client: Client, panel: Panel) -> None:
    people = [row[0] for row in ask(client, source("variables/actor").text).rows]
    assert len(people) > 10
    answers = (ask(client, expand(source(panel.source).text, {**SCOPE, "actor": person}, WHEN)) for person in people)
    assert any(answer.rows for answer in answers)


def test_one_request_is_shown_from_every_side(client: Client, engine: Engine) -> None:
    [[audit_id]] = engine.rows(
        "SELECT audit_id FROM requests WHERE actor_kind = 'human' AND subresource = 'exec' ORDER BY requested_at LIMIT 1"
    )
    for panel in EVENT.panels:
        answer = ask(client, expand(source(panel.source).text, {"audit_id": audit_id}, WHEN))
        assert answer.rows, panel.source
    facts = dict(ask(client, expand(source("event/facts").text, {"audit_id": audit_id}, WHEN)).rows)
    assert facts["sensitive"] == "shell in a pod"


def test_a_line_of_an_identity_provider_is_shown_as_it_was_written(client: Client, engine: Engine) -> None:
    [[line_id]] = engine.rows("SELECT evidence_id FROM authentications WHERE component = 'keycloak' AND kind = 'idp-failure' LIMIT 1")
    [shown] = ask(client, expand(source("event/raw").text, {"audit_id": line_id}, WHEN)).rows
    assert "LOGIN_ERROR" in shown[1]
    facts = dict(ask(client, expand(source("event/facts").text, {"audit_id": line_id}, WHEN)).rows)
    assert (facts["written by"], facts["meaning"]) == ("keycloak", "idp-failure")


def test_one_request_at_an_audit_id_that_nobody_has_is_nothing(client: Client) -> None:
    assert ask(client, expand(source("event/facts").text, {"audit_id": "nobody"}, WHEN)).rows == []


@pytest.mark.parametrize(
    ("name", "value", "column", "fits"),
    [
        ("actor", "alice", "actor", lambda value: value == "alice"),
        ("actor", "system:node:*", "actor", lambda value: value.startswith("system:node:")),
        ("resource", "pods", "resource", lambda value: value.split("/")[0] == "pods"),
        ("resource", "pods/exec", "resource", lambda value: value == "pods/exec"),
        ("namespace", "pay*", "namespace", lambda value: value.startswith("pay")),
        ("client", "kubectl", "client", lambda value: value == "kubectl"),
        ("client_ip", "203.0.113.0/24", "client_ip", lambda value: value.startswith("203.0.113.")),
        ("outcome", ["forbidden", "conflict"], "outcome", lambda value: value in {"forbidden", "conflict"}),
        ("actor_kind", ["human"], "actor_kind", lambda value: value == "human"),
        ("cluster", ["holed"], "cluster", lambda value: value == "holed"),
        ("platform", ["openshift"], "cluster", lambda value: value == "shift"),
        ("verb", ["delete"], "verb", lambda value: value == "delete"),
        ("search", "SECRETS", "request_uri", lambda value: "secrets" in value),
    ],
)
def test_a_filter_of_the_explorer_keeps_what_it_names(client: Client, name: str, value: str, column: str, fits: object) -> None:
    open_values = {variable["name"]: [ALL] if variable.get("multi") else "" for variable in EVENTS.variables}
    answer = ask(client, expand(source("events/table").text, {**open_values, name: value}, WHEN))
    assert answer.rows
    at = answer.columns.index(column)
    assert all(fits(row[at]) for row in answer.rows)  # type: ignore[operator]


def test_an_ad_hoc_filter_reaches_the_events_behind_the_view(client: Client) -> None:
    open_values = {variable["name"]: [ALL] if variable.get("multi") else "" for variable in EVENTS.variables}
    everything = ask(client, expand(source("events/requests").text, open_values, WHEN)).rows[0][0]
    some = ask(client, expand(source("events/requests").text, open_values, WHEN, [("credential_kind", "=", "x509")])).rows[0][0]
    assert 0 < some < everything


def test_a_number_of_the_overview_equals_its_rows(client: Client) -> None:
    """People refused: the rollup and the rows behind the link must not differ."""
    values = {variable["name"]: [ALL] if variable.get("multi") else "" for variable in EVENTS.variables}
    number = ask(client, expand(source("overview/denied").text, values, WHEN)).rows[0][0]
    narrowed = {**values, "actor_kind": ["human"], "refused": ["yes"]}
    assert number == ask(client, expand(source("events/requests").text, narrowed, WHEN)).rows[0][0]
