"""Time every view and every reading command on a large store."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from auditradar.ingest.dsn import parse_dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import AuditRadarError
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.refresh import refresh
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import read_settings
from auditradar.ingest.simulate import Plan, simulate_any
from auditradar.ingest.sources import expand
from auditradar.sql import query

VIEWS = {
    "requests": "requested_at",
    "denied_requests": "denied_at",
    "sessions": "started_at",
    "logins": "login_at",
    "logouts": "logout_at",
    "failed_attempts": "attempted_at",
    "failed_attempt_bursts": "started_at",
    "coverage": "hour",
    "clusters": "last_event_at",
}
"""Views and their column of time."""
COMMANDS = (
    ("status",),
    ("logins",),
    ("logouts",),
    ("sessions",),
    ("sessions", "--gap", "1h"),
    ("failures",),
    ("failures", "--bursts"),
    ("denied",),
    ("who", "alice"),
    ("events",),
    ("events", "--actor", "alice", "--since", "7d"),
    ("coverage",),
)


@dataclass(frozen=True, slots=True)
class Timing:
    """Be the median of several runs of one thing, in seconds, and how many times `SELECT count() FROM events` takes as long."""

    name: str
    seconds: float
    ratio: float


def bench_query(plan: Plan, rounds: int, on_step: Callable[[str], None]) -> list[Timing]:
    """Load a simulated cluster and time each view in the engine, then each command as a whole process."""
    with tempfile.TemporaryDirectory(prefix="auditradar-bench-") as folder:
        store = f"chdb://{folder}/store"
        fill(Path(folder), store, plan, on_step)
        with Engine(parse_dsn(store)) as engine:
            on_step("views")
            unit = median_seconds(rounds, lambda: engine.rows(query("bench/events").text))
            timings = [Timing(name, seconds, seconds / unit) for name, seconds in _views(engine, rounds)]
        on_step("commands")
        for command in COMMANDS:
            seconds = median_seconds(rounds, lambda command=command: _run(command, store))  # type: ignore[misc]  # bound at once
            timings.append(Timing(f"auditradar {' '.join(command)}", seconds, seconds / unit))
        return timings


def fill(folder: Path, store: str, plan: Plan, on_step: Callable[[str], None]) -> None:
    """Simulate a cluster and load it into a store."""
    on_step(f"simulating {plan.events:,} events")
    simulate_any(folder, plan)
    on_step("loading them")
    with Engine(parse_dsn(store)) as engine:
        apply_schema(engine)
        sync_rules(engine, read_settings(None, dsn=store))
        load(engine, expand([str(folder / "logs")]), LoadOptions(cluster="bench"))
        refresh(engine)


def _views(engine: Engine, rounds: int) -> Iterator[tuple[str, float]]:
    for view, moment in VIEWS.items():
        for name, text, parameters in (
            (f"{view}: all rows", "bench/count_rows", {"view": view}),
            (f"{view}: newest 100", "bench/newest_rows", {"view": view, "moment": moment}),
        ):
            yield name, _timed(engine, rounds, text, parameters)
    yield "sessions_with_gap(1 h): all", _timed(engine, rounds, "bench/gap", {"gap_seconds": 3600})


def _timed(engine: Engine, rounds: int, name: str, parameters: Mapping[str, object]) -> float:
    return median_seconds(rounds, lambda: engine.rows(query(name).text, parameters))


def _run(command: tuple[str, ...], store: str) -> None:
    call = [sys.executable, "-c", "from auditradar.ingest.cli import main; main()", *command, "--dsn", store]
    done = subprocess.run(call, capture_output=True, check=False)  # noqa: S603 - our own program
    if done.returncode:
        raise AuditRadarError(f"cannot measure auditradar {' '.join(command)}: {done.stderr.decode(errors='replace').strip()}")


def median_seconds(rounds: int, work: Callable[[], object]) -> float:
    """Give the median time of some runs, in seconds, after one that is not counted."""
    work()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)
