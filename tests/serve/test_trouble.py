"""One process in trouble: ClickHouse away for longer than the spool lasts, a full disk, a body that ClickHouse never takes."""

import contextlib
import http.client
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import orjson
import pytest

from auditradar.bench.served import Served, call, served
from tests.faults import ROUNDS, SHORT, proven
from tests.serve.beyond import Beyond, beyond
from tests.serve.events import event_list
from tests.server.ready import ready_store


@pytest.fixture(scope="module")
def clickhouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beyond]:
    folder = tmp_path_factory.mktemp("clickhouse")
    with beyond(folder, ready_store(tmp_path_factory, folder / "store")) as server:
        yield server


BODIES, EACH = (80, 40) if ROUNDS <= SHORT else (150 * ROUNDS, 8)
"""Bodies that are sent through an outage, and events in each: more than the spool of these tests holds."""


@pytest.fixture(scope="module")
def options(clickhouse: Beyond, tmp_path_factory: pytest.TempPathFactory) -> Sequence[str]:
    return "--dsn", clickhouse.dsn, "--spool", str(tmp_path_factory.mktemp("spool")), "--spool-bytes", str(1 << 20)


@pytest.fixture(scope="module")
def process(options: Sequence[str]) -> Iterator[Served]:
    with served(*options) as running:
        yield running


def send(process: Served, cluster: str, names: list[str]) -> tuple[int, str | None]:
    """Send a body; give the status and after how many seconds to try again."""
    parts = urlsplit(process.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    connection.request("POST", f"/v1/audit/{cluster}", event_list(names))
    answer = connection.getresponse()
    connection.close()
    return answer.status, answer.getheader("Retry-After")


def send_until_taken(process: Served, cluster: str, names: list[str], asked: Callable[[], None]) -> int:
    """Send a body for each name on one connection, again until it is taken; say each 503, and count them."""
    parts = urlsplit(process.url)
    refused = 0
    with contextlib.closing(http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)) as connection:
        for name in names:
            while True:
                connection.request("POST", f"/v1/audit/{cluster}", event_list([f"{name}-{item}" for item in range(EACH)]))
                answer = connection.getresponse()
                answer.read()
                if answer.status == 200:
                    break
                assert answer.status == 503
                assert 3 <= int(answer.getheader("Retry-After", "0")) <= 10, "not all at the same moment"
                refused += 1
                asked()
                time.sleep(0.05)
    return refused


def wait_until_stored(process: Served) -> None:
    while process.numbers()["auditradar_spool_bytes"] > 0:
        time.sleep(0.1)


def stored(clickhouse: Beyond, cluster: str) -> list[str]:
    return sorted(str(row[0]) for row in clickhouse.ask(f"SELECT audit_id FROM requests WHERE cluster = '{cluster}'"))


def test_a_long_outage_fills_the_spool_and_what_was_taken_is_stored_once_in_any_order(clickhouse: Beyond, process: Served) -> None:
    clickhouse.is_in("refuse")
    full = threading.Event()
    names = [[f"long-{sender}-{number}" for number in range(BODIES // 4)] for sender in range(4)]
    with ThreadPoolExecutor(4) as pool:
        sending = [pool.submit(send_until_taken, process, "long", some, full.set) for some in names]
        try:
            while not full.wait(0.1):
                assert not all(one.done() for one in sending), "the spool was never full"
            while call(process.url, "GET", "/readyz")[0] != 503:  # a body was refused, and a shorter one may still fit
                assert not all(one.done() for one in sending), "refused bodies, yet it says that it is ready"
        finally:
            clickhouse.is_in("well")  # else they would send for ever
        assert sum(one.result() for one in sending) > 0
    wait_until_stored(process)
    assert [entry["message"] for entry in process.log].count("bodies are refused") == 1, "said once, not of each body"
    assert call(process.url, "GET", "/readyz")[0] == 200
    assert stored(clickhouse, "long") == sorted(f"{name}-{item}" for some in names for name in some for item in range(EACH))
    proven(clickhouse.dsn)


def test_a_full_disk_is_answered_503_and_then_taken_again(clickhouse: Beyond, process: Served) -> None:
    assert send(process, "disk", ["disk-before"])[0] == 200
    wait_until_stored(process)
    unlimited = resource.prlimit(process.process.pid, resource.RLIMIT_FSIZE, (64, resource.RLIM_INFINITY))
    refused = [send(process, "disk", [f"disk-{number}"]) for number in range(3)]
    assert [status for status, _ in refused] == [503] * 3
    ready = orjson.loads(call(process.url, "GET", "/readyz")[1])
    assert (ready["ready"], "cannot write to the spool" in ready["parts"]["receivers"]["words"]) == (False, True)
    resource.prlimit(process.process.pid, resource.RLIMIT_FSIZE, unlimited)
    assert send(process, "disk", ["disk-1"])[0] == 200, "a body that was refused is no repetition"
    assert call(process.url, "GET", "/readyz")[0] == 200
    wait_until_stored(process)
    assert stored(clickhouse, "disk") == ["disk-1", "disk-before"]


def test_a_body_that_clickhouse_never_takes_holds_up_no_other_also_when_the_process_is_killed_meanwhile(
    clickhouse: Beyond, process: Served, options: Sequence[str]
) -> None:
    clickhouse.is_in("poison")
    before = process.numbers().get("auditradar_failures_total", 0)
    assert send(process, "sick", ["a-poison-1", "beside"])[0] == 200
    while process.numbers().get("auditradar_failures_total", 0) < before + 5:
        time.sleep(0.1)
    assert clickhouse.ask("SELECT raw FROM rejected WHERE cluster = 'sick'") == [], "it takes nothing else: the fault may be its own"
    clickhouse.is_in(f"poison kill {process.process.pid} batches after 1")
    for number in range(3):
        assert send(process, "sick", [f"well-{number}"])[0] == 200
    assert process.process.wait(240) == -signal.SIGKILL, "when the first of them was in the ledger"
    assert len(clickhouse.ask("SELECT batch_id FROM batches WHERE cluster = 'sick'")) == 1
    with served(*options) as again:
        wait_until_stored(again)
        assert again.numbers()["auditradar_refused_bodies_total"] == 1
        ready = orjson.loads(call(again.url, "GET", "/readyz")[1])
        assert "1 bodies were refused by ClickHouse and are in `rejected`" in ready["parts"]["delivery"]["words"]
    assert stored(clickhouse, "sick") == ["well-0", "well-1", "well-2"]
    rows = clickhouse.ask("SELECT reason, raw FROM rejected WHERE cluster = 'sick' ORDER BY position")
    assert ["a-poison-1" in str(row[1]) for row in rows] == [True, False]
    assert all(str(row[0]).startswith("ClickHouse refused it: ") and "Cannot parse string" in str(row[0]) for row in rows)
    counted = "SELECT toUInt32(sum(records)) AS records, toUInt32(sum(rejected)) AS refused FROM batches WHERE cluster = 'sick'"
    assert clickhouse.ask(counted) == [[5, 2]]
    proven(clickhouse.dsn)
