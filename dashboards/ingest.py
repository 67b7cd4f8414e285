"""Ingest health and cost: does everything arrive, and what fills the store."""

from auditradar.dashboards import mappings
from auditradar.dashboards.columns import Column
from auditradar.dashboards.defaults import PROOF
from auditradar.dashboards.layout import Board, row, section
from auditradar.dashboards.panels import BAD_IF_ANY, series, shares, stat, table, timeline
from auditradar.dashboards.variables import CLUSTER, PLATFORM

AGE = ((None, "green"), (900, "orange"), (3600, "red"))
STATES = {1: ("events", "green"), 2: ("silent minutes", "yellow"), 3: ("hole", "red")}
RISEN = {"value": Column("Risen by", 100, "short", decimals=0)}
READING = {"outcome": Column("Outcome", 100, colors=mappings.OUTCOME_OF_READING)}
REASON = {"reason": Column("Reason", 280)}

BOARD = Board(
    slug="ingest",
    title="Ingest health and cost",
    question="Does everything arrive, what do we not know, and what fills the store?",
    tag=PROOF,
    variables=(CLUSTER, PLATFORM),
    rows=(
        row(
            4,
            stat("ingest/age", unit="s", steps=AGE),
            stat("ingest/last_load", unit="s", steps=AGE),
            stat("ingest/rejected", "rejected", "redacted", steps=BAD_IF_ANY, colors={"redacted": "text"}),
            stat("ingest/holes", "holes", "silent", steps=BAD_IF_ANY, names={"silent": "silent minutes"}, colors={"silent": "text"}),
            stat("ingest/stored", "records", "bytes", colors={"records": "blue", "bytes": "blue"}),
            stat("ingest/duplicates"),
        ),
        row(8, timeline("ingest/coverage", "server", STATES)),
        row(
            8,
            series("ingest/lag", "lag", "server", unit="s", bars=False),
            series("ingest/loads", "bytes", "cluster", unit="bytes"),
        ),
        row(
            7,
            table("ingest/holes_list", "cluster component hole_from hole_until hours"),
            table("ingest/reasons", "last_at cluster reason source records example", looks=REASON),
        ),
        row(
            8,
            table("ingest/lines", "cluster component what records first_at last_at"),
            table("ingest/counterparts", "cluster metric labels value", looks=RISEN),
        ),
        section("Access to the audit log"),
        row(
            9,
            stat("ingest/reads", "asked", "refused", "failed", colors={"asked": "blue"}, steps=BAD_IF_ANY),
            table("ingest/readers", "reader people_behind statements refused rows addresses last_at", weight=3),
        ),
        row(
            10,
            table(
                "ingest/reading",
                "at reader on_behalf_of client_ip outcome rows duration_seconds reason statement user_agent",
                looks=READING,
            ),
        ),
        section("Cost: what fills the store"),
        row(
            8,
            series("ingest/volume", label="actor_kind", colors=mappings.ACTOR_KIND, interval="1h", weight=2),
            shares("ingest/by_stage", "stage", "bytes", unit="bytes"),
        ),
        row(
            10,
            table("ingest/by_request", "verb resource level events bytes average_bytes share"),
            table("ingest/by_client", "client actor_kind events bytes average_bytes share"),
        ),
        row(10, table("ingest/by_actor", "actor actor_kind events bytes average_bytes share")),
        section("Sources"),
        row(9, table("ingest/sources", "loaded_at cluster component source batches records rejected redacted bytes last_event_at")),
    ),
)
