"""Failed attempts: who was refused before anybody knew who it was."""

from auditradar.dashboards import mappings
from auditradar.dashboards.columns import WITNESS, Column
from auditradar.dashboards.defaults import PEOPLE
from auditradar.dashboards.layout import Board, row, section
from auditradar.dashboards.links import to_person
from auditradar.dashboards.panels import BAD_IF_ANY, divided, series, shares, stat, table
from auditradar.dashboards.variables import CLIENT_IP, CLUSTER, PLATFORM

AFTER = {"age_seconds": Column("Login after", 110, "s"), "attempts": Column("Failures before", 130, "short", decimals=0)}
OWNER = {"actor": Column("Whose", 190, links=(to_person("actor"),))}
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
        section("By name"),
        row(
            8,
            shares("failed/by_kind", "class", "attempts", colors=mappings.CLASS),
            divided("failed/by_witness", "evidence", mappings.NAMED),
            table("failed/names", "actor attempts addresses_count addresses classes reasons first_at last_at", weight=3),
        ),
        row(8, table("failed/dead_tokens", "at cluster actor reason client_ip client_ip_evidence user_agent target audit_id", looks=OWNER)),
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
            ),
        ),
        section("Machines with credentials that no longer work"),
        row(
            9,
            series("failed/machines_over_time", "attempts", "client"),
            table("failed/machine_bursts", "started_at ended_at cluster class client_ip client attempts targets audit_id"),
        ),
        section("One by one"),
        row(
            10,
            table("failed/feed", "at cluster class actor client_ip client_ip_evidence user_agent target reason evidence audit_id", WITNESS),
        ),
    ),
)
