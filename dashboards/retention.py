"""Retention and coverage: how far back the record reaches, what is due, what is held, and what is not known."""

from auditradar.dashboards.columns import TIME_WIDTH, Column
from auditradar.dashboards.defaults import PROOF
from auditradar.dashboards.ingest import STATES
from auditradar.dashboards.layout import Board, row, section
from auditradar.dashboards.panels import BAD_IF_ANY, stat, table, timeline
from auditradar.dashboards.variables import CLUSTER, PLATFORM

YEAR = 365 * 24 * 3600
REACH = ((None, "orange"), (YEAR, "green"))
"""PCI DSS asks for twelve months; a younger record may be that of a new cluster."""
LOOKS = {
    "class": Column("Class", 110),
    "table": Column("Table", 170),
    "oldest_at": Column("Oldest row", TIME_WIDTH, "dateTimeAsIso"),
    "newest_at": Column("Newest row", TIME_WIDTH, "dateTimeAsIso"),
    "keep_days": Column("Kept for", 105, "d"),
    "records": Column("Rows", 110, "short", decimals=0),
    "held": Column("Held", 100, "short", decimals=0),
    "past_due": Column("Past due", 105, "short", decimals=0),
    "hold_id": Column("Hold", 80),
    "active": Column("Stands", 80),
    "incident": Column("Incident", 130),
    "since": Column("From", TIME_WIDTH, "dateTimeAsIso"),
    "until": Column("Until", TIME_WIDTH, "dateTimeAsIso"),
    "why": Column("Why", 220),
    "added_at": Column("Added", TIME_WIDTH, "dateTimeAsIso"),
    "added_by": Column("By", 130),
    "released_at": Column("Released", TIME_WIDTH, "dateTimeAsIso"),
    "released_by": Column("Released by", 130),
    "holes": Column("Holes", 90, "short", decimals=0),
    "silent_minutes": Column("Silent minutes", 125, "short", decimals=0),
}

BOARD = Board(
    slug="retention",
    title="Retention and coverage",
    question="How far back does the record reach, is it kept as long as it must be, and which hours are missing?",
    tag=PROOF,
    variables=(CLUSTER, PLATFORM),
    time_from="now-90d",
    refresh="1h",
    rows=(
        row(
            4,
            stat("retention/reach", unit="s", steps=REACH),
            stat("retention/past_due", steps=BAD_IF_ANY),
            stat("retention/held"),
            stat("retention/size", "records", "bytes", colors={"records": "blue", "bytes": "blue"}),
        ),
        row(10, table("retention/state", "class table cluster oldest_at newest_at keep_days records held past_due bytes", looks=LOOKS)),
        row(
            7,
            table(
                "retention/holds",
                "hold_id active incident actor cluster since until why added_at added_by records released_at released_by",
                looks=LOOKS,
            ),
        ),
        section("What is not known"),
        row(8, timeline("ingest/coverage", "server", STATES)),
        row(
            8,
            table("retention/hours", "cluster component hours holes silent_minutes first_at last_at", looks=LOOKS),
            table("ingest/holes_list", "cluster component hole_from hole_until hours"),
        ),
    ),
)
