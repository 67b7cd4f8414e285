"""Where a session begins and ends, at the microsecond."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.reference import derive

GAP = timedelta(hours=8)
START = derive.micros("2026-01-05T08:00:00.000000Z")
WIDTH = GAP // timedelta(microseconds=1)
CREDENTIAL = "authentication.kubernetes.io/credential-id"
KUBECTL = "kubectl/v1.34.1 (linux/amd64) kubernetes/93248f9"


def event(at: int, ended: int | None = None, stage: str = "ResponseComplete", **fields: Any) -> dict[str, Any]:
    return {
        "kind": "Event",
        "apiVersion": "audit.k8s.io/v1",
        "level": "Metadata",
        "auditID": f"id-{at}",
        "stage": stage,
        "requestURI": "/api/v1/pods",
        "verb": "list",
        "user": user("alice", "X509SHA256=aa"),
        "sourceIPs": ["203.0.113.7"],
        "userAgent": KUBECTL,
        "objectRef": {"resource": "pods"},
        "responseStatus": {"code": 200},
        "requestReceivedTimestamp": derive.stamp(at),
        "stageTimestamp": derive.stamp(at if ended is None else ended),
        "annotations": {"authorization.k8s.io/decision": "allow"},
        **fields,
    }


def user(name: str, credential: str = "") -> dict[str, Any]:
    return {"username": name, **({"extra": {CREDENTIAL: [credential]}} if credential else {})}


def spans(*events: dict[str, Any], gap: timedelta = GAP) -> list[tuple[int, int, str]]:
    return [(s.started_at - START, s.last_seen_at - START, s.evidence) for s in derive.sessions(events, gap)]


def test_a_silence_of_exactly_the_gap_does_not_end_a_session() -> None:
    assert spans(event(START), event(START + WIDTH)) == [(0, WIDTH, "first-seen")]


def test_a_microsecond_more_does() -> None:
    assert spans(event(START), event(START + WIDTH + 1)) == [(0, 0, "first-seen"), (WIDTH + 1, WIDTH + 1, "idle-gap")]


def test_silence_is_counted_from_the_last_stage() -> None:
    watch = event(START, START + WIDTH)
    assert spans(watch, event(START + 2 * WIDTH)) == [(0, 2 * WIDTH, "first-seen")]


def test_a_long_request_outlives_the_short_ones_after_it() -> None:
    watch = event(START, START + 2 * WIDTH)
    assert spans(watch, event(START + 1), event(START + 3 * WIDTH)) == [(0, 3 * WIDTH, "first-seen")]


def test_a_request_that_lasts_longer_than_the_gap_is_one_session() -> None:
    assert spans(event(START, START + 3 * WIDTH)) == [(0, 3 * WIDTH, "first-seen")]


def test_stages_of_one_request_are_one_request() -> None:
    stages = [
        event(START, stage="RequestReceived", responseStatus={}),
        event(START, START + 5, stage="ResponseStarted"),
        event(START, START + 9),
    ]
    [session] = derive.sessions(stages)
    assert (session.requests, session.last_seen_at) == (1, START + 9)


def test_an_audit_id_used_again_is_another_request() -> None:
    [session] = derive.sessions([event(START, auditID="mine"), event(START + 1, auditID="mine")])
    assert session.requests == 2


def test_copies_are_one_event() -> None:
    [session] = derive.sessions([event(START), event(START), event(START, level="Request", requestObject={"a": 1})])
    assert session.requests == 1


@pytest.mark.parametrize(
    ("first", "second", "sessions"),
    [
        (user("alice", "X509SHA256=aa"), user("alice", "X509SHA256=bb"), 2),
        (user("alice", "X509SHA256=aa"), user("alice", "JTI=1"), 2),
        (user("alice", "JTI=1"), user("alice", "JTI=2"), 1),
        (user("alice", "JTI=1"), user("alice"), 1),
        (user("alice", "X509SHA256=aa"), user("bob", "X509SHA256=aa"), 2),
    ],
)
def test_the_credential_is_part_of_the_key_unless_it_is_a_token(first: dict[str, Any], second: dict[str, Any], sessions: int) -> None:
    assert len(derive.sessions([event(START, user=first), event(START + 1, user=second)])) == sessions


def test_another_address_is_another_session() -> None:
    assert len(derive.sessions([event(START), event(START + 1, sourceIPs=["203.0.113.8"])])) == 2


def test_an_aws_access_key_keeps_its_session_at_any_address() -> None:
    carol = {"username": "carol", "extra": {"accessKeyId": ["ASIAEXAMPLE"]}}
    [session] = derive.sessions([event(START, user=carol), event(START + 1, user=carol, sourceIPs=["203.0.113.8"])])
    assert (session.key_credential, session.key_ip, session.client_ip) == ("ASIAEXAMPLE", "", "203.0.113.7")


def test_a_service_account_has_sessions_only_in_an_interactive_client() -> None:
    account = user("system:serviceaccount:ci:deployer", "JTI=1")
    machine = event(START, user=account, userAgent="Go-http-client/2.0")
    person = event(START + 1, user=account)
    [session] = derive.sessions([machine, person])
    assert (session.started_at, session.requests, session.actor_kind) == (START + 1, 1, "service-account")


def test_other_machines_and_nobody_have_no_sessions() -> None:
    names = ("system:node:worker-1", "system:kube-scheduler", "system:anonymous", "eks:node-manager")
    refused = event(START + 9, user={}, responseStatus={"code": 401}, stage="ResponseStarted")
    assert derive.sessions([*(event(START + n, user=user(name)) for n, name in enumerate(names)), refused]) == []


def test_impersonation_belongs_to_the_real_actor() -> None:
    events = [event(START, impersonatedUser={"username": "bob"}), event(START + 1, impersonatedUser={"username": "carol"})]
    [session] = derive.sessions(events)
    assert (session.actor, session.acting_as) == ("alice", ("bob", "carol"))


def test_a_range_selects_sessions_and_never_changes_them() -> None:
    events = [event(START), event(START + WIDTH), event(START + 3 * WIDTH)]
    whole = derive.sessions(events)
    middle = datetime(2026, 1, 5, 12, tzinfo=UTC)
    assert derive.sessions(events, GAP, middle) == whole
    assert derive.sessions(events, GAP, None, middle) == whole[:1]
    assert derive.sessions(events, GAP, middle, middle + timedelta(hours=1)) == whole[:1]


def test_a_session_is_open_while_the_newest_event_is_within_the_gap() -> None:
    node = user("system:node:worker-1")
    within, beyond = (event(START + WIDTH + more, user=node) for more in (0, 1))
    assert [s.end_reason for s in derive.sessions([event(START), within])] == ["open"]
    assert [(s.end_reason, s.ended_at) for s in derive.sessions([event(START), beyond])] == [("idle", START)]
    assert [each.logout_at for each in derive.logouts([event(START), beyond])] == [START]
    assert derive.logouts([event(START), within]) == []


def test_writes_and_denials_are_counted() -> None:
    refused = {"code": 403}
    [session] = derive.sessions(
        [
            event(START, verb="create"),
            event(START + 1, annotations={"authorization.k8s.io/decision": "forbid"}, responseStatus=refused),
            event(START + 2, annotations={}, responseStatus=refused),
            event(START + 3, verb="create", responseStatus=refused),
        ]
    )
    assert (session.requests, session.writes, session.denied) == (4, 2, 2)
    assert derive.outcome(event(START, responseStatus=refused)) == "forbidden"


def test_the_first_request_decides_the_method() -> None:
    [session] = derive.sessions([event(START + 1), event(START, userAgent="Helm/3.18.4")])
    assert (session.method, session.clients, session.first_audit_id) == ("helm", ("helm", "kubectl"), f"id-{START}")


def test_a_login_is_the_beginning_of_each_session() -> None:
    found = derive.logins([event(START), event(START + 2 * WIDTH)])
    assert [(each.login_at - START, each.evidence, each.evidence_ids) for each in found] == [
        (0, "first-seen", (f"id-{START}",)),
        (2 * WIDTH, "idle-gap", (f"id-{START + 2 * WIDTH}",)),
    ]
