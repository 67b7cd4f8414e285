"""A store of simulated clusters on which every query of the dashboards is tried: one whole, one with a hole and unreadable lines."""

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
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.refresh import refresh
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import read_settings
from auditradar.ingest.simulate import Plan, simulate
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
    holed = _holed(folder)
    settings = read_settings(None, dsn="chdb:///unused", trusted_proxies=truth.trusted_proxies)
    with Engine(Dsn(path=str(folder / "store"))) as engine:
        apply_schema(engine)
        sync_rules(engine, settings)
        load(engine, expand([str(folder / "simulated" / "logs")]), LoadOptions(cluster="demo"))
        load(engine, expand([str(holed)]), LoadOptions(cluster="holed", platform="openshift"))
        refresh(engine)
        yield engine


def rehearse(folder: Path) -> list[Fault]:
    """Try every query of every dashboard under every kind of value."""
    with stage(folder) as engine:
        client = engine.new_client(READ_ONLY)
        return [fault for board in BOARDS for fault in try_board(client, board, WHEN, cases_of(board))]


def _holed(folder: Path) -> Path:
    """Write the beginning of a log without one of its hours, and with lines that are no events."""
    path = folder / "holed.log"
    whole = folder / "simulated" / "logs" / "apiserver-1" / "audit.log"
    with whole.open("rb") as lines, path.open("wb") as out:
        out.writelines(line for line in islice(lines, HOLED_LINES) if HOLE not in line)
        out.write(b"this is no audit event\n" * 20)
    return path
