"""Compare what SQL derives with a plain Python reference that reads the same raw events."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadOptions, LoadResult, load
from auditradar.ingest.refresh import refresh
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.schema.rebuild import rebuild
from auditradar.ingest.settings import Settings
from auditradar.ingest.simulate import Plan, simulate
from auditradar.ingest.sources import expand
from tests.reference import derive, strategies

Event = Mapping[str, Any]
EVER = {"since": datetime(1970, 1, 1), "until": datetime(2100, 1, 1)}

SESSIONS = """
SELECT actor, actor_kind, credential_kind, credential_id, client_ip, user_agent, method, clients, acting_as,
    toUnixTimestamp64Micro(started_at), toUnixTimestamp64Micro(last_seen_at), toUnixTimestamp64Micro(ended_at), end_reason,
    requests, writes, denied, evidence, confidence, first_audit_id, last_audit_id
FROM sessions_with_gap(gap_seconds = {gap:UInt32}, since = {since:DateTime64(6, 'UTC')}, until = {until:DateTime64(6, 'UTC')})
WHERE cluster = {cluster:String}
"""
REQUESTS = """
SELECT audit_id, toUnixTimestamp64Micro(requested_at), toUnixTimestamp64Micro(stage_at), stage, actor, actor_kind, credential_kind,
    credential_id, impersonated_user, client_ip, peer_ip, client, code, decision, outcome
FROM requests
WHERE cluster = {cluster:String}
"""
FAILURES = """
SELECT toUnixTimestamp64Micro(attempted_at), actor, class, client_ip, user_agent, evidence_ids[1]
FROM failed_attempts
WHERE cluster = {cluster:String}
"""
DENIED = """
SELECT toUnixTimestamp64Micro(denied_at), evidence_ids[1], actor, actor_kind, client_ip
FROM denied_requests
WHERE cluster = {cluster:String}
"""
EVENTS = "SELECT count() FROM events FINAL WHERE cluster = {cluster:String}"

numbers = itertools.count()


@pytest.fixture(scope="module")
def store(engine: Engine) -> Iterator[Engine]:
    with Engine(Dsn(path=engine.dsn.path, database="derivations")) as opened:
        apply_schema(opened)
        sync_rules(opened, Settings(dsn="chdb:///unused", trusted_proxies=list(strategies.TRUSTED_PROXIES)))
        yield opened
        opened.command("DROP DATABASE derivations")


@pytest.fixture
def deliver(store: Engine, tmp_path: Path) -> Callable[[Iterable[Iterable[Event]]], str]:
    """Load files of events as a cluster of their own and return its label."""

    def delivered(files: Iterable[Iterable[Event]]) -> str:
        cluster = f"cluster-{next(numbers)}"
        for number, events in enumerate(files):
            path = tmp_path / f"{cluster}-{number}.log"
            path.write_bytes(strategies.to_ndjson(events))
            result = load_file(store, path, cluster)
            assert result.rejected == 0
        return cluster

    return delivered


def load_file(store: Engine, path: Path, cluster: str, **options: Any) -> LoadResult:
    return load(store, expand([str(path)]), LoadOptions(cluster=cluster, **options))


def rows(store: Engine, query: str, cluster: str, **parameters: object) -> list[tuple[Any, ...]]:
    found = store.rows(query, {"cluster": cluster, **parameters})
    return sorted((tuple(tuple(value) if isinstance(value, list) else value for value in row) for row in found), key=repr)


def expected_sessions(events: list[Event], gap: timedelta) -> list[tuple[Any, ...]]:
    wanted = derive.sessions(events, gap, trusted_proxies=strategies.TRUSTED_PROXIES)
    fields = [
        "actor",
        "actor_kind",
        "credential_kind",
        "credential_id",
        "client_ip",
        "user_agent",
        "method",
        "clients",
        "acting_as",
        "started_at",
        "last_seen_at",
        "ended_at",
        "end_reason",
        "requests",
        "writes",
        "denied",
        "evidence",
        "confidence",
        "first_audit_id",
        "last_audit_id",
    ]
    return sorted((tuple(getattr(session, field) for field in fields) for session in wanted), key=repr)


def expected_requests(events: list[Event]) -> list[tuple[Any, ...]]:
    fields = [
        "audit_id",
        "requested_at",
        "stage_at",
        "stage",
        "actor",
        "actor_kind",
        "credential_kind",
        "credential_id",
        "impersonated_user",
        "client_ip",
        "peer_ip",
        "client",
        "code",
        "decision",
        "outcome",
    ]
    wanted = derive.requests(events, trusted_proxies=strategies.TRUSTED_PROXIES)
    return sorted((tuple(getattr(request.last, field) for field in fields) for request in wanted), key=repr)


def sessions(store: Engine, cluster: str, gap: timedelta) -> list[tuple[Any, ...]]:
    return rows(store, SESSIONS, cluster, gap=int(gap.total_seconds()), **EVER)


slow = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@slow
@given(data=st.data(), gap=strategies.gaps())
def test_derivations_equal_the_reference_in_any_order_doubled_and_cut_anywhere(
    store: Engine, deliver: Callable[[Iterable[Iterable[Event]]], str], data: st.DataObject, gap: timedelta
) -> None:
    events = data.draw(strategies.streams(gap))
    files = data.draw(strategies.deliveries(events))
    everything = [event for file in files for event in file]
    cluster = deliver(files)
    assert rows(store, REQUESTS, cluster) == expected_requests(everything)
    assert sessions(store, cluster, gap) == expected_sessions(everything, gap)
    failures = derive.failed_attempts(everything, strategies.TRUSTED_PROXIES)
    assert rows(store, FAILURES, cluster) == sorted(
        ((each.attempted_at, each.actor, each.class_, each.client_ip, each.user_agent, each.audit_id) for each in failures), key=repr
    )
    denied = derive.denied_requests(everything, strategies.TRUSTED_PROXIES)
    assert rows(store, DENIED, cluster) == sorted(
        ((each.requested_at, each.audit_id, each.actor, each.actor_kind, each.client_ip) for each in denied), key=repr
    )


@slow
@given(data=st.data())
def test_a_range_selects_sessions_and_never_changes_one(
    store: Engine, deliver: Callable[[Iterable[Iterable[Event]]], str], data: st.DataObject
) -> None:
    gap = timedelta(minutes=5)
    events = data.draw(strategies.streams(gap))
    cluster = deliver([events])
    moments = sorted({derive.micros(event["requestReceivedTimestamp"]) for event in events}) or [0]
    since, until = sorted((data.draw(st.sampled_from(moments)), data.draw(st.sampled_from(moments))))
    found = rows(store, SESSIONS, cluster, gap=300, since=moment(since), until=moment(until))
    assert found == [row for row in sessions(store, cluster, gap) if row[10] >= since and row[9] < until]


def moment(micros: int) -> datetime:
    return datetime(1970, 1, 1) + timedelta(microseconds=micros)


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    folder = tmp_path_factory.mktemp("simulated")
    return folder, simulate(folder, Plan(days=3, people=12, seed=7, events=12_000))


def truth_sessions(truth: Any) -> list[tuple[Any, ...]]:
    return sorted(
        (
            each.actor,
            each.client_ip,
            derive.micros(each.started_at),
            derive.micros(each.last_seen_at),
            each.requests,
            each.writes,
            each.denied,
            each.evidence,
            each.method,
        )
        for each in truth.sessions
    )


STORED_SESSIONS = """
SELECT actor, client_ip, toUnixTimestamp64Micro(started_at), toUnixTimestamp64Micro(last_seen_at), requests, writes, denied,
    evidence, method
