"""What aggregated servers log of a request is the same request, and nobody hides one by choosing its audit id."""

import itertools
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.refresh import refresh_view
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import Settings
from tests.reference import derive, strategies
from tests.reference.rows import Event, Row, micros, projected, requests_of, stamp

FRONT, BACK, OTHER = "kube-apiserver", "openshift-apiserver", "oauth-apiserver"
BASE = micros("2026-01-05T09:59:59.000000Z")
ALICE = {"username": "alice", "groups": ["system:authenticated:oauth"], "extra": {"scopes.authorization.openshift.io": ["user:full"]}}

Logged = tuple[str, Event]
"""An event and the server that logged it."""

REQUESTS = """
SELECT component, audit_id, toUnixTimestamp64Micro(requested_at), stage, actor, impersonated_user, client_ip, code, level, name, length(raw)
FROM requests WHERE cluster = {cluster:String}
"""
MINUTES = """
SELECT actor, key_ip, toUnixTimestamp(minute), toUnixTimestamp64Micro(first.1), toUnixTimestamp64Micro(last.1), requests, writes, denied
FROM activity_minutes WHERE cluster = {cluster:String}
"""
COLUMNS = ("cluster", "component", "record_kind", "received_at", "position", "raw")
numbers = itertools.count()


@pytest.fixture(scope="module")
def store(engine: Engine) -> Iterator[Engine]:
    with Engine(Dsn(path=engine.dsn.path, database="folding")) as opened:
        apply_schema(opened)
        sync_rules(opened, Settings(dsn="chdb:///unused"))
        yield opened
        opened.command("DROP DATABASE folding")


@st.composite
def logged(draw: st.DrawFn) -> list[Logged]:
    """Draw requests as one or more servers logged them: few ids, paths and moments, so that strangers look like copies."""
    events: dict[tuple[Any, ...], Logged] = {}
    for _ in range(draw(st.integers(0, 9))):
        at = BASE + draw(st.sampled_from([0, 1, 2_000, 1_000_000, 30_000_000, 60_000_000, 60_000_001, 61_000_000, 90_000_000]))
        audit_id = draw(st.sampled_from(["chosen", "another"]))
        asked = draw(
            st.sampled_from([("get", "/routes/web"), ("delete", "/routes/web"), ("list", "/routes?limit=500"), ("create", "/routes")])
        )
        servers = draw(st.sampled_from([(FRONT,), (FRONT, BACK), (FRONT, BACK), (BACK,), (FRONT, BACK, OTHER)]))
        acting = draw(st.booleans())
        answer = draw(st.sampled_from([(200, "allow"), (403, "forbid")]))
        for server in servers:
            late = 0 if server == FRONT else draw(st.sampled_from([0, 1, 3_000, 59_999_999]))
            if (server, audit_id, at + late) in events:
                continue
            level = draw(st.sampled_from(["Metadata", "Metadata", "Request", "RequestResponse"]))
            event = _event(server, audit_id, at + late, (*asked, level), answer, acting=acting)
            events[server, audit_id, at + late] = (server, event)
    return list(events.values())


def _event(server: str, audit_id: str, at: int, asked: tuple[str, str, str], answer: tuple[int, str], *, acting: bool) -> Event:
    """Write what a server logs: the aggregated one has bodies, names of what is created, the effective user, one more source address."""
    front, (verb, uri, level), (code, decision) = server == FRONT, asked, answer
    named = {"name": "web"} if uri.endswith("/web") or (verb == "create" and not front) else {}
    event: dict[str, Any] = {
        "kind": "Event",
        "apiVersion": "audit.k8s.io/v1",
        "level": level,
        "auditID": audit_id,
        "stage": "ResponseComplete",
        "requestURI": f"/apis/route.openshift.io/v1/namespaces/shop{uri}",
        "verb": verb,
        "user": {"username": "bob"} if acting and not front else ALICE,
        "sourceIPs": ["203.0.113.7"] if front else ["203.0.113.7", "10.128.0.2"],
        "userAgent": "oc/4.14.0 (linux/amd64) kubernetes/0f5e2d1",
        "objectRef": {"resource": "routes", "namespace": "shop", "apiGroup": "route.openshift.io", "apiVersion": "v1", **named},
        "responseStatus": {"metadata": {}, "code": code},
        "requestReceivedTimestamp": stamp(at),
        "stageTimestamp": stamp(at + 500),
        "annotations": {"authorization.k8s.io/decision": decision},
    }
    if acting and front:
        event["impersonatedUser"] = {"username": "bob"}
    if not front and level == "RequestResponse":
        event["responseObject"] = {"kind": "Route", "metadata": {"name": "web"}}
    return event


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_copies_of_aggregated_servers_are_folded_as_the_reference_does(store: Engine, data: st.DataObject) -> None:
    events = data.draw(logged())
    delivered = data.draw(st.permutations([*events, *data.draw(st.lists(st.sampled_from(events), max_size=3) if events else st.just([]))]))
    cluster = f"cluster-{next(numbers)}"
    cut = data.draw(st.integers(0, len(delivered)))
    for part in (delivered[:cut], delivered[cut:]):
        store.insert("landing", COLUMNS, b"".join(_landed(cluster, *each) for each in part), "JSONEachRow")
    refresh_view(store, "copy_facts_refresh")
    rows = [projected(event, "test", (), server) for server, event in events]
    assert _found(store, REQUESTS, cluster) == sorted(_wanted_requests(rows), key=repr)
    assert _found(store, MINUTES, cluster) == sorted(_wanted_minutes(rows), key=repr)


