"""Logins and sessions: who came in, from where, how, and how we know."""

from auditradar.dashboards import mappings
from auditradar.dashboards.defaults import PEOPLE
from auditradar.dashboards.layout import Board, row, section
from auditradar.dashboards.links import data_link, path
from auditradar.dashboards.panels import LOOK_IF_ANY, divided, ranking, series, shares, stat, table, timeline
from auditradar.dashboards.variables import ACTOR, ACTOR_KIND, CLIENT_IP, CLUSTER, CONFIDENCE, GAP, METHOD, PLATFORM

STATES = {1: ("inferred", "yellow"), 2: ("recorded", "green")}

BOARD = Board(
    slug="logins",
    title="Logins and sessions",
    question="Who is in, who came in, from where and how, and how do we know?",
    tag=PEOPLE,
    variables=(CLUSTER, PLATFORM, ACTOR_KIND, ACTOR, CLIENT_IP, METHOD, CONFIDENCE, GAP),
    rows=(
        row(
            4,
            stat("logins/in_now"),
            stat("logins/count", "recorded", "inferred", colors={"recorded": "green", "inferred": "yellow"}),
            stat("logins/people", "people", "addresses"),
            stat("logins/new_addresses", steps=LOOK_IF_ANY),
            stat("logins/duration", unit="s"),
        ),
        row(
            12,
            timeline(
                "logins/timeline",
                "actor",
                STATES,
                [data_link("Everything about this identity", path("who", actor="${__field.labels.actor:percentencode}"))],
            ),
        ),
        row(
            9,
            table(
                "logins/open",
                "last_seen_at actor cluster platform client_ip method provider clients acting_as started_at requests "
                "writes denied confidence audit_id",
            ),
        ),
        row(
            10,
            table(
                "logins/feed",
                "login_at confidence actor cluster platform client_ip client_ip_evidence method client_name provider "
                "credential_kind evidence user_agent audit_id",
            ),
        ),
        row(8, table("logins/blind_spots", "cluster topic blind_spot why since remedy")),
        section("How, from where, with what"),
        row(
            8,
            series("logins/over_time", "logins", "confidence", colors=mappings.CONFIDENCE),
            divided("logins/by_method", "method", mappings.CONFIDENCE),
            shares("logins/by_evidence", "evidence", "logins", colors=mappings.EVIDENCE),
        ),
        row(
            8,
            shares("logins/by_provider", "provider", "logins"),
            ranking("logins/by_oauth_client", "client_name", "logins"),
            shares("logins/by_address_evidence", "address_by", "logins", colors=mappings.ADDRESS_BY),
            ranking("logins/by_client", "client", "sessions"),
        ),
        row(9, table("logins/by_address", "client_ip client_ip_evidence sessions people names first_at last_at")),
        section("Sessions and how they ended"),
        row(
            10,
            shares("logins/ends", "end_reason", "sessions", colors=mappings.END),
            table(
                "logins/ended",
                "ended_at end_reason end_known actor ended_by cluster client_ip method provider started_at duration_seconds audit_id",
                weight=3,
            ),
        ),
        row(
            12,
            table(
                "logins/sessions",
                "started_at last_seen_at duration_seconds actor cluster client_ip method provider requests "
                "writes denied acting_as end_reason ended_by evidence confidence audit_id",
            ),
        ),
        section("If a session ended after another silence: choose the gap above"),
        row(
            9,
            stat("logins/gap_count", "this_gap", "configured", names={"this_gap": "this gap"}, colors={"configured": "text"}),
            table(
                "logins/gap_sessions",
                "started_at last_seen_at duration_seconds actor cluster client_ip method requests writes "
                "denied end_reason evidence audit_id",
                weight=5,
            ),
        ),
    ),
)
