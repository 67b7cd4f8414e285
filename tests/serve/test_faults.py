"""Kill, break and slow down everything: what was acknowledged is in the store exactly once.

`make faults` runs the same loops for longer: AUDITRADAR_FAULT_ROUNDS=40.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path

import pytest

from auditradar.bench.served import Served, call
from auditradar.ingest.ledger import Entry, Part, chain_hash_of
from tests.serve.events import PROGRAM, ask, event_list

ROUNDS = int(os.environ.get("AUDITRADAR_FAULT_ROUNDS", "4"))
SERVER = Path(__file__).parents[1] / "server" / "clickhouse_over_http.py"
PROXY = Path(__file__).with_name("faulty_proxy.py")


class Sender(threading.Thread):
    """Send as an API server does: a body again until it is acknowledged, some twice, in no order."""

    def __init__(self, name: str, seed: int) -> None:
        super().__init__(daemon=True)
        self.label, self.dice = name, random.Random(seed)  # noqa: S311 - repeatable
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
            return bool(self.url) and call(self.url, "POST", "/v1/audit/prod", body)[0] == 200
        except (OSError, HTTPException):
            return False


def check(dsn: str, senders: list[Sender]) -> None:
    acknowledged = set().union(*(sender.acknowledged for sender in senders))
    assert acknowledged
    counted = {str(name): int(str(times)) for name, times in ask(dsn, "SELECT audit_id, count() FROM requests GROUP BY audit_id")}
    assert acknowledged - set(counted) == set(), "nothing acknowledged is lost"
    assert [name for name, times in counted.items() if times != 1] == [], "nothing is there twice"
    check_chain(dsn)


def check_chain(dsn: str) -> None:
    columns = [name for name in Entry.__slots__ if not name.endswith("_event_at")]
    moments = "toUnixTimestamp64Micro(first_event_at), toUnixTimestamp64Micro(last_event_at)"
    rows = ask(dsn, f"SELECT {', '.join(columns)}, {moments} FROM batches FINAL ORDER BY source, sequence")
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


def run_senders(number: int) -> list[Sender]:
    senders = [Sender(f"s{index}", index) for index in range(number)]
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
    senders = run_senders(3)
    for _ in range(ROUNDS):
        process = Served("--dsn", dsn)
        url = process.wait_until_serving()
        for sender in senders:
            sender.url = url
        time.sleep(dice.uniform(0.05, 1.2))
        process.stop(signal.SIGKILL)
    last = Served("--dsn", dsn)
    url = last.wait_until_serving()
    for sender in senders:
        sender.url = url
    time.sleep(0.3)
    end_senders(senders)
    assert last.stop() == 0
    check(dsn, senders)


@pytest.fixture
def clickhouse(tmp_path: Path) -> Iterator[tuple[str, str, Path]]:
    """Give the DSN of an embedded engine that plays a server, one that goes through a faulty proxy, and the file that steers it."""
    mood = tmp_path / "mood"
    mood.write_text("well")
    command = [sys.executable, str(SERVER), str(tmp_path / "server"), "loader", "secret"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        with subprocess.Popen([sys.executable, str(PROXY), str(port), str(mood)], stdout=subprocess.PIPE) as proxy:
            assert proxy.stdout is not None
            faulty = int(proxy.stdout.readline())
            direct, through = (f"clickhouse://loader:secret@127.0.0.1:{at}/audit" for at in (port, faulty))
            subprocess.run([*PROGRAM, "schema", "apply", "--dsn", direct], check=True, capture_output=True)
            yield direct, through, mood
            proxy.terminate()
        server.terminate()


def test_a_clickhouse_that_refuses_fails_and_breaks_off_loses_nothing(clickhouse: tuple[str, str, Path], tmp_path: Path) -> None:
    direct, through, mood = clickhouse
    senders = run_senders(2)
    process = Served("--dsn", through, "--spool", str(tmp_path / "spool"))
    url = process.wait_until_serving()
    for sender in senders:
        sender.url = url
    for word in ("refuse", "after", "fail", "before", "slow"):
        mood.write_text(word)
        time.sleep(0.7)
    mood.write_text("refuse")
    time.sleep(0.6)
    process.stop(signal.SIGKILL)
    again = Served("--dsn", through, "--spool", str(tmp_path / "spool"))  # starts while ClickHouse is away
    url = again.wait_until_serving()
    for sender in senders:
        sender.url = url
    time.sleep(0.3)
    assert again.numbers()["auditradar_spool_bytes"] > 0
    mood.write_text("well")
    end_senders(senders)
    while again.numbers()["auditradar_spool_bytes"] > 0:
        time.sleep(0.1)
    assert again.stop() == 0
    check(direct, senders)


def test_a_full_spool_answers_503_and_takes_again_when_clickhouse_is_back(clickhouse: tuple[str, str, Path], tmp_path: Path) -> None:
    direct, through, mood = clickhouse
    mood.write_text("refuse")
    process = Served("--dsn", through, "--spool", str(tmp_path / "spool"), "--spool-bytes", str(1 << 20))
    url = process.wait_until_serving()
    kept, answers = set(), []
    for number in range(12):
        some = [f"full-{number}-{item}" for item in range(200)]
        status, _ = call(url, "POST", "/v1/audit/prod", event_list(some))
        answers.append(status)
        kept |= set(some) if status == 200 else set()
    assert answers[0] == 200
    assert answers[-1] == 503
    assert set(answers) == {200, 503}
    mood.write_text("well")
    while process.numbers()["auditradar_spool_bytes"] > 0:
        time.sleep(0.1)
    assert call(url, "POST", "/v1/audit/prod", event_list(["after"]))[0] == 200
    assert call(url, "GET", "/readyz")[0] == 200
    assert process.stop() == 0
    assert {str(row[0]) for row in ask(direct, "SELECT audit_id FROM requests")} == kept | {"after"}


def test_what_cannot_be_served_is_one_line_and_exit_status_1(tmp_path: Path) -> None:
    command = [*PROGRAM, "serve", "--dsn", f"chdb://{tmp_path / 'store'}", "--listen", "0.0.0.0:0", "--sql-listen", "127.0.0.1:0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "give --token-file or --client-ca, or listen on 127.0.0.1" in done.stderr
