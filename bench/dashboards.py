"""Time the queries of every dashboard on a large store, as they are when the dashboard is opened."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from clickhouse_connect.driver.client import Client

from auditradar.bench.query import fill, median_seconds
from auditradar.dashboards.catalog import BOARDS
from auditradar.dashboards.layout import Board
from auditradar.dashboards.macros import Range, expand
from auditradar.dashboards.rehearsal import READ_ONLY
from auditradar.dashboards.targets import source
from auditradar.dashboards.trial import ask, defaults_of
from auditradar.ingest.dsn import parse_dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.simulate import Plan
from auditradar.sql import query

BUCKETS = 240
"""Points of a chart about as wide as a screen."""
DASHBOARD_SECONDS, PANEL_SECONDS = 3, 1
"""What a dashboard and its slowest panel may take."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Be one dashboard opened: seconds of all its queries one after another, the slowest, and how many counts of all events fit into it."""

    slug: str
    panels: int
    seconds: float
    slowest: str
    slowest_seconds: float
    ratio: float

    @property
    def slow(self) -> bool:
        """Whether it takes longer than a dashboard or a panel may."""
        return self.seconds > DASHBOARD_SECONDS or self.slowest_seconds > PANEL_SECONDS


def bench_dashboards(plan: Plan, hours: float, rounds: int, on_step: Callable[[str], None]) -> list[Opening]:
    """Load a simulated cluster and open every dashboard with a range of the last `hours`."""
    with tempfile.TemporaryDirectory(prefix="auditradar-bench-") as folder:
        dsn = f"chdb://{folder}/store"
        fill(Path(folder), dsn, plan, on_step)
        end = plan.start + timedelta(days=plan.days)
        when = Range(end - timedelta(hours=hours), end, max(1, int(hours * 3600 / BUCKETS)))
        with Engine(parse_dsn(dsn)) as engine:
            client = engine.new_client(READ_ONLY)
            unit = median_seconds(rounds, lambda: engine.rows(query("bench/events").text))
            on_step("opening dashboards")
            return [_opened(client, board, when, rounds, unit) for board in BOARDS]


def _opened(client: Client, board: Board, when: Range, rounds: int, unit: float) -> Opening:
    values = defaults_of(client, board, when)
    took = {}
    for panel in board.panels:
        sql = expand(source(panel.source).text, values, when)
        took[panel.source] = median_seconds(rounds, lambda sql=sql: ask(client, sql))  # type: ignore[misc]  # bound at once
    total, slowest = sum(took.values()), max(took, key=lambda name: took[name])
    return Opening(board.slug, len(took), total, slowest, took[slowest], total / unit)
