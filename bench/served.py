"""Run `auditradar serve` as a process of its own, and send to it as an API server does."""

import contextlib
import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import urlsplit

import orjson

from auditradar.ingest.errors import AuditRadarError

PROGRAM = (sys.executable, "-c", "from auditradar.ingest.cli import main; main()")
START_SECONDS = 60
_SAMPLE = re.compile(r"^(\w+)(?:\{[^}]*\})? (\S+)$", re.MULTILINE)


class Served:
    """Hold one running process; its log is read along, so that it never waits for a reader."""

    def __init__(self, *options: str, env: Mapping[str, str] | None = None) -> None:
        """Start it; `env` is added to this process's own environment."""
        command = [*PROGRAM, "serve", "--listen", "127.0.0.1:0", "--sql-listen", "127.0.0.1:0", *options]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, **(env or {})})  # noqa: S603  # our own program
        self.log: list[dict[str, object]] = []
        self._lines: SimpleQueue[dict[str, object]] = SimpleQueue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = ""

    def _read(self) -> None:
        assert self.process.stderr is not None  # noqa: S101  # it was asked for above
        for line in self.process.stderr:
            with contextlib.suppress(orjson.JSONDecodeError):
                entry = orjson.loads(line) if line.startswith(b"{") else {"message": line.decode(errors="replace").strip()}
                self.log.append(entry)
                self._lines.put(entry)

    def wait_until_serving(self) -> str:
        """Give the address of the receivers; AuditRadarError when the process ended instead."""
        ends = time.monotonic() + START_SECONDS
        while time.monotonic() < ends:
            try:
                entry = self._lines.get(timeout=0.05)
            except Empty:
                if self.process.poll() is not None:
                    break
                continue
            self.url = str(entry.get("url", self.url))
            if entry.get("message") == "serving":
                return self.url
        said = self.log[-1]["message"] if self.log else f"it says nothing, exit status {self.process.poll()}"
        raise AuditRadarError(f"cannot start `auditradar serve`: {said}")

    def numbers(self) -> dict[str, float]:
        """Read its metrics, summed over their labels."""
        summed: dict[str, float] = {}
        status, body = call(self.url, "GET", "/metrics")
        for name, value in _SAMPLE.findall(body.decode()) if status == 200 else ():
            summed[name] = summed.get(name, 0.0) + float(value)
        return summed

    def peak_bytes(self) -> int:
        """Read the peak memory of the process."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) * 1024

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        status = self.process.wait(60)
        self._reader.join(5)
        if self.process.stderr is not None:
            self.process.stderr.close()
        return status


@contextlib.contextmanager
def served(*options: str, env: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Run the process for a while."""
    running = Served(*options, env=env)
    try:
        running.wait_until_serving()
        yield running
    finally:
        running.stop()


def call(url: str, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> tuple[int, bytes]:
    """Make one request on a connection of its own."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    try:
        connection.request(method, path, body or None, dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def event_lists(lines: Sequence[bytes], each: int = 400) -> list[bytes]:
    """Wrap events as the webhook of an API server sends them: its default is 400 at once."""
    head = b'{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{},"items":['
    return [head + b",".join(lines[start : start + each]) + b"]}\n" for start in range(0, len(lines), each)]
