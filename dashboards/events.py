"""Events: find any request, watch them come."""

from auditradar.dashboards import mappings
from auditradar.dashboards.defaults import ACCESS
from auditradar.dashboards.layout import Board, row
from auditradar.dashboards.panels import log, series, stat, table
from auditradar.dashboards.variables import (
    ACTOR,
    ACTOR_KIND,
    AUDIT_ID,
    CLIENT,
    CLIENT_IP,
    CLUSTER,
    NAME,
    NAMESPACE,
    OUTCOME,
    PLATFORM,
    REFUSED,
    RESOURCE,
    SEARCH,
    VERB,
    adhoc,
)

SHARE = ((None, "green"), (0.1, "orange"), (0.5, "red"))
FILTERS = (CLUSTER, PLATFORM, ACTOR_KIND, ACTOR, VERB, RESOURCE, NAMESPACE, NAME, OUTCOME, REFUSED, CLIENT, CLIENT_IP, SEARCH, AUDIT_ID)

BOARD = Board(
    slug="events",
    title="Events",
    question="Who asked for what, from where, and what came of it?",
    tag=ACCESS,
    variables=(*FILTERS, *adhoc()),
    time_from="now-6h",
    rows=(
        row(
            4,
            stat("events/requests"),
            stat("events/actors", "actors", "addresses", names={"actors": "identities"}),
            stat("events/failed", unit="percentunit", steps=SHARE),
        ),
        row(7, series("events/histogram", label="outcome", colors=mappings.OUTCOME)),
        row(
            14,
            table(
                "events/table",
                "requested_at cluster actor actor_kind verb resource namespace name outcome code client_ip "
                "client acting_as request_uri audit_id",
            ),
        ),
        row(12, log("events/tail", "cluster actor outcome audit_id")),
    ),
)