FROM sessions
WHERE cluster = {cluster:String}
"""


def test_a_simulated_cluster_is_derived_as_it_was_meant(store: Engine, simulated: tuple[Path, Any]) -> None:
    folder, truth = simulated
    result = load(store, expand([str(path) for path in sorted(folder.rglob("audit.log"))]), LoadOptions(cluster="simulated"))
    refresh(store)
    assert (result.records, result.rejected) == (truth.counts.lines, 0)
    assert rows(store, STORED_SESSIONS, "simulated") == truth_sessions(truth)
    assert store.rows(EVENTS, {"cluster": "simulated"}) == [(truth.counts.events,)]
    assert len(rows(store, REQUESTS, "simulated")) == truth.counts.requests
    assert len(rows(store, FAILURES, "simulated")) == len(truth.failed_attempts) > 0
    assert len(rows(store, DENIED, "simulated")) == len(truth.denied) > 0


def test_a_simulated_cluster_loaded_in_another_cut_and_order_is_the_same(
    store: Engine, simulated: tuple[Path, Any], tmp_path: Path
) -> None:
    folder, truth = simulated
    lines = sorted((line for path in folder.rglob("audit.log") for line in path.read_bytes().splitlines(keepends=True)), key=hash)
    for number in range(3):
        path = tmp_path / f"part-{number}.log"
        path.write_bytes(b"".join(lines[number::3] + lines[: len(lines) // 4]))
        load_file(store, path, "shuffled", batch_bytes=300_000)
    refresh(store)
    assert rows(store, STORED_SESSIONS, "shuffled") == truth_sessions(truth)
    assert store.rows(EVENTS, {"cluster": "shuffled"}) == [(truth.counts.events,)]
    assert len(rows(store, FAILURES, "shuffled")) == len(truth.failed_attempts)


@pytest.mark.usefixtures("simulated")
def test_projecting_the_stored_events_again_changes_nothing(store: Engine) -> None:
    before = [rows(store, query, "simulated") for query in (STORED_SESSIONS, REQUESTS, FAILURES, DENIED)]
    assert all(before), "the earlier test has loaded the simulated cluster"
    rebuild(store)
    assert [rows(store, query, "simulated") for query in (STORED_SESSIONS, REQUESTS, FAILURES, DENIED)] == before
    assert store.rows("SELECT countIf(block = 0) FROM batch_facts") == [(0,)]
