"""A store on which every query of the dashboards is tried: a plain cluster, an OpenShift, one with a hole and garbage, and readers."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from auditradar.dashboards.catalog import BOARDS
from auditradar.dashboards.macros import Range
from auditradar.dashboards.trial import Fault, cases_of, try_board
from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.front.access import AccessLog, Entry
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.refresh import refresh
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import read_settings
from auditradar.ingest.simulate import Plan, simulate, simulate_any
from auditradar.ingest.sources import expand

START = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = 8
WHEN = Range(START, START + timedelta(days=DAYS), 3600)
HOLE = b"2026-01-05T04:"
HOLED_LINES = 8_000  # enough to reach past the hole
READ_ONLY = {"readonly": 2}
"""As Grafana's account: it reads, and may set what a query needs."""


@contextlib.contextmanager
def stage(folder: Path) -> Iterator[Engine]:
    """Make the store in an empty folder and keep it open."""
    truth = simulate(folder / "simulated", Plan(days=DAYS, people=12, start=START, events=80_000))
    simulate_any(folder / "openshift", Plan(days=DAYS, people=6, start=START, events=15_000, platform="openshift"))
    holed = _holed(folder)
    settings = read_settings(None, dsn="chdb:///unused", trusted_proxies=truth.trusted_proxies)
    with Engine(Dsn(path=str(folder / "store"))) as engine:
        apply_schema(engine)
        sync_rules(engine, settings)
        load(engine, expand([str(folder / "simulated" / "logs")]), LoadOptions(cluster="demo"))
        load(engine, expand([str(folder / "openshift" / "logs")]), LoadOptions(cluster="shift"))
        load(engine, expand([str(holed)]), LoadOptions(cluster="holed", platform="rke2"))
        refresh(engine)
        _read(engine)
        yield engine


def rehearse(folder: Path) -> list[Fault]:
    """Try every query of every dashboard under every kind of value."""
    with stage(folder) as engine:
        client = engine.new_client(READ_ONLY)
        return [fault for board in BOARDS for fault in try_board(client, board, WHEN, cases_of(board))]


def _read(engine: Engine) -> None:
    """Leave in the store what the SQL front writes down of readers: one who asks for another, one who is refused."""
    log = AccessLog(engine)
    at = f"{START:%Y-%m-%d} 09:30:00.000000"
    log.add(Entry("grafana", "carol", "127.0.0.1", "Grafana/12.4.3", "SELECT count() FROM logins", rows=1, duration_seconds=0.1, at=at))
    refused = "url() is not for readers"
    log.add(Entry("bob", "", "198.51.100.7", "curl/8.5.0", "SELECT * FROM url('http://x')", outcome="refused", reason=refused, at=at))
    log.start()
    log.stop(60)


def _holed(folder: Path) -> Path:
    """Write the beginning of a log without one of its hours, and with lines that are no events."""
    path = folder / "holed.log"
    whole = folder / "simulated" / "logs" / "apiserver-1" / "audit.log"
    with whole.open("rb") as lines, path.open("wb") as out:
        out.writelines(line for line in islice(lines, HOLED_LINES) if HOLE not in line)
        out.write(b"this is no audit event\n" * 20)
    return path
