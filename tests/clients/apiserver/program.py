"""Run the audit side of an API server, and compare what it made with what is stored."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import orjson

from tests.faults import proven
from tests.serve.events import ask

HERE = Path(__file__).parent
Key = tuple[str, str, str]


def built(folder: Path) -> Path:
    """Build the program with the release of go.mod, or that of k8s.io/apiserver which AUDITRADAR_APISERVER names, such as v0.34.0."""
    source = HERE
    if release := os.environ.get("AUDITRADAR_APISERVER"):
        source = shutil.copytree(HERE, folder / "source", ignore=shutil.ignore_patterns("*.py"))
        for words in (["get", f"k8s.io/apiserver@{release}"], ["mod", "tidy"]):
            subprocess.run(["go", *words], cwd=source, check=True)  # noqa: S607 - the Go of this machine
    subprocess.run(["go", "build", "-o", str(folder / "apiserver"), "."], cwd=source, check=True)  # noqa: S607 - as above
    return folder / "apiserver"


class ApiServer:
    """Be one process of it, with the flags of an API server; what it says on standard error is its log."""

    def __init__(self, program: Path, folder: Path, *flags: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._made, self._lost, self._log = folder / "made", folder / "lost", folder / "said"
        files = (f"--made={self._made}", f"--lost={self._lost}")
        with self._log.open("wb") as said:
            self._process = subprocess.Popen([program, *files, *flags], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said)

    def begin(self, order: str) -> None:
        """Give an order; its answer is waited for elsewhere."""
        assert self._process.stdin is not None
        self._process.stdin.write(order.encode() + b"\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """Wait until the oldest order is carried out."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, self.log()
        return orjson.loads(line)

    def order(self, order: str) -> dict[str, Any]:
        """Give an order and wait until it is carried out."""
        self.begin(order)
        return self.answer()

    def end(self) -> dict[str, Any]:
        """Shut it down as an API server is: what waits is sent; give what its metrics counted."""
        with self._process as process:  # which closes both ends, and waits
            assert process.stdin is not None
            process.stdin.close()
            counted = self.answer()
        assert process.returncode == 0
        return counted

    def kill(self) -> None:
        """End it where a test has failed before its end."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()

    def made(self) -> dict[Key, Any]:
        """Give what its backends were handed until its end."""
        found = [orjson.loads(line) for line in self._made.read_bytes().splitlines()]
        events = {key_of(event): event for event in found}
        assert len(events) == len(found), "each has a key of its own"
        return events

    def lost(self) -> set[Key]:
        """Give what its backends gave up."""
        named = {tuple(line.rsplit(" ", 1)) for line in self._lost.read_text().splitlines()}
        return {key for key in self.made() if key[:2] in named}

    def log(self) -> str:
        """Give its log."""
        return self._log.read_text()


def key_of(event: dict[str, Any]) -> Key:
    """Name an event; an audit id is the client's to choose."""
    return event["auditID"], event["stage"], event["requestReceivedTimestamp"]


def compare(dsn: str, *servers: ApiServer) -> None:
    """Everything that was not given up is stored once, as it was made, nothing else is, and the store proves it."""
    made = {key: event for server in servers for key, event in server.made().items()}
    lost = {key for server in servers for key in server.lost()}
    stored = [orjson.loads(str(row[0])) for row in ask(dsn, "SELECT raw FROM events FINAL")]
    keys = [key_of(event) for event in stored]
    assert len(keys) == len(set(keys)), "nothing twice"
    assert made.keys() - set(keys) <= lost, "nothing lost that was acknowledged"
    assert set(keys) <= made.keys()
    assert [event for event in stored if event != made[key_of(event)]] == []
    assert ask(dsn, "SELECT count() AS n FROM rejected") == [[0]]
    proven(dsn)
