"""The API server's audit log, rotated by its lumberjack, is followed."""

import random
import signal
import subprocess
import time

import pytest

from tests.clients.apiserver.conftest import Site, Start
from tests.clients.apiserver.program import compare
from tests.serve.events import PROGRAM, ask

pytestmark = pytest.mark.clients

LISTEN = ("--listen", "127.0.0.1:0", "--sql-listen", "none")
EVENTS = 12_000


def started(site: Site, number: int, *command: str) -> subprocess.Popen[bytes]:
    with (site.folder / f"said-{number}").open("wb") as file:
        return subprocess.Popen([*PROGRAM, *command, "--cluster", "prod", "--dsn", site.dsn], stderr=file)


def said(site: Site, number: int) -> str:
    return (site.folder / f"said-{number}").read_text()


def until(process: subprocess.Popen[bytes], site: Site, number: int, words: str) -> None:
    while words not in said(site, number):
        assert process.poll() is None, said(site, number)
        time.sleep(0.1)


def stopped(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0


@pytest.mark.parametrize("command", [("follow",), ("serve", *LISTEN, "--follow")])
@pytest.mark.parametrize("rotation", [("--audit-log-maxbackup=0", "--audit-log-compress"), ("--audit-log-maxbackup=12",)])
def test_every_rotation_and_every_kill_leaves_every_event_once(
    start: Start, site: Site, command: tuple[str, ...], rotation: tuple[str, ...]
) -> None:
    dice = random.Random(len(command) + len(rotation))  # noqa: S311 - a test that can be repeated
    log = site.folder / "log" / "audit.log"
    flags = site.flags()[1], f"--audit-log-path={log}", "--audit-log-maxsize=1", *rotation
    server = start("server", *flags)
    for number in range(4):
        process = started(site, number, *command, str(log))
        until(process, site, number, "following" if number else "waiting for what comes")
        if number == 0:
            server.begin(f"events {EVENTS} 600")
        time.sleep(dice.uniform(0.5, 3))
        process.kill()
        process.wait()
    process = started(site, 4, *command, str(log))
    server.answer()
    assert server.end() == {"apiserver_audit_event_total": 0, "apiserver_audit_requests_rejected_total": 0}
    stopped(process)
    process = started(site, 5, *command, str(log))
    until(process, site, 5, "everything that is there is delivered")
    stopped(process)
    assert len(list(log.parent.iterdir())) > 2, "it was rotated"
    assert not any("Traceback" in said(site, number) for number in range(6))
    compare(site.dsn, server)
    records, size = ask(site.dsn, "SELECT sum(records) AS records, sum(bytes) AS bytes FROM batches FINAL")[0]
    assert (int(str(records)), int(str(size))) == (EVENTS, (site.folder / "server" / "made").stat().st_size), "every byte of the log once"
