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
from auditradar.ingest.refresh import refresh
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema, ensure_schema
from auditradar.ingest.settings import Settings
from auditradar.ingest.simulate import Plan, simulate
from auditradar.ingest.sources import expand

FRONT = Path(__file__).with_name("clickhouse_over_http.py")


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
