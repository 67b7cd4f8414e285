"""Changes to privileges: who gave whom which rights, and who changed what guards them."""

from auditradar.dashboards import mappings
from auditradar.dashboards.defaults import ACCESS
from auditradar.dashboards.layout import Board, row, section
from auditradar.dashboards.panels import LOOK_IF_ANY, series, stat, table
from auditradar.dashboards.variables import ACTOR, ACTOR_KIND, CLUSTER, NAMESPACE, PLATFORM

BOARD = Board(
    slug="privileges",
    title="Changes to privileges",
    question="Who gave rights to whom, and who changed what guards the cluster?",
    tag=ACCESS,
    variables=(CLUSTER, PLATFORM, ACTOR_KIND, ACTOR, NAMESPACE),
    rows=(
        row(
            4,
            stat("privileges/rights", steps=LOOK_IF_ANY),
            stat("privileges/certificates", steps=LOOK_IF_ANY),
            stat("privileges/admission", steps=LOOK_IF_ANY),
            stat("privileges/namespaces", steps=LOOK_IF_ANY),
            stat("privileges/impersonated"),
        ),
        row(
            10,
            table("privileges/bindings", "at actor cluster verb role given_to remark namespace name outcome client_ip client audit_id"),
        ),
        row(8, series("privileges/over_time", label="kind", colors=mappings.SENSITIVE, interval="1h")),
        section("By whom"),
        row(
            9,
            table("privileges/by_actor", "last_at actor actor_kind kind requests denied clients audit_id"),
            table("privileges/acting", "last_at actor impersonated_user cluster requests writes denied clients audit_id"),
        ),
        section("One by one"),
        row(11, table("privileges/feed", "at kind actor cluster target outcome client_ip client audit_id")),
    ),
)
