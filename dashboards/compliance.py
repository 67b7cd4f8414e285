"""Compliance: one dashboard for each framework, and one with the rows of evidence behind all of them; made from sql/controls."""

from dataclasses import replace

from auditradar.dashboards.columns import COLUMNS, TIME_WIDTH, Column
from auditradar.dashboards.controls import evidences, parts
from auditradar.dashboards.defaults import PROOF
from auditradar.dashboards.ingest import STATES
from auditradar.dashboards.layout import Board, Row, row, section
from auditradar.dashboards.links import data_link, path
from auditradar.dashboards.mappings import VERDICT, override
from auditradar.dashboards.panels import Panel, table, timeline
from auditradar.dashboards.variables import CLUSTER, PLATFORM
from auditradar.sql.control import Framework, frameworks

EVIDENCE = "evidence"
REFRESH = "1h"
"""A compliance page is about months; asking every minute would only cost."""
SPAN = "now-90d"
HEIGHT = 10
"""As many lines as one part has requirements, for one cluster."""
_TO_ROWS = data_link("The rows of evidence", path(EVIDENCE) + "&viewPanel=panel-${__data.fields.panel}")
LOOKS = {
    "requirement": Column("Requirement", 190, links=(_TO_ROWS,)),
    "status": Column("Verdict", 130, colors=VERDICT, paint="color-background"),
    "finding": Column("Why", 420),
    "evidence_rows": Column("Rows", 80, "short", decimals=0, links=(_TO_ROWS,)),
    "asks_for": Column("Title"),
    "panel": Column("Panel"),
}


def _framework(one: Framework) -> Board:
    return Board(
        slug=f"compliance-{one.slug}",
        title=f"Compliance: {one.title}",
        question=f"What does the audit record say about the requirements of {one.title}, and what does it not know?",
        tag=PROOF,
        variables=(CLUSTER, PLATFORM),
        time_from=SPAN,
        refresh=REFRESH,
        rows=(
            *(row(HEIGHT, _requirements(name)) for name in parts(one)),
            section("What is not known"),
            row(8, timeline("ingest/coverage", "server", STATES)),
            row(7, table("ingest/holes_list", "cluster component hole_from hole_until hours")),
        ),
    )


def _requirements(name: str) -> Panel:
    """Show the verdicts; the number of the panel with the rows is carried along and not shown."""
    made = table(name, "requirement status cluster finding evidence_rows asks_for panel", looks=LOOKS)
    return replace(made, overrides=(*made.overrides, override("panel", custom__hidden=True)))


def _evidence() -> Board:
    rows: list[Row] = [row(8, _rows(key, tuple(evidence.columns))) for key, evidence in evidences().items()]
    return Board(
        slug=EVIDENCE,
        title="Evidence",
        question="Which rows stand behind the verdicts of the compliance dashboards?",
        tag=PROOF,
        variables=(CLUSTER, PLATFORM),
        time_from=SPAN,
        refresh=REFRESH,
        rows=tuple(rows),
    )


def _rows(key: str, columns: tuple[str, ...]) -> Panel:
    looks = {name: _column(name) for name in columns if name not in COLUMNS}
    return table(f"evidence/{key}", " ".join(columns), looks={**looks, **{name: LOOKS[name] for name in ("status", "finding")}})


def _column(name: str) -> Column:
    """Look like what the name says: a moment, or plain text."""
    heading = name.replace("_", " ").capitalize()
    return Column(heading, TIME_WIDTH, "dateTimeAsIso") if name.endswith(("_at", "_since")) or name == "until" else Column(heading, 130)


BOARDS = (*map(_framework, frameworks()), _evidence())
