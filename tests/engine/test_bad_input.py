"""Load what nobody wants to get: every good record is in, every bad one is in rejected with its place and reason."""

import gzip
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import SourceError
from auditradar.ingest.load import LoadOptions, LoadResult, load
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import Settings
from auditradar.ingest.sources import expand

numbers = itertools.count()
REJECTED = "SELECT position, reason, raw FROM rejected WHERE cluster = {cluster:String} ORDER BY position, raw"
STORED = "SELECT audit_id FROM events WHERE cluster = {cluster:String} ORDER BY audit_id"


@pytest.fixture(scope="module")
def store(engine: Engine) -> Iterator[Engine]:
    with Engine(Dsn(path=engine.dsn.path, database="bad_input")) as opened:
        apply_schema(opened)
        sync_rules(opened, Settings(dsn="chdb:///unused"))
        yield opened
        opened.command("DROP DATABASE bad_input")


@pytest.fixture
def cluster() -> str:
    return f"bad-{next(numbers)}"


def event(audit_id: str, at: str = "2026-01-05T10:00:00.000000Z", **more: object) -> bytes:
    head = {"kind": "Event", "apiVersion": "audit.k8s.io/v1", "level": "Metadata", "auditID": audit_id, "stage": "ResponseComplete"}
    body = {"requestURI": "/api/v1/pods", "verb": "list", "user": {"username": "alice"}, "responseStatus": {"metadata": {}, "code": 200}}
    return orjson.dumps({**head, **body, "requestReceivedTimestamp": at, "stageTimestamp": at, **more}) + b"\n"


def load_bytes(store: Engine, cluster: str, path: Path, data: bytes) -> LoadResult:
    path.write_bytes(data)
    return load(store, expand([str(path)]), LoadOptions(cluster=cluster))


def test_good_and_bad_lines_part_ways(store: Engine, cluster: str, tmp_path: Path) -> None:
    broken = event("broken")[:120] + b'"}}\n'
    lines = [
        event("one"),
        b"\xff\xfe\x00binary\n",
        broken,
        b"\n",
        b"I0105 10:00:00.000000 1 server.go:1] klog\n",
        event("two"),
        b'{"a":1}\n',
        event("three")[:-20],
    ]
    result = load_bytes(store, cluster, tmp_path / "mixed.log", b"".join(lines))
    assert (result.records, result.events, result.rejected) == (7, 2, 5)
    assert store.rows(STORED, {"cluster": cluster}) == [("one",), ("two",)]
    places = [(position, reason) for position, reason, _ in store.rows(REJECTED, {"cluster": cluster})]
    assert [position for position, _ in places] == [2, 3, 5, 7, 8]
    for (_, reason), word in zip(places, ("binary", "JSON", "klog", "auditID", "truncated"), strict=True):
        assert word in reason


@pytest.mark.parametrize(
    "moment",
    ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "1900-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "yesterday"],
)
def test_a_moment_that_cannot_be_is_rejected_and_the_others_stay(store: Engine, cluster: str, tmp_path: Path, moment: str) -> None:
    result = load_bytes(store, cluster, tmp_path / "times.log", event("good") + event("bad", at=moment))
    assert (result.events, result.rejected) == (1, 1)
    [[position, reason, raw]] = store.rows(REJECTED, {"cluster": cluster})
    assert position == 2
    assert "requestReceivedTimestamp" in reason or "time" in reason
    assert "bad" in raw


def test_events_of_two_hundred_months_are_one_batch(store: Engine, cluster: str, tmp_path: Path) -> None:
    months = [f"{year}-{month:02d}-01T00:00:00.000000Z" for year in range(2014, 2031) for month in range(1, 13)]
    result = load_bytes(store, cluster, tmp_path / "months.log", b"".join(event(moment, at=moment) for moment in months))
    assert (result.events, result.rejected) == (len(months), 0)


