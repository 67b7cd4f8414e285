"""Load real audit logs and compare with what plain Python reads in them."""

from collections import Counter
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import orjson
import pytest

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.refresh import refresh
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import Settings
from auditradar.ingest.sources import expand
from tests.reference import derive

SAMPLE = files("auditradar.ingest.demo").joinpath("openshift-4.12-audit.log.zst")
SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="module")
def store(engine: Engine) -> Iterator[Engine]:
    with Engine(Dsn(path=engine.dsn.path, database="samples")) as opened:
        apply_schema(opened)
        sync_rules(opened, Settings(dsn="chdb:///unused"))
        yield opened
        opened.command("DROP DATABASE samples")


@pytest.fixture(scope="module")
def openshift(store: Engine) -> list[dict[str, Any]]:
    """Load the sample that the package ships, and give its events as they were written."""
    with as_file(SAMPLE) as path:
        sources = expand([str(path)])
        result = load(store, sources, LoadOptions(cluster="openshift"))
        raw = b"".join(sources[0].chunks())
    refresh(store)
    assert (result.records, result.rejected) == (100, 0)
    return [orjson.loads(line) for line in raw.splitlines()]


def test_every_event_has_its_row(store: Engine, openshift: list[dict[str, Any]]) -> None:
    rows = store.rows(
        "SELECT audit_id, stage, verb, code, actor, resource, subresource, namespace, name, user_agent, decision, level, "
        "toUnixTimestamp64Micro(requested_at) "
        "FROM events WHERE cluster = 'openshift'"
    )
    wanted = Counter(
        (
            event["auditID"],
            event["stage"],
            event["verb"],
            event["responseStatus"]["code"],
            event["user"]["username"],
            event.get("objectRef", {}).get("resource", ""),
            event.get("objectRef", {}).get("subresource", ""),
            event.get("objectRef", {}).get("namespace", ""),
            event.get("objectRef", {}).get("name", ""),
            event.get("userAgent", ""),
            event.get("annotations", {}).get("authorization.k8s.io/decision", ""),
            event["level"],
            derive.micros(event["requestReceivedTimestamp"]),
        )
        for event in openshift
    )
    assert Counter(tuple(row) for row in rows) == wanted


def test_outcomes_kinds_and_platform_are_those_of_the_events(store: Engine, openshift: list[dict[str, Any]]) -> None:
    requests = derive.requests(openshift)
    assert len(requests) > 90
    found = Counter(
        tuple(row) for row in store.rows("SELECT outcome, actor_kind, credential_kind FROM requests WHERE cluster = 'openshift'")
    )
    kinds = Counter((each.last.outcome, each.last.actor_kind) for each in requests)
    assert Counter({pair: sum(n for key, n in found.items() if key[:2] == pair) for pair in {key[:2] for key in found}}) == kinds
    assert store.rows("SELECT platform FROM clusters WHERE cluster = 'openshift'") == [("openshift",)]


def test_kube_admin_is_the_one_person(store: Engine, openshift: list[dict[str, Any]]) -> None:
    theirs = [event for event in openshift if event["user"]["username"] == "kube:admin"]
    assert len(theirs) == 3
    [session] = derive.sessions(openshift)
    rows = store.rows(
        "SELECT actor, method, client_ip, requests, toUnixTimestamp64Micro(started_at), evidence FROM sessions WHERE cluster = 'openshift'"
    )
    assert rows == [("kube:admin", "oc", theirs[0]["sourceIPs"][-1], 3, session.started_at, "first-seen")]


def test_a_403_that_authorization_allowed_is_forbidden_and_not_denied(store: Engine, openshift: list[dict[str, Any]]) -> None:
    refused = [event for event in openshift if event["responseStatus"]["code"] == 403]
    assert refused
    assert {event["annotations"]["authorization.k8s.io/decision"] for event in refused} == {"allow"}
    assert store.rows("SELECT count() FROM requests WHERE cluster = 'openshift' AND outcome = 'forbidden'") == [(len(refused),)]
    assert store.rows("SELECT count() FROM denied_requests WHERE cluster = 'openshift'") == [(0,)]
    assert store.rows("SELECT count() FROM failed_attempts WHERE cluster = 'openshift'") == [(0,)]


def sample_files() -> list[Path]:
    return sorted(path for path in SHARED.rglob("*") if path.is_file() and path.suffix in {".json", ".jsonl", ".log"})


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder with further samples is not beside this checkout")
def test_every_further_sample_is_accounted_for(store: Engine) -> None:
    found = sample_files()
    assert len(found) > 60
    result = load(store, expand([str(path) for path in found]), LoadOptions(cluster="samples"))
    assert result.failures == []
    [[events, rejected]] = store.rows("SELECT sum(events), sum(rejected) FROM batch_facts FINAL WHERE cluster = 'samples'")
    assert (events, rejected) == (result.events, result.rejected)
    assert result.events > 250
    [[without_reason]] = store.rows("SELECT countIf(reason = '') FROM rejected WHERE cluster = 'samples'")
    assert without_reason == 0


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder with further samples is not beside this checkout")
def test_the_401_samples_are_failed_attempts_of_nobody_and_the_probe_is_none(store: Engine) -> None:
    load(store, expand([str(SHARED / "constructed" / "kube-apiserver_401_variants.jsonl")]), LoadOptions(cluster="refused"))
    rows = store.rows("SELECT actor, class, client_ip, target FROM failed_attempts WHERE cluster = 'refused' ORDER BY attempted_at")
    assert rows == [
        ("", "bad-credential", "203.0.113.7", "list pods in default"),
        ("", "anonymous-denied", "203.0.113.7", "get secrets in kube-system"),
    ]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder with further samples is not beside this checkout")
def test_the_trace_of_2017_shows_impersonation_and_refusals(store: Engine) -> None:
    path = SHARED / "liggitt-audit2rbac" / "demo.log"
    load(store, expand([str(path)]), LoadOptions(cluster="2017"))
    refresh(store)
    events = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    assert store.rows("SELECT count() FROM denied_requests WHERE cluster = '2017'") == [
        (sum(event.get("responseStatus", {}).get("code") == 403 for event in events),)
    ]
    impersonated = {event["impersonatedUser"]["username"] for event in events if "impersonatedUser" in event}
    [[acting_as]] = store.rows("SELECT arrayDistinct(arrayFlatten(groupArray(acting_as))) FROM sessions WHERE cluster = '2017'")
    assert set(acting_as) == impersonated != set()
