"""The same code against ClickHouse's HTTP protocol: the embedded engine plays the server in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditradar.ingest.dsn import parse_dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import EngineError, QueryError, SchemaError, UnreachableError
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.proof.head import differences, make_head
from auditradar.ingest.proof.store import verify_store
from auditradar.ingest.refresh import refresh
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema, ensure_schema
from auditradar.ingest.settings import Settings
from auditradar.ingest.simulate import Plan, simulate
from auditradar.ingest.sources import expand

FRONT = Path(__file__).with_name("clickhouse_over_http.py")
TWICE = Path(__file__).with_name("two_loads.py")


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    command = [sys.executable, str(FRONT), str(tmp_path_factory.mktemp("server")), "loader", "p@ss:word"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        yield int(server.stdout.readline())
        server.terminate()


@pytest.fixture(scope="module")
def server(port: int) -> Iterator[Engine]:
    with Engine(parse_dsn(f"clickhouse://loader:p%40ss%3Aword@127.0.0.1:{port}/audit")) as engine:
        yield engine


def test_a_server_without_schema_says_what_to_run(server: Engine) -> None:
    with pytest.raises(SchemaError, match="it has no schema yet; run: auditradar schema apply"):
        ensure_schema(server)


def test_a_load_into_a_server_derives_the_truth(server: Engine, tmp_path: Path) -> None:
    truth = simulate(tmp_path, Plan(days=1, people=8, seed=3, events=4_000))
    apply_schema(server)
    assert apply_schema(server) == []
    assert sync_rules(server, Settings(dsn="chdb:///unused", trusted_proxies=["10.0.0.10/32"]))
    logs = [str(path) for path in sorted(tmp_path.rglob("audit.log"))]
    result = load(server, expand(logs), LoadOptions(cluster="served", batch_bytes=1 << 20))
    refresh(server)
    assert (result.records, result.rejected) == (truth.counts.lines, 0)
    assert server.rows("SELECT count(), sum(requests) FROM sessions") == [
        (len(truth.sessions), sum(session.requests for session in truth.sessions))
    ]
    again = load(server, expand(logs), LoadOptions(cluster="served", batch_bytes=1 << 20))
    assert (again.batches, again.known) == (0, result.batches)


@pytest.mark.parametrize("sizes", [("20000", "20000"), ("20000", "33000")], ids=["cut alike", "cut otherwise"])
def test_two_loads_of_one_file_at_once_are_proven(server: Engine, port: int, tmp_path: Path, sizes: tuple[str, str]) -> None:
    apply_schema(server)
    simulate(tmp_path, Plan(days=1, people=3, seed=len(set(sizes)), events=900))
    [log, *_] = sorted(tmp_path.rglob("audit.log"))
    log.write_bytes(log.read_bytes() + b"no event\n")
    command = [sys.executable, str(TWICE), f"clickhouse://loader:p%40ss%3Aword@127.0.0.1:{port}/audit", str(log)]
    both = [subprocess.Popen([*command, size], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for size in sizes]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate(timeout=120)[1] for process in both] == [None, None]
    assert [process.returncode for process in both] == [0, 0]
    proof = verify_store(server)
    assert proof.ok, [found.words for found in proof.mismatches]
    events = "SELECT count(), uniqExact(audit_id, stage, requested_at) FROM events FINAL WHERE cluster = 'both'"
    [(stored, distinct)] = server.rows(events)
    assert stored == distinct >= len(set(log.read_bytes().splitlines())) - 1
    head = make_head(server)
    assert differences(server, head) == []
    source = "source = {source:String}"
    server.command(f"ALTER TABLE batches DELETE WHERE {source} AND sequence = 2", {"source": str(log)}, {"mutations_sync": 2})
    assert {found.problem for found in verify_store(server).mismatches} >= {"ledger-removed"}
    server.command(f"ALTER TABLE batches DELETE WHERE {source}", {"source": str(log)}, {"mutations_sync": 2})
    assert {found.problem for found in differences(server, head)} == {"head-missing"}
    for table in ("batches", "digests", "events", "rejected"):
        server.command(f"TRUNCATE TABLE {table}")


def test_a_wrong_password_is_one_line_without_the_password(port: int) -> None:
    with pytest.raises(EngineError, match="user name or password is wrong; check the DSN") as caught:
        Engine(parse_dsn(f"clickhouse://loader:s3cret@127.0.0.1:{port}/audit"))
    assert "s3cret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_wrong_statement_is_one_line(server: Engine) -> None:
    with pytest.raises(QueryError, match="Unknown expression") as caught:
        server.rows("SELECT nope")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("dsn", "words"),
    [
        ("clickhouse://loader:s3cret@127.0.0.1:1/audit", "connection refused"),
        ("clickhouse://loader:s3cret@no-such-host.invalid/audit", "the host name cannot be resolved"),
    ],
)
def test_an_unreachable_server_is_one_line_without_the_password(dsn: str, words: str) -> None:
    with pytest.raises(UnreachableError, match=words) as caught:
        Engine(parse_dsn(dsn))
    assert "s3cret" not in str(caught.value)
    assert "\n" not in str(caught.value)
