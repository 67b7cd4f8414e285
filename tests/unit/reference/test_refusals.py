"""Failed attempts and denials: never the same row, never a health probe."""

from typing import Any

import pytest

from tests.reference import derive

ANONYMOUS = {"username": "system:anonymous"}


def refused(code: int, decision: str = "", **fields: Any) -> dict[str, Any]:
    return {
        "auditID": "one",
        "stage": "ResponseComplete",
        "requestURI": "/api/v1/secrets",
        "verb": "list",
        "user": {},
        "sourceIPs": ["203.0.113.7"],
        "objectRef": {"resource": "secrets"},
        "responseStatus": {"code": code},
        "requestReceivedTimestamp": "2026-01-05T10:00:00.000000Z",
        "stageTimestamp": "2026-01-05T10:00:00.000400Z",
        "annotations": {"authorization.k8s.io/decision": decision} if decision else {},
        **fields,
    }


@pytest.mark.parametrize(
    ("event", "failed", "denied"),
    [
        (refused(401, stage="ResponseStarted"), ["bad-credential"], 0),
        (refused(401, stage="ResponseStarted", requestURI="/healthz"), [], 0),
        (refused(401, stage="ResponseStarted", requestURI="/", verb="head"), [], 0),
        (refused(403, "forbid", user=ANONYMOUS), ["anonymous-denied"], 0),
        (refused(403, "forbid", user=ANONYMOUS, requestURI="/livez/etcd"), [], 0),
        (refused(200, "allow", user=ANONYMOUS), [], 0),
        (refused(403, "forbid", user={"username": "alice"}), [], 1),
        (refused(403, user={"username": "alice"}), [], 1),
        (refused(403, "allow", user={"username": "alice"}), [], 0),
        (refused(403, "forbid", user={"username": "system:serviceaccount:ci:deployer"}), [], 1),
        (refused(404, "allow", user={"username": "alice"}), [], 0),
    ],
)
def test_who_is_refused_how(event: dict[str, Any], failed: list[str], denied: int) -> None:
    assert [each.class_ for each in derive.failed_attempts([event, event])] == failed
    assert len(derive.denied_requests([event, event])) == denied


def test_a_forged_address_does_not_hide_the_caller() -> None:
    event = refused(401, sourceIPs=["10.0.1.2", "127.0.0.1", "203.0.113.7", "10.0.0.10"])
    [attempt] = derive.failed_attempts([event], trusted_proxies=["10.0.0.10/32"])
    assert attempt.client_ip == "203.0.113.7"


def test_a_request_is_denied_by_its_last_stage() -> None:
    stages = [refused(0, user={"username": "alice"}, stage="RequestReceived"), refused(403, "forbid", user={"username": "alice"})]
    assert len(derive.denied_requests(stages)) == 1


HANDED_ON = {
    "requestURI": "/apis/oauth.openshift.io/v1/oauthclients",
    "objectRef": {"resource": "oauthclients", "apiGroup": "oauth.openshift.io"},
}


def test_an_aggregated_copy_is_the_same_request() -> None:
    front = refused(200, "allow", user={"username": "alice"}, **HANDED_ON)
    behind = {
        **front,
        "user": {"username": "bob"},
        "sourceIPs": ["203.0.113.7", "10.0.1.2"],
        "level": "RequestResponse",
        "responseObject": {},
    }
    rows = [derive.projected(front), derive.projected(behind, component="oauth-apiserver")]
    [request] = derive.requests_of(rows)
    assert (request.last.actor, request.last.client_ip, request.last.level) == ("alice", "203.0.113.7", "RequestResponse")


def test_a_copy_more_than_a_minute_away_is_another_request() -> None:
    front = refused(200, "allow", user={"username": "alice"}, **HANDED_ON)
    behind = {**front, "requestReceivedTimestamp": "2026-01-05T10:01:00.000001Z", "stageTimestamp": "2026-01-05T10:01:01.000000Z"}
    assert len(derive.requests_of([derive.projected(front), derive.projected(behind, component="oauth-apiserver")])) == 2


def test_what_is_no_audit_event_is_no_row() -> None:
    event = refused(401)
    assert derive.rows([{**event, "auditID": ""}, {**event, "verb": ""}, {**event, "requestReceivedTimestamp": ""}]) == []
