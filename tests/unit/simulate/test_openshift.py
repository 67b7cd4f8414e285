"""A simulated OpenShift cluster: events as the servers write them, and a truth that fits together."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from auditradar.ingest.envelopes.framing import decode, open_framer
from auditradar.ingest.envelopes.records import DecodeOptions
from auditradar.ingest.simulate import OpenShiftTruth, Plan, simulate_any
from auditradar.ingest.simulate.clock import DAY, HOUR, micros

FIXTURES = Path(__file__).parents[2] / "fixtures" / "event"
PLAN = Plan(days=6, people=8, seed=3, events=8_000, platform="openshift")
# Rewrite with: python -m pytest tests/unit/simulate/test_openshift.py -k every_machine (the failure prints the new value).
SHA256 = "6382f37ba38a60850a37401fd1f7f5f6be17d55a7afd8ac73b72a189d256dd7d"
_ORDER = (
    *("kind", "apiVersion", "level", "auditID", "stage", "requestURI", "verb", "user", "impersonatedUser", "sourceIPs", "userAgent"),
    *("objectRef", "responseStatus", "requestObject", "responseObject", "requestReceivedTimestamp", "stageTimestamp", "annotations"),
)

Event = dict[str, Any]


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, OpenShiftTruth]:
    out = tmp_path_factory.mktemp("openshift")
    truth = simulate_any(out, PLAN)
    assert isinstance(truth, OpenShiftTruth)
    return out, truth


def read(out: Path, component: str) -> Iterator[Event]:
    paths = sorted(out.glob(f"logs/*/{component}/audit.log"))
    assert paths
    seen: set[bytes] = set()
    for path in paths:
        for line in path.read_bytes().splitlines():
            if line not in seen:
                seen.add(line)
                yield json.loads(line)


@pytest.fixture(scope="module")
def logs(week: tuple[Path, OpenShiftTruth]) -> dict[str, list[Event]]:
    return {name: list(read(week[0], name)) for name in ("kube-apiserver", "openshift-apiserver", "oauth-apiserver", "oauth-server")}


def about_tokens(events: list[Event], resource: str = "oauthaccesstokens") -> list[Event]:
    return [event for event in events if event.get("objectRef", {}).get("resource") == resource]


def shape(value: Any, path: str = "") -> set[str]:
    """List the paths of all keys."""
    if isinstance(value, dict):
        return {path} | {found for key, inner in value.items() for found in shape(inner, f"{path}.{key}")}
    return {path}


def test_the_same_plan_gives_the_same_bytes_on_every_machine(week: tuple[Path, OpenShiftTruth]) -> None:
    content = b"".join(path.read_bytes() for path in sorted((week[0] / "logs").rglob("*.log")))
    assert hashlib.sha256(content).hexdigest() == SHA256


def test_every_event_is_written_as_the_go_type_is(logs: dict[str, list[Event]]) -> None:
    for event in (event for events in logs.values() for event in events):
        assert [name for name in _ORDER if name in event] == list(event)
        assert event["requestReceivedTimestamp"] <= event["stageTimestamp"]


def test_only_the_oauth_server_logs_what_it_received(logs: dict[str, list[Event]]) -> None:
    stages = {name: {event["stage"] for event in events} for name, events in logs.items()}
    assert stages["oauth-server"] == {"RequestReceived", "ResponseComplete"}
    assert stages["oauth-apiserver"] == stages["openshift-apiserver"] == {"ResponseComplete"}
    assert stages["kube-apiserver"] == {"ResponseComplete", "ResponseStarted"}


@pytest.mark.parametrize(("verb", "code"), [("create", 201), ("get", 200), ("get", 404), ("update", 200), ("delete", 200)])
def test_events_of_tokens_have_the_fields_of_the_samples(logs: dict[str, list[Event]], verb: str, code: int) -> None:
    def chosen(events: list[Event]) -> list[Event]:
        return [event for event in about_tokens(events) if (event["verb"], event["responseStatus"]["code"]) == (verb, code)]

    samples = [json.loads(line) for line in (FIXTURES / "token_lifecycle.jsonl").read_text().splitlines()]
    found = chosen(logs["oauth-apiserver"])
    assert found
    # Tokens of newer clusters carry an id, service accounts a uid; the timeout and the state are there where they are in use.
    free = {
        ".user.uid",
        ".user.extra",
        ".inactivityTimeoutSeconds",
        ".credential-id",
        ".userUID",
        ".pod-name",
        ".pod-uid",
        ".scopes.authorization",
    }

    def fixed(paths: set[str]) -> set[str]:
        return {path for path in paths if not any(part in path for part in free)}

    wanted = {frozenset(fixed(shape(sample))) for sample in chosen(samples)}
    assert wanted
    for event in found:
        assert frozenset(fixed(shape(event))) in wanted


def test_a_probe_of_the_router_is_the_real_one(logs: dict[str, list[Event]]) -> None:
    real = json.loads((FIXTURES / "oauth-server_probe.json").read_text())
    probe = next(event for event in logs["oauth-server"] if event["verb"] == "head" and event["stage"] == "ResponseComplete")
    own = {"auditID", "sourceIPs", "requestReceivedTimestamp", "stageTimestamp"}
    assert {key: value for key, value in probe.items() if key not in own} == {key: value for key, value in real.items() if key not in own}


def test_a_copy_of_the_front_server_has_neither_body_nor_name_and_the_same_id(logs: dict[str, list[Event]]) -> None:
    asked = [event for event in logs["oauth-apiserver"] + logs["openshift-apiserver"] if event["sourceIPs"] != ["::1"]]
    behind = {event["auditID"]: event for event in asked if event["user"]["username"] != "system:aggregator"}  # asks them itself
    front = {event["auditID"]: event for event in logs["kube-apiserver"] if event["auditID"] in behind}
    assert set(front) == set(behind)
    assert len(front) > 100
    for audit_id, copy in front.items():
        assert not {"requestObject", "responseObject"} & copy.keys()
        assert behind[audit_id]["sourceIPs"][:-1] == copy["sourceIPs"]
        assert "impersonatedUser" not in behind[audit_id]
        if copy["verb"] == "create":
            assert "name" not in copy["objectRef"]
        if "impersonatedUser" in copy:
            assert behind[audit_id]["user"] == copy["impersonatedUser"] != copy["user"]
    assert any("impersonatedUser" in copy for copy in front.values())


def test_everybody_is_anonymous_at_the_oauth_server_and_failures_are_redirects(logs: dict[str, list[Event]]) -> None:
    assert {event["user"]["username"] for event in logs["oauth-server"]} == {"system:anonymous"}
    notes = [
        (event["requestURI"], event["responseStatus"]["code"], event["annotations"])
        for event in logs["oauth-server"]
        if "annotations" in event
    ]
    decision, name = "authentication.openshift.io/decision", "authentication.openshift.io/username"
    forms = [(code, note) for uri, code, note in notes if uri.startswith("/login/") and "?" not in uri]
    assert {(code, note.get(decision)) for code, note in forms} == {(302, "allow"), (302, "deny"), (302, "error"), (302, None)}
    challenges = [code for uri, code, note in notes if note.get(decision) == "deny" and name not in note]
    assert {302, 401} == set(challenges)


def test_a_token_is_looked_up_when_it_is_used_and_not_for_each_request(
    week: tuple[Path, OpenShiftTruth], logs: dict[str, list[Event]]
) -> None:
    found = [event for event in about_tokens(logs["oauth-apiserver"]) if event["verb"] == "get" and event["responseStatus"]["code"] == 200]
    requests = sum(session.requests for session in week[1].sessions)
    assert 0 < len(found) < requests
    assert {tuple(event["sourceIPs"]) for event in found} == {("::1",)}
    assert {event["user"]["username"] for event in found} == {"system:apiserver"}


def test_a_dead_token_leaves_two_look_ups_and_a_401(week: tuple[Path, OpenShiftTruth], logs: dict[str, list[Event]]) -> None:
    tried = [each for each in week[1].failed_attempts if each.class_ == "unknown-or-expired-token"]
    refused = {event["auditID"]: event for event in logs["kube-apiserver"] if event["stage"] == "ResponseStarted"}
    missing = [event for event in about_tokens(logs["oauth-apiserver"]) if event["responseStatus"]["code"] == 404]
    assert {each.actor for each in tried} == {"", "ken", "trent"}
    assert len(missing) == 2 * len(tried)
    for each in tried:
        assert refused[each.audit_id]["user"] == {}
        close = [event for event in missing if abs(at(event["requestReceivedTimestamp"]) - at(each.attempted_at)) < 2_000_000]
        assert len(close) == 2


def at(text: str) -> int:
    return micros(datetime.fromisoformat(text))


def test_every_way_in_out_and_to_fail_is_there(week: tuple[Path, OpenShiftTruth]) -> None:
    truth = week[1]
    methods = {"web-console", "oc", "oc-web", "token-display", "service-account-oauth", "other"}
    assert {login.method for login in truth.logins} == methods
    assert {login.client_ip_evidence for login in truth.logins} == {"peer", "access-log", ""}
    assert {session.end_reason for session in truth.sessions} >= {"logout", "revoked", "expired", "idle"}
    assert {end.by for end in truth.logouts if end.kind == "revoked"} == {"olivia", "system:anonymous"}
    assert {each.class_ for each in truth.failed_attempts} == {"bad-password", "idp-error", "idp-denied", "unknown-or-expired-token"}
    assert {name for session in truth.sessions for name in session.acting_as} == {"bob"}
    assert len(truth.silent_tokens) == 1
    assert truth.denied


def test_sessions_end_when_the_first_of_their_ends_comes(week: tuple[Path, OpenShiftTruth]) -> None:
    for session in week[1].sessions:
        started, seen = at(session.started_at), at(session.last_seen_at)
        assert started <= seen
        if session.end_reason == "expired":
            assert seen <= at(session.ended_at) <= min(seen + 8 * HOUR, started + DAY)
        if session.end_reason == "idle":
            assert session.ended_at == session.last_seen_at


def test_a_client_may_choose_its_audit_id(logs: dict[str, list[Event]]) -> None:
    own = [event for event in logs["kube-apiserver"] if event["user"].get("username") == "victor"]
    ids = [event["auditID"] for event in own]
    assert max(map(ids.count, ids)) == 4


def test_two_at_once_are_known_to_nobody(week: tuple[Path, OpenShiftTruth]) -> None:
    unknown = {login.actor for login in week[1].logins if not login.known_ip}
    assert unknown == {"nina", "peggy"}


def test_the_router_and_keycloak_write_what_the_decoder_reads(week: tuple[Path, OpenShiftTruth]) -> None:
    for name, kind in (("haproxy.log", "access"), ("keycloak.log", "identity")):
        data = b"".join(path.read_bytes() for path in (week[0] / "logs").rglob(name))
        run = open_framer([data], DecodeOptions()).peek(1 << 25)
        assert run is not None
        decoded = decode(run, DecodeOptions())
        assert {note.kind for note in decoded.notes.values()} == {kind}
        assert len(decoded.notes) == len(decoded.records) == data.count(b"\n") > 10


def test_the_truth_is_written_down_in_the_order_of_time(week: tuple[Path, OpenShiftTruth]) -> None:
    out, truth = week
    assert OpenShiftTruth.model_validate_json((out / "truth.json").read_text(encoding="utf-8")) == truth
    assert all(first.login_at <= second.login_at for first, second in pairwise(truth.logins))
