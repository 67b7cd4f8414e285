"""Failed attempts: who was refused before anybody knew who it was."""

from auditradar.dashboards import mappings
from auditradar.dashboards.columns import Column
from auditradar.dashboards.defaults import PEOPLE
from auditradar.dashboards.layout import Board, row, section
from auditradar.dashboards.panels import BAD_IF_ANY, series, stat, table
from auditradar.dashboards.variables import CLIENT_IP, CLUSTER, PLATFORM

AFTER = {"age_seconds": Column("Login after", 110, "s"), "attempts": Column("Failures before", 130, "short", decimals=0)}
KNOWN = {"names": Column("Who ever came in from there")}

BOARD = Board(
    slug="failed",
    title="Failed attempts",
    question="Who tried to get in and was refused, and did anybody succeed after all?",
    tag=PEOPLE,
    variables=(CLUSTER, PLATFORM, CLIENT_IP),
    rows=(
        row(
            4,
            stat("failed/attempts"),
            stat("failed/origins", "scan", "person", "machine", colors=mappings.ORIGIN),
            stat("failed/addresses"),
            stat("failed/then_in", steps=BAD_IF_ANY),
        ),
        row(
            7,
            table(
                "failed/success",
                "login_at actor cluster client_ip attempts age_seconds class method evidence confidence audit_id",
                looks=AFTER,
            ),
        ),
        section("People and scans"),
        row(8, series("failed/by_class", "attempts", "class", colors=mappings.CLASS)),
        row(
            10,
            table(
                "failed/bursts",
                "started_at ended_at origin cluster class client_ip client attempts distinct_targets targets names_tried audit_id",
            ),
        ),
        row(
            9,
            table(
                "failed/by_address",
                "client_ip client_ip_evidence attempts distinct_targets classes first_at last_at names",
                looks=KNOWN,
                weight=3,
            ),
            table("failed/names", "actor attempts addresses_count addresses first_at last_at", weight=2),
        ),
        section("Machines with credentials that no longer work"),
        row(
            9,
            series("failed/machines_over_time", "attempts", "client"),
            table("failed/machine_bursts", "started_at ended_at cluster class client_ip client attempts targets audit_id"),
        ),
        section("One by one"),
        row(10, table("failed/feed", "at cluster class actor client_ip user_agent target reason audit_id")),
    ),
)
