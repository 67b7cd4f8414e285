"""One request: the raw event behind a row; reached by a click, so in no menu."""

from auditradar.dashboards.layout import Board, row
from auditradar.dashboards.panels import log, table
from auditradar.dashboards.variables import AUDIT_ID, CLUSTER, PLATFORM, hidden

BOARD = Board(
    slug="event",
    title="One request",
    question="What exactly was asked, by whom, and what was the answer?",
    tag="",
    variables=(AUDIT_ID, hidden(CLUSTER), hidden(PLATFORM)),
    rows=(
        row(6, table("event/stages", "stage_at stage cluster component level actor target code outcome client_ip")),
        row(14, table("event/facts", "field value"), log("event/raw", "stage component")),
        row(9, table("event/around", "requested_at actor cluster target outcome client_ip client audit_id")),
    ),
)
