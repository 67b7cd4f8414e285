"""Recorded facts: what OpenShift, identity providers and proxies wrote, each once whatever arrives in whatever order."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.refresh import refresh_view
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.schema.rebuild import rebuild
from auditradar.ingest.settings import Settings
from auditradar.ingest.sources import expand

FIXTURES = Path(__file__).parents[1] / "fixtures" / "openshift"
TOKENS = FIXTURES / "oauth-apiserver_token_lifecycle.jsonl"
COPIES = FIXTURES / "kube-apiserver_proxied_copies_same_auditID.jsonl"
DECISIONS = FIXTURES / "oauth-server.jsonl"
TOKEN = "sha256~VFpOILn8edFxQXqZX3LsYQuk69kO419VUUkD5E5qb4k"

FACTS = """
SELECT right(evidence_id, 2), kind, actor, by, client_name, credential_id, client_ip, component
FROM authentications WHERE cluster = {cluster:String} ORDER BY at, evidence_id
"""
EVERYTHING = "SELECT * EXCEPT (batch_id) FROM authentications WHERE cluster = {cluster:String} ORDER BY ALL"
numbers = itertools.count()

Load = Callable[..., str]


@pytest.fixture(scope="module")
def store(engine: Engine) -> Iterator[Engine]:
    with Engine(Dsn(path=engine.dsn.path, database="facts")) as opened:
        apply_schema(opened)
        sync_rules(opened, Settings(dsn="chdb:///unused"))
        yield opened
        opened.command("DROP DATABASE facts")


@pytest.fixture
def loaded(store: Engine) -> Load:
    """Load files in the given order as a cluster of their own and return its label."""

    def deliver(*files: tuple[Path, str]) -> str:
        cluster = f"cluster-{next(numbers)}"
        for path, component in files:
            load(store, expand([str(path)]), LoadOptions(cluster=cluster, component=component))
        refresh_view(store, "copy_facts_refresh")
        return cluster

    return deliver


def rows(store: Engine, query: str, cluster: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in store.rows(query, {"cluster": cluster})]


SERVER = "system:serviceaccount:openshift-authentication:oauth-openshift"
CLI = "openshift-challenging-client"
LIFE = [
    ("01", "token-created", "developer", SERVER, CLI, TOKEN, "10.217.0.42", "oauth-apiserver"),
    ("02", "token-used", "", "system:apiserver", "", TOKEN, "::1", "oauth-apiserver"),
    ("03", "token-refreshed", "developer", "system:apiserver", CLI, TOKEN, "::1", "oauth-apiserver"),
    ("04", "token-deleted", "developer", "developer", CLI, TOKEN, "192.168.130.1", "oauth-apiserver"),
    ("05", "token-missing", "", "system:apiserver", "", TOKEN, "::1", "oauth-apiserver"),
    (
        "06",
        "token-deleted",
        "kube:admin",
        "system:anonymous",
        CLI,
        "sha256~LR7jgWOXifItKnPJX0Z10vJTm-jco2Nn-jsA-hHId-0",
        "203.0.113.9",
        "oauth-apiserver",
    ),
]


@pytest.mark.parametrize("order", list(itertools.permutations([(TOKENS, "oauth-apiserver"), (COPIES, "kube-apiserver")])))
def test_a_token_s_life_is_told_once_with_body_and_first_hand_address(
    store: Engine, loaded: Load, order: tuple[tuple[Path, str], ...]
) -> None:
    cluster = loaded(*order)
    assert rows(store, FACTS, cluster) == LIFE


def test_the_end_of_a_token_is_computed_from_its_body(store: Engine, loaded: Load) -> None:
    cluster = loaded((TOKENS, "oauth-apiserver"))
    wanted = [
        ("token-created", "2023-12-07 08:17:12", "2023-12-08 08:17:12", None),
        ("token-refreshed", "2023-12-07 08:17:12", "2023-12-08 08:17:12", "2023-12-07 08:27:12"),
    ]
    query = """SELECT kind, toString(toDateTime(created_at)), toString(toDateTime(expires_at)), toString(toDateTime(inactive_at))
        FROM authentications WHERE cluster = {cluster:String} AND kind IN ('token-created', 'token-refreshed') ORDER BY at"""
    assert rows(store, query, cluster) == wanted


def test_the_copy_of_kube_apiserver_alone_still_tells_who_and_which(store: Engine, loaded: Load) -> None:
    cluster = loaded((COPIES, "kube-apiserver"))
    found = [row[1:6] for row in rows(store, FACTS, cluster)]
    assert found[1] == ("token-deleted", "", "developer", "", TOKEN)


def test_a_poorer_copy_of_the_same_event_changes_nothing(store: Engine, loaded: Load, tmp_path: Path) -> None:
    poorer = []
    for line in TOKENS.read_bytes().splitlines():
        event = orjson.loads(line)
        event.pop("requestObject", None)
        event.pop("responseObject", None)
        poorer.append(orjson.dumps(event | {"level": "Metadata"}))
    path = tmp_path / "poorer.log"
    path.write_bytes(b"\n".join(poorer) + b"\n")
    files = [(TOKENS, "oauth-apiserver"), (path, "oauth-apiserver")]
    whole = rows(store, EVERYTHING, loaded(files[0]))
    clusters = [loaded(*files), loaded(*reversed(files))]
    strip = [[tuple(value for value in row if not str(value).startswith("cluster-")) for row in each] for each in (whole,)]
    for cluster in clusters:
        found = rows(store, EVERYTHING, cluster)
        assert [tuple(value for value in row if not str(value).startswith("cluster-")) for row in found] == strip[0]


def test_the_oauth_server_s_decisions_are_what_they_are(store: Engine, loaded: Load) -> None:
    cluster = loaded((DECISIONS, "oauth-server"))
    query = """SELECT right(evidence_id, 2), kind, actor, names, client_name, provider, target, code, reason
        FROM authentications WHERE cluster = {cluster:String} ORDER BY at"""
    form, cli = "/login/developer", "/oauth/authorize"
    assert rows(store, query, cluster) == [
        ("01", "challenge", "", [], "console", "", cli, 302, ""),
        ("03", "denied", "Alice", ["Alice"], "", "developer", form, 302, ""),
        ("04", "allowed", "alice", ["alice"], "", "developer", form, 302, ""),
        ("05", "allowed", "alice", ["alice"], "console", "", cli, 302, ""),
        ("06", "code-exchanged", "", [], "", "", "/oauth/token", 200, ""),
        ("07", "challenge", "", [], CLI, "", cli, 401, "Authentication failed, no credentials provided"),
        ("08", "denied", "kube:admin", ["kubeadmin"], CLI, "", cli, 401, "Authentication failed, attempted: basic"),
        ("09", "allowed", "kube:admin", ["kube:admin"], CLI, "", cli, 302, ""),
        ("10", "error", "bob", ["bob"], "", "my ldap", "/login/my%20ldap", 302, ""),
        ("11", "allowed", "carol", ["carol"], "", "github", "/oauth2callback/github", 302, ""),
        ("12", "allowed", "carol", ["carol"], "", "", "/oauth/authorize/approve", 302, ""),
        ("13", "idp-logout", "", [], "", "", "/logout", 302, ""),
    ]


def test_a_chosen_audit_id_hides_no_deletion(store: Engine, loaded: Load, tmp_path: Path) -> None:
    """Two deletions with one audit id within a second: each keeps its own copy, and both stay."""
    front = orjson.loads(COPIES.read_bytes().splitlines()[1])
    copy = orjson.loads(TOKENS.read_bytes().splitlines()[3])
    files = []
    for name, event in (("kube-apiserver", front), ("oauth-apiserver", copy)):
        path = tmp_path / name
        later = {"requestReceivedTimestamp": "2023-12-07T09:02:42.100000Z", "stageTimestamp": "2023-12-07T09:02:42.200000Z"}
        path.write_bytes(orjson.dumps(event) + b"\n" + orjson.dumps(event | later) + b"\n")
        files.append((path, name))
    cluster = loaded(*files)
    assert [row[1] for row in rows(store, FACTS, cluster)] == ["token-deleted"] * 2


COLUMNS = ("cluster", "batch_id", "position", "record_kind", "received_at", "redacted", "raw")
LINES: tuple[dict[str, Any], ...] = (
    {"system": "keycloak", "type": "LOGIN", "at": "2026-02-01T08:00:00.000000Z", "actor": "alice", "names": ["alice@example.org"]}
    | {"provider": "corp", "client_name": "openshift", "client_ip": "203.0.113.5", "session": "s-1"},
    {"system": "keycloak", "type": "LOGIN_ERROR", "at": "2026-02-01T07:59:00.000000Z", "actor": "bob", "error": "invalid_user_credentials"},
    {"system": "keycloak", "type": "UPDATE_PROFILE", "at": "2026-02-01T08:10:00.000000Z", "actor": "alice"},
    {"system": "dex", "type": "login successful", "at": "2026-02-01T09:00:00.000000Z", "actor": "carol", "groups": ["devs"]},
    {"system": "eks-authenticator", "type": "access denied", "at": "2026-02-01T09:30:00.000000Z", "actor": "arn:aws:iam::1:user/eve"}
    | {"error": "ARN is not mapped", "client_ip": "127.0.0.1"},
    {"system": "dex", "type": "login successful", "at": "yesterday", "actor": "carol"},
)
ACCESS: tuple[dict[str, Any], ...] = (
    {"system": "haproxy-tcp", "at": "2026-02-01T08:00:00.000000Z", "ended_at": "2026-02-01T08:00:04.000000Z", "client_ip": "203.0.113.5"}
    | {"client_port": 4711, "backend": "be_tcp:openshift-authentication:oauth-openshift", "server_ip": "10.128.0.7", "server_port": 6443},
    {"system": "nginx", "at": "2026-02-01T08:00:00.000000Z", "ended_at": "", "client_ip": "::ffff:203.0.113.6", "uri": "/x", "code": 200},
)


def deliver_lines(store: Engine, cluster: str) -> None:
    kinds = [("identity", line) for line in LINES] + [("access", line) for line in ACCESS]
    found = (
        (cluster, "b1", number, kind, "2026-02-01 10:00:00.000000", "jwt" if number == 1 else "", orjson.dumps(line).decode())
        for number, (kind, line) in enumerate(kinds, 1)
    )
    data = b"\n".join(orjson.dumps(dict(zip(COLUMNS, row, strict=True))) for row in found)
    store.insert("landing_lines", COLUMNS, data, "JSONEachRow")


SEEN = """SELECT component, kind, actor, provider, client_ip, credential_id, decision, reason, startsWith(evidence_id, 'line:'), platform
    FROM authentications WHERE cluster = {cluster:String} ORDER BY at"""
WANTED = [
    ("keycloak", "idp-failure", "bob", "", "", "", "LOGIN_ERROR", "invalid_user_credentials", True, "kubernetes"),
    ("keycloak", "idp-login", "alice", "corp", "203.0.113.5", "s-1", "LOGIN", "", True, "kubernetes"),
    ("keycloak", "", "alice", "", "", "", "UPDATE_PROFILE", "", True, "kubernetes"),
    ("dex", "idp-login", "carol", "", "", "", "login successful", "", True, "kubernetes"),
    (
        "eks-authenticator",
        "iam-denied",
        "arn:aws:iam::1:user/eve",
        "",
        "127.0.0.1",
        "",
        "access denied",
        "ARN is not mapped",
        True,
        "eks",
    ),
]
CONNECTIONS = """SELECT system, client_ip, client_port, server_ip, toString(accepted_at), toString(ended_at), code
    FROM access_records FINAL WHERE cluster = {cluster:String} ORDER BY position"""
WANTED_CONNECTIONS = [
    ("haproxy-tcp", "203.0.113.5", 4711, "10.128.0.7", "2026-02-01 08:00:00.000000", "2026-02-01 08:00:04.000000", 0),
    ("nginx", "203.0.113.6", 0, "", "2026-02-01 08:00:00.000000", "2026-02-01 08:00:00.000000", 200),
]


def test_lines_become_facts_are_counted_and_survive_a_rebuild(store: Engine, loaded: Load) -> None:
    for _ in range(2):
        deliver_lines(store, "lines")
    events = loaded((TOKENS, "oauth-apiserver"), (COPIES, "kube-apiserver"))
    for _ in range(2):
        assert rows(store, SEEN, "lines") == WANTED
        assert rows(store, CONNECTIONS, "lines") == WANTED_CONNECTIONS
        assert rows(store, FACTS, events) == LIFE
        counted = """SELECT sum(events), sum(rejected), sum(redacted), toString(min(first_event_at)), toString(max(last_event_at))
            FROM batch_facts FINAL WHERE cluster = {cluster:String}"""
        assert rows(store, counted, "lines") == [(7, 1, 1, "2026-02-01 07:59:00.000000", "2026-02-01 09:30:00.000000")]
        assert rows(store, "SELECT reason FROM rejected FINAL WHERE cluster = {cluster:String}", "lines") == [("its time cannot be read",)]
        rebuild(store)


def test_lines_are_covered_without_holes_and_do_not_move_the_end_of_the_audit_log(store: Engine, loaded: Load) -> None:
    deliver_lines(store, "lines")
    query = """SELECT component, toString(hour), events, gap FROM coverage
        WHERE cluster = {cluster:String} AND events > 0 ORDER BY component, hour"""
    assert rows(store, query, "lines") == [
        ("dex", "2026-02-01 09:00:00", 1, 0),
        ("eks-authenticator", "2026-02-01 09:00:00", 1, 0),
        ("haproxy-tcp", "2026-02-01 08:00:00", 1, 0),
        ("keycloak", "2026-02-01 07:00:00", 1, 0),
        ("keycloak", "2026-02-01 08:00:00", 2, 0),
        ("nginx", "2026-02-01 08:00:00", 1, 0),
    ]
    both = loaded((TOKENS, "oauth-apiserver"))
    deliver_lines(store, both)
    query = "SELECT components, toString(last_event_at) FROM clusters WHERE cluster = {cluster:String}"
    components = ["dex", "eks-authenticator", "haproxy-tcp", "keycloak", "nginx", "oauth-apiserver"]
    assert rows(store, query, both) == [(components, "2023-12-07 09:10:00.010000")]


COMPONENTS = "SELECT DISTINCT component FROM events WHERE cluster = {cluster:String} ORDER BY component"


def test_one_merged_file_of_all_logs_tells_the_same_facts(store: Engine, loaded: Load, tmp_path: Path) -> None:
    merged = tmp_path / "merged.log"
    merged.write_bytes(b"".join(path.read_bytes() for path in (COPIES, DECISIONS, TOKENS)))
    apart = loaded((COPIES, "kube-apiserver"), (DECISIONS, "oauth-server"), (TOKENS, "oauth-apiserver"))
    together = loaded((merged, ""))
    assert rows(store, FACTS, together) == rows(store, FACTS, apart)
    assert rows(store, COMPONENTS, apart) == [("kube-apiserver",), ("oauth-apiserver",), ("oauth-server",)]
    assert rows(store, COMPONENTS, together) == rows(store, COMPONENTS, apart)


@pytest.mark.parametrize(("component", "stored"), [("", "oauth-apiserver"), ("mine", "mine")])
def test_what_the_forwarder_merged_is_told_apart_and_a_given_component_wins(
    store: Engine, loaded: Load, component: str, stored: str
) -> None:
    cluster = loaded((FIXTURES.parent / "viaq" / "openshift.json", component))
    assert rows(store, COMPONENTS, cluster) == [(stored,)]
    assert rows(store, "SELECT DISTINCT component FROM batches WHERE cluster = {cluster:String}", cluster) == [(stored,)]
