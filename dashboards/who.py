"""Who: everything about one identity, over time."""

from auditradar.dashboards import mappings
from auditradar.dashboards.columns import WITNESS
from auditradar.dashboards.defaults import PEOPLE
from auditradar.dashboards.layout import Board, row, section
from auditradar.dashboards.links import to_requests
from auditradar.dashboards.logins import STATES
from auditradar.dashboards.panels import hours, series, stat, table, timeline
from auditradar.dashboards.variables import CLUSTER, PLATFORM, person

THEIRS = to_requests("Show these requests", actor="${actor:percentencode}", outcome="${__field.labels.outcome:percentencode}")

BOARD = Board(
    slug="who",
    title="Who",
    question="What is known about this one identity?",
    tag=PEOPLE,
    variables=(CLUSTER, PLATFORM, person()),
    time_from="now-7d",
    rows=(
        row(5, table("who/identity", "actor actor_kind first_seen_at last_seen_at clusters groups")),
        row(
            4,
            stat(
                "who/numbers",
                "requests",
                "writes",
                "denied",
                "days",
                "addresses",
                names={"writes": "changes", "denied": "refused"},
                links=[to_requests(actor="${actor:percentencode}")],
            ),
            stat("who/open", "sessions", "open", names={"open": "still open"}),
        ),
        row(
            8,
            series("who/over_time", label="outcome", colors=mappings.OUTCOME, links=[THEIRS]),
            timeline("who/timeline", "client_ip", STATES),
        ),
        row(
            9,
            table("who/sensitive", "last_at kind cluster target impersonated_user outcome requests audit_id"),
            table("who/refused", "last_at cluster target effective_user requests reason audit_id"),
        ),
        row(
            10,
            table(
                "who/sessions",
                "started_at last_seen_at duration_seconds cluster client_ip method provider clients acting_as requests "
                "writes denied end_reason ended_by evidence confidence audit_id",
            ),
        ),
        row(
            8,
            table(
                "who/named_failures", "at cluster class reason client_ip client_ip_evidence user_agent target evidence audit_id", WITNESS
            ),
        ),
        row(10, table("who/changes", "last_at cluster verb what namespace names outcome requests audit_id")),
        section("Tokens"),
        row(
            8,
            table("who/oauth_tokens", "started_at cluster client_name provider credential_id last_seen_at end_reason ended_by audit_id"),
            table(
                "who/tokens",
                "cluster service_account credential_id issued_at issued_by client_ip clients first_used_at last_used_at "
                "minutes_used remark audit_id",
            ),
        ),
        section("From where, with what, when"),
        row(
            8,
            table("who/addresses", "client_ip client_ip_evidence first_at last_at requests days clients attempts"),
            table("who/credentials", "cluster credential_kind credential_id first_at last_at requests addresses"),
        ),
        row(
            8,
            table("who/clients", "client user_agent first_at last_at requests"),
            table("who/acting", "relation other cluster first_at last_at requests denied audit_id"),
        ),
        row(9, hours("who/week")),
        row(
            8,
            table("who/failures", "started_at ended_at origin cluster class client_ip client attempts distinct_targets targets audit_id"),
        ),
    ),
)
