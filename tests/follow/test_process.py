"""The running command: killed at any moment, ended politely, and with a server that goes away."""

import contextlib
import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from tests.faults import SEEDS, proven
from tests.follow.writer import Writer
from tests.server.ready import ready_store

PROGRAM = (sys.executable, "-c", "from auditradar.ingest.cli import main; main()")
SERVER = Path(__file__).parents[1] / "server" / "clickhouse_over_http.py"
COUNTS = (
    "SELECT (SELECT groupArray(audit_id) FROM (SELECT audit_id FROM events FINAL ORDER BY audit_id)) AS ids, "
    "(SELECT count() FROM rejected FINAL) AS broken, (SELECT sum(records) FROM batches FINAL) AS records, "
    "(SELECT sum(bytes) FROM batches FINAL) AS bytes, (SELECT uniqExactMerge(requests) FROM activity) AS requests"
)


def started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([*PROGRAM, *arguments], stderr=subprocess.PIPE, text=True)


def killed(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def until(process: subprocess.Popen[str], words: str) -> str:
    """Read what it says until it says that; fail when it ends before."""
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said += line
        if words in line:
            return said
    raise AssertionError(f"{words!r} was never said: {said}")


@contextlib.contextmanager
def busy(writer: Writer, seed: int) -> Iterator[None]:
    """Write and rotate until the block ends."""
    ending, dice = threading.Event(), random.Random(seed)  # noqa: S311 - a test that can be repeated

    def write() -> None:
        for number in itertools.count(1):
            writer.append(dice.randint(1, 40))
            if dice.random() < 0.2:
                writer.append_broken()
            if number % 40 == 0:
                backup = writer.rename()
                writer.append(3)
                writer.compress(backup)
            if ending.wait(0.05):
                return

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join()


def compare(dsn: str, writer: Writer) -> None:
    answer = subprocess.run([*PROGRAM, "sql", COUNTS, "--dsn", dsn, "--format", "jsonl"], capture_output=True, check=True)
    row = orjson.loads(answer.stdout)
    assert row["ids"] == [f"{number:08}" for number in writer.events]
    assert (row["broken"], row["bytes"]) == (writer.broken, writer.bytes)
    assert row["records"] == len(writer.events) + writer.broken
    assert row["requests"] == len(writer.events)
    proven(dsn)


@pytest.mark.parametrize("seed", SEEDS)
def test_kill_9_in_a_loop_while_the_log_grows_and_rotates(tmp_path: Path, seed: int) -> None:
    dsn, writer = f"chdb://{tmp_path / 'store'}", Writer(tmp_path / "audit.log")
    command = ("follow", str(writer.path), "--cluster", "killed", "--dsn", dsn)
    writer.append(1)
    first = started(*command)
    until(first, "from its beginning")
    with busy(writer, seed=7 + seed):
        dice = random.Random(11 + seed)  # noqa: S311 - as above
        time.sleep(2)
        killed(first)
        for _ in range(4):
            process = started(*command)
            until(process, "following")
            time.sleep(dice.uniform(0.1, 1.5))
            killed(process)
    last = started(*command)
    until(last, "everything that is there is delivered")
    last.send_signal(signal.SIGTERM)
    _, said = last.communicate(timeout=60)
    assert last.returncode in {0, 3}, said
    assert "Traceback" not in said
    compare(dsn, writer)


def test_a_server_that_goes_away_is_waited_for(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = ready_store(tmp_path_factory, tmp_path / "server")

    def served(port: str = "0") -> tuple[subprocess.Popen[str], str]:
        server = subprocess.Popen([sys.executable, str(SERVER), str(store), "loader", "pw", port], stdout=subprocess.PIPE, text=True)
        assert server.stdout is not None
        return server, server.stdout.readline().strip()

    server, port = served()
    dsn, writer = f"clickhouse://loader:pw@127.0.0.1:{port}/audit", Writer(tmp_path / "audit.log")
    writer.append(5)
    process = started("follow", str(writer.path), "--cluster", "away", "--dsn", dsn)
    until(process, "everything that is there is delivered")
    writer.append(20)
    time.sleep(1)
    killed(server)
    writer.append(10)
    said = until(process, "the files keep what is new, and it is tried again")
    assert "pw@" not in said
    for _ in range(2):
        writer.append(10)
        writer.rename()
    writer.append(4)
    server, again = served(port)
    assert again == port, "the port was taken meanwhile"
    until(process, "ClickHouse takes batches again")
    until(process, "everything that is there is delivered")
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert "cannot reach" not in said, "it is said once"
    compare(dsn, writer)
    killed(server)


def test_what_cannot_be_followed_is_one_line(tmp_path: Path) -> None:
    said = subprocess.run([*PROGRAM, "follow", "-", "--dsn", f"chdb://{tmp_path / 's'}"], capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert said.stderr == "auditradar: cannot follow standard input: it has no place to come back to; use: auditradar load -\n"
    assert not os.path.lexists(tmp_path / "s")
