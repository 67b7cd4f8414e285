"""Access to secrets and exec: who reached into what should stay closed."""

from auditradar.dashboards import mappings
from auditradar.dashboards.columns import Column
from auditradar.dashboards.defaults import ACCESS
from auditradar.dashboards.layout import Board, row, section
from auditradar.dashboards.panels import LOOK_IF_ANY, series, shares, stat, table
from auditradar.dashboards.variables import ACTOR, ACTOR_KIND, CLUSTER, NAMESPACE, PLATFORM

ACCOUNT = {"name": Column("Account", 200)}

BOARD = Board(
    slug="access",
    title="Access to secrets and exec",
    question="Who read secrets, opened shells and tunnels, and had tokens made?",
    tag=ACCESS,
    variables=(CLUSTER, PLATFORM, ACTOR_KIND, ACTOR, NAMESPACE),
    rows=(
        row(
            4,
            stat("access/reads"),
            stat("access/shells", steps=LOOK_IF_ANY),
            stat("access/tunnels", steps=LOOK_IF_ANY),
            stat("access/tokens"),
            stat("access/refused", steps=LOOK_IF_ANY),
        ),
        row(
            10,
            table("access/shells_feed", "at kind actor cluster namespace name asked outcome client_ip client audit_id"),
        ),
        row(
            10,
            table("access/secrets_feed", "at kind actor cluster verb namespace name outcome client_ip client audit_id"),
        ),
        section("How much, and by whom"),
        row(
            8,
            series("access/over_time", label="kind", colors=mappings.SENSITIVE, interval="1h"),
            shares("access/by_kind", "actor_kind", colors=mappings.ACTOR_KIND),
        ),
        row(
            9,
            table("access/readers", "last_at cluster actor actor_kind requests named lists namespaces addresses clients audit_id"),
        ),
        row(
            9,
            table("access/tokens_feed", "at actor actor_kind cluster namespace name outcome client_ip client audit_id", looks=ACCOUNT),
        ),
    ),
)
