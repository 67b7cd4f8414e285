"""Overview: the page that is open all day."""

from auditradar.dashboards import mappings
from auditradar.dashboards.columns import Column
from auditradar.dashboards.defaults import PEOPLE
from auditradar.dashboards.layout import Board, row, section
from auditradar.dashboards.links import data_link, field, path, to_requests
from auditradar.dashboards.panels import BAD_IF_ANY, LOOK_IF_ANY, hours, series, stat, table
from auditradar.dashboards.variables import CLUSTER, PLATFORM


def _to(slug: str, heading: str, width: int = 100, **variables: str) -> Column:
    """Make a number of a cluster lead to the page that lists it."""
    link = data_link("Show them", path(slug, cluster=field("cluster"), **variables))
    return Column(heading, width, "short", decimals=0, links=(link,))


PERSON_REFUSED = to_requests(refused="yes", actor_kind="human")
CLUSTER_LOOKS = {
    "people": _to("logins", "People"),
    "logins": _to("logins", "Logins"),
    "attempts": _to("failed", "Failed attempts", 130),
    "denied": _to("events", "People refused", 130, actor_kind="human", refused="yes"),
    "privileged": _to("privileges", "Privileged changes", 150, actor_kind="human"),
    "touched": _to("access", "Secrets and shells", 150, actor_kind="human"),
    "hours": _to("ingest", "Holes (h)", 100),
}

BOARD = Board(
    slug="overview",
    title="Overview",
    question="Is everything all right?",
    tag=PEOPLE,
    variables=(CLUSTER, PLATFORM),
    rows=(
        row(
            4,
            stat("overview/people_active", links=[data_link("Who is in", path("logins"))]),
            stat(
                "overview/logins",
                "today",
                "normal_day",
                names={"today": "24 hours", "normal_day": "normal day"},
                colors={"normal_day": "text"},
            ),
            stat(
                "overview/failed",
                "attempts",
                "not_machines",
                names={"attempts": "all", "not_machines": "no machines"},
                steps=LOOK_IF_ANY,
                colors={"attempts": "text"},
                links=[data_link("Failed attempts", path("failed"))],
            ),
            stat("overview/denied", steps=LOOK_IF_ANY, links=[PERSON_REFUSED]),
            stat("overview/privileged", steps=LOOK_IF_ANY, links=[data_link("Show the changes", path("privileges", actor_kind="human"))]),
            stat("overview/secrets", steps=LOOK_IF_ANY, links=[data_link("Show who", path("access", actor_kind="human"))]),
            stat("overview/holes", steps=BAD_IF_ANY, links=[data_link("Show the holes", path("ingest"))]),
        ),
        row(9, table("overview/look_first", "at signal cluster actor client_ip story audit_id")),
        row(
            8,
            series(
                "overview/people_requests",
                label="outcome",
                colors=mappings.OUTCOME,
                interval="1h",
                links=[to_requests(actor_kind="human", outcome="${__field.labels.outcome:percentencode}")],
            ),
            series(
                "overview/attempts_and_logins", label="kind", interval="1h", colors={"logins": "green", "bursts of failed attempts": "red"}
            ),
        ),
        section("By cluster, and by the hour"),
        row(
            9,
            table(
                "overview/clusters",
                "cluster platform last_event_at people logins attempts denied privileged touched hours",
                looks=CLUSTER_LOOKS,
            ),
        ),
        row(9, hours("overview/week")),
    ),
)
