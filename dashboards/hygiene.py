"""Identity hygiene: which credentials are used that should not be."""

from auditradar.dashboards.columns import Column
from auditradar.dashboards.defaults import ACCESS
from auditradar.dashboards.layout import Board, row, section
from auditradar.dashboards.panels import BAD_IF_ANY, LOOK_IF_ANY, series, shares, stat, table
from auditradar.dashboards.variables import ACTOR, CLUSTER, PLATFORM, custom

STALE = custom(
    "stale_days",
    "Stale after",
    "Days without a request after which an identity counts as stale.",
    {"30": "30 days", "7": "7 days", "90": "90 days"},
)
OVERLAP = {"duration_seconds": Column("For", 105, "s"), "at": Column("Since", 165, "dateTimeAsIso"), "client_ip": Column("At", 140)}
AWAY = {"days": Column("Days away", 100, "short", decimals=0)}

BOARD = Board(
    slug="hygiene",
    title="Identity hygiene",
    question="Which credentials are used that should not be, or not that way?",
    tag=ACCESS,
    variables=(CLUSTER, PLATFORM, ACTOR, STALE),
    time_from="now-30d",
    rows=(
        row(
            4,
            stat("hygiene/certificates", steps=LOOK_IF_ANY),
            stat("hygiene/in_hand", steps=BAD_IF_ANY),
            stat("hygiene/shared", steps=BAD_IF_ANY),
            stat("hygiene/break_glass", steps=BAD_IF_ANY),
            stat("hygiene/elsewhere", steps=BAD_IF_ANY),
            stat("hygiene/stale", steps=LOOK_IF_ANY),
        ),
        row(
            8,
            shares("hygiene/kinds", "credential_kind", "sessions"),
            series("hygiene/kinds_over_time", "logins", "credential_kind", interval="1h"),
        ),
        section("Where it should not be"),
        row(
            9,
            table("hygiene/certificate_list", "actor cluster credential_id first_at last_at days sessions requests addresses audit_id"),
        ),
        row(8, table("hygiene/tokens_in_hand", "last_at actor cluster clients addresses sessions requests writes audit_id")),
        section("Tokens of service accounts: who has them made, where they turn up"),
        row(
            9,
            table(
                "hygiene/lineage",
                "first_used_at remark service_account cluster client_ip clients minutes_used issued_at issued_by issued_from "
                "credential_id audit_id",
            ),
        ),
        row(8, table("hygiene/minters", "issued_by issuer_kind service_account cluster tokens tokens_used issued_from last_at")),
        section("Shared"),
        row(
            9,
            table(
                "hygiene/shared_list",
                "at actor cluster credential_kind client_ip other_ip duration_seconds credential_id audit_id",
                looks=OVERLAP,
                weight=3,
            ),
            table("hygiene/many_people", "client_ip client_ip_evidence people names sessions last_at", weight=2),
        ),
        section("Old"),
        row(
            9,
            table("hygiene/stale_list", "actor last_seen_at first_seen_at days credential_kinds clusters audit_id", looks=AWAY),
            table("hygiene/token_lifetimes", "actor cluster credential_id first_at last_at lifetime_seconds addresses"),
        ),
    ),
)
