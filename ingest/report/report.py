"""Be a gathered report: everything that the page, the document and the manifest say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.metadata import version

from auditradar.ingest.reading.result import Row
from auditradar.ingest.report.charts import Chart, over_days
from auditradar.ingest.report.gather import Result, worst
from auditradar.ingest.report.order import Order
from auditradar.sql import SCHEMA_VERSION, fingerprint
from auditradar.sql.control import STATUSES

CHARTS = (
    ("logins", "Logins"),
    ("failed_attempts", "Failed attempts"),
    ("denied", "Requests of people refused by authorization"),
    ("hours_in_holes", "Hours without any event"),
)
"""What is drawn over the days: column and title."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Be what was found about the integrity of the record: `ok` is None where nothing could be computed.

    `mismatched` are the clusters of what does not match; an empty name stands for what belongs to no cluster.
    """

    ok: bool | None
    words: str
    details: Mapping[str, object]
    mismatched: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Be one report; `generated_at` and `engine` are in no data file, for the same period must give the same bytes."""

    order: Order
    results: Sequence[Result]
    clusters: Sequence[Row]
    holes: Sequence[Row]
    blind: Sequence[Row]
    rejected: Sequence[Row]
    days: Sequence[Row]
    proof: Proof
    generated_at: datetime
    engine: str

    @property
    def title(self) -> str:
        """Give the title of the framework."""
        return self.order.framework.title

    @property
    def status(self) -> str:
        """Give the worst verdict of all."""
        return worst(result.status for result in self.results)

    @property
    def counts(self) -> dict[str, int]:
        """Count the requirements by verdict, the worst first."""
        statuses = [result.status for result in self.results]
        return {status: statuses.count(status) for status in STATUSES}

    @property
    def unknown_hours(self) -> int:
        """Count the hours of the period of which nothing is known, over all clusters."""
        return sum(int(str(row[name])) for row in self.clusters for name in ("hours_before", "hours_in_holes", "hours_after"))

    @property
    def charts(self) -> list[Chart]:
        """Draw the charts over the days of the period."""
        first, last = self.order.since.date(), (self.order.until - timedelta(microseconds=1)).date()
        by_day = {date.fromisoformat(str(row["day"])): row for row in self.days}
        return [over_days(title, {day: int(str(row[column])) for day, row in by_day.items()}, first, last) for column, title in CHARTS]

    @property
    def parameters(self) -> dict[str, object]:
        """Give everything that the data files depend on besides the events themselves."""
        return {
            "framework": self.order.framework.slug,
            "title": self.title,
            "since": self.order.since.isoformat(),
            "until": self.order.until.isoformat(),
            "clusters": list(self.order.clusters),
            "values": {result.control.requirement: dict(result.values) for result in self.results},
            "schema_version": SCHEMA_VERSION,
            "schema_sha256": fingerprint(),
        }

    @property
    def facts(self) -> dict[str, object]:
        """Give what the manifest says besides the files."""
        return {
            "format": "auditradar-pack-1",
            "framework": self.order.framework.slug,
            "title": self.title,
            "since": self.order.since.isoformat(),
            "until": self.order.until.isoformat(),
            "clusters": list(self.order.clusters),
            "status": self.status,
            "generated_at": self.generated_at.isoformat(timespec="seconds"),
            "program": f"auditradar {version('auditradar')}",
            "engine": self.engine,
        }
