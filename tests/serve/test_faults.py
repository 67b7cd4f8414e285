"""Kill, break and slow down everything: what was acknowledged is in the store exactly once.

`make faults` runs the same loops for longer, and those of `load` and `follow`.
"""

import contextlib
import functools
import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path

import pytest

from auditradar.bench.served import Served, call
from auditradar.ingest.ledger import Entry, Part, chain_hash_of
from tests.faults import ROUNDS, SHORT, proven
from tests.serve.beyond import Beyond, beyond
from tests.serve.events import PROGRAM, ask, event_list
from tests.server.ready import ready_store

Ask = Callable[[str], list[list[object]]]


class Sender(threading.Thread):
    """Send as an API server does: a body again until it is acknowledged, some twice, in no order."""

    def __init__(self, name: str, cluster: str, seed: int) -> None:
        super().__init__(daemon=True)
        self.label, self.cluster, self.dice = name, cluster, random.Random(seed)  # noqa: S311 - repeatable
        self.url = ""
        self.acknowledged: set[str] = set()
        self.ended = threading.Event()

    def run(self) -> None:
        number = 0
        while not self.ended.is_set():
            some = [f"{self.label}-{number}-{item}" for item in range(self.dice.randint(1, 60))]
            number += 1
            body = event_list(some)
            while not self.ended.is_set():
                if self.send(body):
                    self.acknowledged |= set(some)
                    break
                time.sleep(0.05)
            if self.dice.random() < 0.2:
                self.send(body)
            time.sleep(self.dice.random() * 0.02)

    def send(self, body: bytes) -> bool:
        try:
            return bool(self.url) and call(self.url, "POST", f"/v1/audit/{self.cluster}", body)[0] == 200
        except (OSError, HTTPException):
            return False


def check(ask_store: Ask, senders: list[Sender]) -> None:
    acknowledged = set().union(*(sender.acknowledged for sender in senders))
    assert acknowledged
    counting = f"SELECT audit_id, count() AS times FROM requests WHERE cluster = '{senders[0].cluster}' GROUP BY audit_id"
    counted = {str(name): int(str(times)) for name, times in ask_store(counting)}
    assert acknowledged - set(counted) == set(), "nothing acknowledged is lost"
    assert [name for name, times in counted.items() if times != 1] == [], "nothing is there twice"
    check_chain(ask_store)


def check_chain(ask_store: Ask) -> None:
    columns = [name for name in Entry.__slots__ if not name.endswith("_event_at")]
    moments = "toUnixTimestamp64Micro(first_event_at), toUnixTimestamp64Micro(last_event_at)"
    rows = ask_store(f"SELECT {', '.join(columns)}, {moments} FROM batches FINAL ORDER BY source, sequence")
    previous: dict[str, tuple[int, str, int]] = {}
    for row in rows:
        facts = dict(zip([*columns, "first_event_at", "last_event_at"], row, strict=True))
        facts["parts"] = tuple(Part(*(part.values() if isinstance(part, dict) else part)) for part in facts["parts"])  # type: ignore[attr-defined]
        entry = Entry(**{name: facts[name] for name in Entry.__slots__})  # type: ignore[arg-type]
        sequence, chain, end = previous.get(entry.source, (0, "", 0))
        assert (entry.sequence, entry.previous_hash, entry.first_offset) == (sequence + 1, chain, end)
        assert entry.chain_hash == chain_hash_of(entry)
        previous[entry.source] = (entry.sequence, entry.chain_hash, entry.first_offset + entry.bytes)
    assert previous


def run_senders(number: int, cluster: str) -> list[Sender]:
    senders = [Sender(f"{cluster}-{index}", cluster, index) for index in range(number)]
    for sender in senders:
        sender.start()
    return senders


def end_senders(senders: list[Sender]) -> None:
    for sender in senders:
        sender.ended.set()
    for sender in senders:
        sender.join(60)


def test_a_process_that_is_killed_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    dsn, dice = f"chdb://{tmp_path / 'store'}", random.Random(7)  # noqa: S311 - repeatable
    senders = run_senders(3, "prod")
    for _ in range(ROUNDS):
        process = Served("--dsn", dsn)
        url = process.wait_until_serving()
        for sender in senders:
            sender.url = url
        time.sleep(dice.uniform(0.05, 1.2))
        process.stop(signal.SIGKILL)
        if ROUNDS > SHORT:
            proven(dsn)
    last = Served("--dsn", dsn)
    url = last.wait_until_serving()
    for sender in senders:
        sender.url = url
    time.sleep(0.3)
    end_senders(senders)
    assert last.stop() == 0
    check(functools.partial(ask, dsn), senders)
    proven(dsn)