def test_a_stage_in_an_impossible_year_does_not_move_the_cluster(store: Engine, cluster: str, tmp_path: Path) -> None:
    data = event("one") + event("two", stageTimestamp="9999-12-31T23:59:59.999999Z") + event("three", stageTimestamp="1999-01-01T00:00:00Z")
    assert load_bytes(store, cluster, tmp_path / "stages.log", data).events == 3
    [[last]] = store.rows("SELECT last_event_at FROM clusters WHERE cluster = {cluster:String}", {"cluster": cluster})
    assert last.isoformat() == "2026-01-05T10:00:00+00:00"


def test_a_line_of_twenty_megabytes_is_kept_whole(store: Engine, cluster: str, tmp_path: Path) -> None:
    load_bytes(store, cluster, tmp_path / "long.log", event("long", requestObject={"data": "a" * 20_000_000}))
    [[length]] = store.rows("SELECT length(raw) FROM events WHERE cluster = {cluster:String}", {"cluster": cluster})
    assert length > 20_000_000


@pytest.mark.parametrize("data", [b"", b"\n\n\n", b" \n\t\n"], ids=["empty", "newlines", "spaces"])
def test_a_file_without_records_is_no_error(store: Engine, cluster: str, tmp_path: Path, data: bytes) -> None:
    result = load_bytes(store, cluster, tmp_path / "empty.log", data)
    assert (result.records, result.rejected, result.failures) == (0, 0, [])


def test_wrong_types_of_fields_never_stop_a_batch(store: Engine, cluster: str, tmp_path: Path) -> None:
    odd = [
        event("user-text", user="alice"),
        event("user-null", user=None),
        event("ips-text", sourceIPs="203.0.113.7"),
        event("ips-odd", sourceIPs=[1, None, "x", "203.0.113.7"]),
        event("code-text", responseStatus={"code": "403"}),
        event("code-huge", responseStatus={"code": 1e30}),
        event("code-negative", responseStatus={"code": -1}),
        event("annotations-odd", annotations={"a": {"b": 1}, "c": True, "authorization.k8s.io/decision": ["allow"]}),
        event("extra-odd", user={"username": "alice", "extra": {"authentication.kubernetes.io/credential-id": "JTI=1"}}),
        event("groups-odd", user={"username": ["alice"], "groups": "x"}),
        event("name-control", objectRef={"resource": "pods", "name": "\u0000\u001b[31m\u202e"}),
    ]
    result = load_bytes(store, cluster, tmp_path / "odd.log", b"".join(odd))
    assert result.records == len(odd) == result.events + result.rejected
    assert len(store.rows(STORED, {"cluster": cluster})) == result.events
    assert len(store.rows(REJECTED, {"cluster": cluster})) == result.rejected


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.one_of(st.binary(max_size=80), st.text(max_size=80).map(str.encode), st.just(event("good").strip())), max_size=12))
def test_any_bytes_are_events_or_rejected(store: Engine, tmp_path: Path, lines: list[bytes]) -> None:
    cluster = f"bad-{next(numbers)}"
    result = load_bytes(store, cluster, tmp_path / f"{cluster}.log", b"\n".join(lines))
    assert result.records == result.events + result.rejected + result.excluded
    assert len(store.rows("SELECT 1 FROM rejected FINAL WHERE cluster = {cluster:String}", {"cluster": cluster})) <= result.rejected
    assert bool(result.rejected) == bool(store.rows(REJECTED, {"cluster": cluster}))
    assert bool(result.events) == bool(store.rows(STORED, {"cluster": cluster}))


def test_a_broken_archive_gives_what_could_be_read_and_says_so(store: Engine, cluster: str, tmp_path: Path) -> None:
    good = tmp_path / "good.log"
    good.write_bytes(event("good"))
    broken = tmp_path / "broken.log.gz"
    broken.write_bytes(
        gzip.compress(b"".join(event(f"e{number}", requestURI=f"/{os.urandom(40).hex()}") for number in range(5_000)))[:-60_000]
    )
    result = load(store, expand([str(broken), str(good)]), LoadOptions(cluster=cluster))
    assert len(result.failures) == 1
    assert "broken.log.gz" in result.failures[0]
    assert result.events > 1_000
    assert ("good",) in store.rows(STORED, {"cluster": cluster})


def test_a_missing_path_is_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"cannot read .*no-such-file"):
        expand([str(tmp_path / "no-such-file.log")])
