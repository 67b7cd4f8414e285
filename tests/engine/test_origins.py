"""Where people and tokens came from, what the platform's counters should say, and what cannot be known."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import Settings
from auditradar.ingest.sources import expand
from auditradar.sql import query

DECISIONS = Path(__file__).parents[1] / "fixtures" / "openshift" / "oauth-server.jsonl"
COLUMNS = ("cluster", "component", "batch_id", "position", "record_kind", "received_at", "raw")
ROUTER = {"system": "haproxy-tcp", "backend": "be_tcp:openshift-authentication:oauth-openshift", "server_ip": "10.128.0.7"}
PROXY = "198.51.100.250"

Record = dict[str, Any]


@pytest.fixture(scope="module")
def store(engine: Engine) -> Iterator[Engine]:
    with Engine(Dsn(path=engine.dsn.path, database="origins")) as opened:
        apply_schema(opened)
        sync_rules(opened, Settings(dsn="chdb:///unused", trusted_proxies=[f"{PROXY}/32"]))
        yield opened
        opened.command("DROP DATABASE origins")


def land(store: Engine, cluster: str, kind: str, records: Iterable[Record]) -> None:
    rows = (
        {"cluster": cluster, "component": "kube-apiserver", "batch_id": f"{cluster}-{kind}", "position": number, "record_kind": kind}
        | {"received_at": "2026-02-01 10:00:00", "raw": orjson.dumps(record).decode()}
        for number, record in enumerate(records, 1)
    )
    store.insert("landing" if kind == "event" else "landing_lines", COLUMNS, b"\n".join(map(orjson.dumps, rows)), "JSONEachRow")


def connection(client: str, begins: str, ends: str, **more: Any) -> Record:
    at = {"at": f"2023-12-07T{begins}.000000Z", "ended_at": f"2023-12-07T{ends}.000000Z"}
    return ROUTER | at | {"client_ip": client, "client_port": 4000 + len(begins + ends + client)} | more


def decisions(store: Engine, cluster: str, access: list[Record]) -> dict[str, tuple[str, str]]:
    """Load the oauth-server's log with access lines; give address and evidence by the end of the audit id."""
    load(store, expand([str(DECISIONS)]), LoadOptions(cluster=cluster, component="oauth-server"))
    land(store, cluster, "access", access)
    found = store.rows(
        "SELECT right(evidence_id, 2), client_ip, client_ip_evidence FROM authentications WHERE cluster = {cluster:String}",
        {"cluster": cluster},
    )
    return {name: (address, evidence) for name, address, evidence in found}


HIDDEN = ("10.128.0.1", "peer")
NGINX = {"system": "nginx", "backend": "", "server_ip": "", "method": "POST", "uri": "/login/developer?then=x", "code": 302}


def test_the_one_connection_that_was_open_names_the_client(store: Engine) -> None:
    access = [
        connection("203.0.113.5", "09:59:59", "10:00:15"),
        connection("203.0.113.5", "10:00:05", "10:00:12"),  # a second connection of the same client
        connection("203.0.113.6", "10:00:59", "10:01:05"),
        connection("203.0.113.7", "10:01:00", "10:01:02"),  # another client at the same time
        connection("203.0.113.8", "10:02:30", "10:02:50"),  # in the same minute, but not open
        connection("203.0.113.9", "10:03:00", "10:03:00", backend="be_tcp:shop:web", server_ip="10.128.0.8"),
    ]
    found = decisions(store, "router", access)
    assert [found[name] for name in ("01", "03")] == [("203.0.113.5", "access-log")] * 2
    assert [found[name] for name in ("04", "07", "08", "10", "11")] == [HIDDEN] * 5


def test_a_request_line_beats_connections_and_only_trusted_proxies_forward(store: Engine) -> None:
    access = [
        connection("203.0.113.7", "10:00:00", "10:00:30"),
        connection("203.0.113.8", "10:00:00", "10:00:30"),
        connection(PROXY, "10:00:20", "10:00:20", **NGINX, forwarded_for=["192.0.2.1", "203.0.113.5"]),
        connection("203.0.113.9", "10:02:00", "10:02:00", **NGINX, forwarded_for=["192.0.2.1"]),  # another path
    ]
    found = decisions(store, "proxy", access)
    assert found["04"] == ("203.0.113.5", "access-log")
    assert found["03"] == found["10"] == HIDDEN


def test_the_counters_of_the_platform_are_counted(store: Engine) -> None:
    decisions(store, "counted", [])
    found = store.rows("SELECT metric, labels, value FROM auth_counterparts WHERE cluster = 'counted' ORDER BY ALL")
    name = "openshift_auth_{}_password_count{}".format
    assert [tuple(row) for row in found] == [
        (name("basic", ""), "", 2),
        (name("basic", "_result"), '{result="failure"}', 1),
        (name("basic", "_result"), '{result="success"}', 1),
        (name("form", ""), "", 3),
        (name("form", "_result"), '{result="error"}', 1),
        (name("form", "_result"), '{result="failure"}', 1),
        (name("form", "_result"), '{result="success"}', 1),
        ("openshift_auth_password_total", "", 5),
    ]


