"""All dashboards, in the order of the menus; findings come with their own module and the tag of their menu."""

from auditradar.dashboards import access, compliance, event, events, failed, hygiene, ingest, logins, overview, privileges, retention, who
from auditradar.dashboards.layout import Board

BOARDS: tuple[Board, ...] = (
    overview.BOARD,
    logins.BOARD,
    failed.BOARD,
    who.BOARD,
    events.BOARD,
    event.BOARD,
    access.BOARD,
    privileges.BOARD,
    hygiene.BOARD,
    ingest.BOARD,
    *compliance.BOARDS,
    retention.BOARD,
)
TITLES = {board.slug: board.title for board in BOARDS}