def _landed(cluster: str, server: str, event: Event) -> bytes:
    row = {"cluster": cluster, "component": server, "record_kind": "event", "received_at": "2026-01-06 00:00:00", "position": 1}
    return orjson.dumps(row | {"raw": strategies.to_ndjson([event]).decode().strip()}) + b"\n"


def _found(store: Engine, query: str, cluster: str) -> list[tuple[Any, ...]]:
    return sorted((tuple(row) for row in store.rows(query, {"cluster": cluster})), key=repr)


def _wanted_requests(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    for request in requests_of(rows):
        row = request.last
        yield (
            row.component,
            row.audit_id,
            row.requested_at,
            row.stage,
            row.actor,
            row.impersonated_user,
            row.client_ip,
            row.code,
            row.level,
            row.name,
            len(row.raw.encode()),
        )


def _wanted_minutes(rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    minutes: dict[tuple[str, str, int], list[derive.Request]] = {}
    for request in requests_of(rows):
        minutes.setdefault((request.last.actor, request.last.client_ip, request.began // 60_000_000 * 60), []).append(request)
    for (actor, address, minute), found in minutes.items():
        first, last = min(each.began for each in found), max(each.ended for each in found)
        yield actor, address, minute, first, last, len(found), sum(each.is_write for each in found), sum(each.is_denied for each in found)


def test_an_audit_id_that_a_client_repeats_thousands_of_times_costs_no_more_than_its_requests(store: Engine) -> None:
    asked = 20_000
    store.command(
        "INSERT INTO forwarded_requests (cluster, request, requested_at, component, audit_id) "
        "SELECT 'repeats', 7, toDateTime64('2026-01-05 10:00:00', 6, 'UTC') + toIntervalSecond(intDiv(number, 2) * 100 + number % 2), "
        "if(number % 2 = 0, 'kube-apiserver', 'openshift-apiserver'), 'chosen' FROM numbers({rows:UInt64})",
        {"rows": 2 * asked},
    )
    pairs = store.rows("SELECT count(), uniqExact(front_at), max(requested_at - front_at) FROM forwarded_copies WHERE cluster = 'repeats'")
    assert pairs == [(asked, asked, 1)]


def test_the_last_stage_of_a_forwarded_request_stays_also_when_it_is_a_panic(store: Engine) -> None:
    stages = ("RequestReceived", "ResponseStarted", "ResponseComplete", "Panic")
    event = _event(FRONT, "panic", BASE, ("get", "/routes/web", "Metadata"), (500, "allow"), acting=False)
    told = [event | {"stage": stage, "stageTimestamp": stamp(BASE + number)} for number, stage in enumerate(stages)]
    for order, cluster in ((told, "panic-last"), (told[::-1], "panic-first")):
        store.insert("landing", COLUMNS, b"".join(_landed(cluster, FRONT, each) for each in order), "JSONEachRow")
        kept = "SELECT toUnixTimestamp64Micro(stage_at) FROM forwarded_requests FINAL WHERE cluster = {cluster:String}"
        assert store.rows(kept, {"cluster": cluster}) == [(BASE + 3,)]