def test_blind_spots_follow_from_what_is_there(store: Engine) -> None:
    decisions(store, "without", [])
    decisions(store, "with", [connection("203.0.113.5", "10:00:20", "10:00:20")])
    land(store, "with", "identity", [{"system": "keycloak", "type": "LOGIN_ERROR", "at": "2023-12-07T10:00:00.000000Z", "actor": "bob"}])
    spots = store.rows("SELECT cluster, blind_spot FROM blind_spots WHERE cluster IN ('with', 'without')")
    by_cluster = {cluster: {spot for name, spot in spots if name == cluster} for cluster in ("with", "without")}
    assert "Logins, logouts and revocations of tokens with owner and client." in by_cluster["without"]
    assert "Where people stood who logged in by the oauth-server." in by_cluster["without"]
    assert "Where some people stood who logged in by the oauth-server." in by_cluster["with"]
    assert "Successful logins at Keycloak." in by_cluster["with"] - by_cluster["without"]


ACCOUNT = "system:serviceaccount:shop:web"


def issued(at: str, by: str, token: str) -> Record:
    return request(at, by, "", "198.51.100.3", "create") | {
        "objectRef": {"resource": "serviceaccounts", "namespace": "shop", "name": "web", "subresource": "token", "apiVersion": "v1"},
        "responseStatus": {"metadata": {}, "code": 201},
        "annotations": {"authentication.kubernetes.io/issued-credential-id": token},
    }


def request(at: str, actor: str, token: str, address: str, verb: str = "get") -> Record:
    user: Record = {"username": actor}
    if token:
        user["extra"] = {"authentication.kubernetes.io/credential-id": [token]}
    moment = f"2026-02-01T{at}.000000Z"
    return {
        "kind": "Event",
        "apiVersion": "audit.k8s.io/v1",
        "level": "Metadata",
        "auditID": f"{verb}-{at}",
        "stage": "ResponseComplete",
        "requestURI": "/api/v1/pods",
        "verb": verb,
        "user": user,
        "sourceIPs": [address],
        "userAgent": "curl/8.14.1",
        "objectRef": {"resource": "pods", "apiVersion": "v1"},
        "responseStatus": {"metadata": {}, "code": 200},
        "requestReceivedTimestamp": moment,
        "stageTimestamp": moment,
    }


def test_a_token_is_followed_from_who_had_it_made_to_where_it_was_used(store: Engine) -> None:
    events = [
        issued("08:00:00", "system:node:worker-1", "JTI=pod-1"),
        request("08:00:10", ACCOUNT, "JTI=pod-1", "10.128.0.9"),
        request("08:05:00", ACCOUNT, "JTI=pod-1", "10.128.0.9", "list"),
        issued("09:00:00", "system:node:worker-2", "JTI=pod-2"),  # the pod is started again elsewhere: no news
        request("09:00:10", ACCOUNT, "JTI=pod-2", "10.128.1.4"),
        request("09:30:00", ACCOUNT, "JTI=pod-2", "203.0.113.66"),  # the token is stolen
        issued("10:00:00", "mallory", "JTI=made"),
        request("10:01:00", ACCOUNT, "JTI=made", "203.0.113.77"),
        issued("11:00:00", "alice", "JTI=never-used"),
    ]
    land(store, "tokens", "event", [*reversed(events), *events[:4]])
    found = store.rows(
        "SELECT credential_id, service_account, issued_by, client_ip, minutes_used, new_address, elsewhere FROM token_lineage "
        "WHERE cluster = 'tokens' ORDER BY coalesce(first_used_at, issued_at)"
    )
    assert [tuple(row) for row in found] == [
        ("JTI=pod-1", ACCOUNT, "system:node:worker-1", "10.128.0.9", 2, False, False),
        ("JTI=pod-2", ACCOUNT, "system:node:worker-2", "10.128.1.4", 1, True, False),
        ("JTI=pod-2", ACCOUNT, "system:node:worker-2", "203.0.113.66", 1, True, True),
        ("JTI=made", ACCOUNT, "mallory", "203.0.113.77", 1, True, True),
        ("JTI=never-used", ACCOUNT, "alice", "", 0, False, False),
    ]
    odd = store.rows(query("odd/token_used_elsewhere").text, {"cluster": "^tokens$"})
    assert [(row[3], row[5]) for row in odd] == [
        ("203.0.113.66", ["get-09:30:00", "create-09:00:00"]),
        ("203.0.113.77", ["get-10:01:00", "create-10:00:00"]),
    ]
