"""Measure receiving: how many events a second, how long an answer takes, how long until an event is stored."""

import http.client
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

from auditradar.bench.processes import Run, measure
from auditradar.bench.served import Served, event_lists, served
from auditradar.ingest.errors import AuditRadarError
from auditradar.ingest.simulate import Plan, simulate

IN_FLIGHT = 8
"""Requests that one API server has open at once: in batch mode it sends without waiting for answers, 15 in a burst at most."""
PACE = 2_000  # events a second, of a large cluster
PACED_SECONDS = 20
LOOK_SECONDS = 0.02
PATH = "/v1/audit/bench?timeout=30s"


@dataclass(frozen=True, slots=True)
class Flood:
    """Be what came through at full speed; `seconds` until everything was stored, answers in seconds."""

    senders: int
    events: int
    seconds: float
    answers: Sequence[float]
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Paced:
    """Be what a steady stream saw: times of the answers and until the events of a body were stored, in seconds."""

    answers: Sequence[float]
    stored: Sequence[float]
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Received:
    """Be all results, with a load of the same events for comparison."""

    load: Run
    floods: Sequence[Flood]
    paced: Paced

    def ratio(self, flood: Flood) -> float:
        """Give the rate of a flood over that of the load."""
        return (flood.events / flood.seconds) / (self.load.events / self.load.seconds)


def percentile(values: Sequence[float], percent: int) -> float:
    """Give a percentile of measured values."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]


def bench_receive(events: int, senders: Sequence[int], on_step: Callable[[str], None]) -> Received:
    """Simulate events, load them, then send them by 1 and more senders at full speed, and by one at 2,000 a second."""
    with tempfile.TemporaryDirectory(prefix="auditradar-bench-") as name:
        folder = Path(name)
        on_step(f"simulating {events:,} events")
        simulate(folder, Plan(events=events))
        lines = [line for path in sorted((folder / "logs").rglob("*.log")) for line in path.read_bytes().splitlines()]
        on_step("loading them, for comparison")
        load = measure("load", f"chdb://{folder / 'loaded'}", str(folder / "logs"))
        bodies = event_lists(lines)
        floods = []
        for number in senders:
            on_step(f"receiving at full speed from {number}")
            floods.append(_flood(folder / f"flood-{number}", bodies, len(lines), number))
        on_step(f"receiving {PACE:,} events a second")
        return Received(load, floods, _paced(folder / "paced", bodies))


def _flood(store: Path, bodies: Sequence[bytes], events: int, senders: int) -> Flood:
    with served("--dsn", f"chdb://{store}") as running:
        work: SimpleQueue[bytes] = SimpleQueue()
        for body in bodies:
            work.put(body)
        began = time.perf_counter()
        with ThreadPoolExecutor(senders * IN_FLIGHT) as pool:
            parts = [pool.submit(_send_all, running.url, work) for _ in range(senders * IN_FLIGHT)]
            answers = [seconds for part in parts for seconds in part.result()]
        _wait_until_stored(running, events)
        return Flood(senders, events, time.perf_counter() - began, answers, running.peak_bytes())


def _send_all(url: str, work: SimpleQueue[bytes]) -> list[float]:
    connection = _connection(url)
    taken: list[float] = []
    while True:
        try:
            body = work.get_nowait()
        except Empty:
            connection.close()
            return taken
        taken.append(_send(connection, body))


def _send(connection: http.client.HTTPConnection, body: bytes) -> float:
    began = time.perf_counter()
    connection.request("POST", PATH, body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise AuditRadarError(f"cannot measure: a body was answered {answer.status}")
    return time.perf_counter() - began


def _paced(store: Path, bodies: Sequence[bytes]) -> Paced:
    """Send a body every fifth of a second, and watch for each when as many events are stored as were sent."""
    pause = 400 / PACE
    answers: list[float] = []
    stored: list[float] = []
    with served("--dsn", f"chdb://{store}") as running:
        connection = _connection(running.url)
        waiting: list[tuple[int, float]] = []
        sent = 0
        began = time.perf_counter()
        for number, body in enumerate(islice(bodies, int(PACED_SECONDS / pause))):
            _watch(running, waiting, stored, until=began + number * pause)
            at = time.perf_counter()
            answers.append(_send(connection, body))
            sent += body.count(b'"auditID"')
            waiting.append((sent, at))
        _watch(running, waiting, stored, until=time.perf_counter() + 10)
        connection.close()
        return Paced(answers, stored, running.peak_bytes())


def _watch(running: Served, waiting: list[tuple[int, float]], stored: list[float], until: float) -> None:
    while time.perf_counter() < until:
        if waiting:
            there = running.numbers().get("auditradar_stored_events_total", 0.0)
            now = time.perf_counter()
            while waiting and waiting[0][0] <= there:
                stored.append(now - waiting.pop(0)[1])
        time.sleep(min(LOOK_SECONDS, max(0.0, until - time.perf_counter())))
        if not waiting and until - time.perf_counter() > 1:
            return


def _wait_until_stored(running: Served, events: int) -> None:
    while running.numbers().get("auditradar_stored_events_total", 0.0) < events:
        time.sleep(LOOK_SECONDS)


def _connection(url: str) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