@pytest.fixture(scope="module")
def clickhouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beyond]:
    folder = tmp_path_factory.mktemp("clickhouse")
    with beyond(folder, ready_store(tmp_path_factory, folder / "store")) as server:
        yield server


def run_through(clickhouse: Beyond, spool: Path, senders: list[Sender]) -> Served:
    process = Served("--dsn", clickhouse.dsn, "--spool", str(spool))
    url = process.wait_until_serving()
    for sender in senders:
        sender.url = url
    return process


def drain(clickhouse: Beyond, process: Served, senders: list[Sender]) -> None:
    """Let everything be well, and compare what was acknowledged with what is there."""
    clickhouse.is_in("well")
    end_senders(senders)
    while process.numbers()["auditradar_spool_bytes"] > 0:
        time.sleep(0.1)
    assert process.stop() == 0
    check(clickhouse.ask, senders)
    proven(clickhouse.dsn)


def test_a_clickhouse_that_refuses_fails_and_breaks_off_loses_nothing(clickhouse: Beyond, tmp_path: Path) -> None:
    senders = run_senders(2, "broken")
    process = run_through(clickhouse, tmp_path / "spool", senders)
    for word in ("refuse", "after", "fail", "before", "slow"):
        clickhouse.is_in(word)
        time.sleep(0.7)
    clickhouse.is_in("refuse")
    time.sleep(0.6)
    process.stop(signal.SIGKILL)
    again = run_through(clickhouse, tmp_path / "spool", senders)  # starts while ClickHouse is away
    time.sleep(0.3)
    assert again.numbers()["auditradar_spool_bytes"] > 0
    drain(clickhouse, again, senders)


def test_a_process_that_is_killed_at_a_chosen_step_loses_nothing(clickhouse: Beyond, tmp_path: Path) -> None:
    steps = [("landing", "after"), ("batches", "after"), ("landing", "before"), ("batches", "before")][: 4 if ROUNDS > SHORT else 2]
    dice = random.Random(3)  # noqa: S311 - repeatable
    senders = run_senders(1, "stepped")
    process = run_through(clickhouse, tmp_path / "spool", senders)
    for table, when in steps * max(1, ROUNDS // 10):
        clickhouse.is_in(f"kill {process.process.pid} {table} {when} {dice.randint(1, 2)}")
        assert process.process.wait(240) == -signal.SIGKILL, f"killed {when} an insert into {table}"
        process.stop()
        process = run_through(clickhouse, tmp_path / "spool", senders)
    drain(clickhouse, process, senders)


def test_what_cannot_be_served_is_one_line_and_exit_status_1(tmp_path: Path) -> None:
    command = [*PROGRAM, "serve", "--dsn", f"chdb://{tmp_path / 'store'}", "--listen", "0.0.0.0:0", "--sql-listen", "127.0.0.1:0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "give --token-file or --client-ca, or listen on 127.0.0.1" in done.stderr


def test_a_statement_that_does_not_heed_its_limits_holds_up_no_stop(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = ready_store(tmp_path_factory, tmp_path / "store")
    process = Served("--dsn", f"chdb://{store}", env={"AUDITRADAR_SERVE__STOP_TIMEOUT": "2s", "AUDITRADAR_FRONT__STATEMENT_TIMEOUT": "1s"})
    process.wait_until_serving()
    [sql] = [str(entry["state"]).split(",")[0] for entry in process.log if entry.get("part") == "sql"]
    one_block = b"SELECT editDistance(materialize(repeat('a', 30000)), repeat('b', 30000)) FROM numbers(300) FORMAT Null"

    def ask_for_ever() -> None:
        with contextlib.suppress(OSError, HTTPException):
            call(f"http://{sql}", "POST", "/", one_block)

    asking = threading.Thread(target=ask_for_ever)
    asking.start()
    time.sleep(1)
    began = time.monotonic()
    assert process.stop() == 0
    assert time.monotonic() - began < 60, "alone it would take minutes"
    assert process.log[-1]["message"] == "a statement that does not end is left behind"
    asking.join()
