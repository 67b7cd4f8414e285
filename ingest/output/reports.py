"""Show the verdicts of a report, and which frameworks there are."""

from pathlib import Path

from rich.text import Text

from auditradar.ingest.output import fields
from auditradar.ingest.output.consoles import say
from auditradar.ingest.output.fields import Layout
from auditradar.ingest.output.listing import show_rows
from auditradar.ingest.output.values import plural, visible
from auditradar.ingest.reading.result import Row
from auditradar.ingest.report.page import WORDS
from auditradar.ingest.report.report import Report
from auditradar.sql.control import frameworks

STYLES = {"pass": "green", "attention": "yellow", "fail": "bold red", "no-data": "magenta", "not-applicable": "dim"}


def _status(row: Row) -> Text:
    status = str(row["status"])
    return Text(status, STYLES.get(status, ""))


VERDICTS = Layout(
    "requirement",
    "requirements",
    (
        fields.text("requirement", "requirement"),
        fields.made("verdict", _status),
        fields.cluster(),
        fields.text("title", "title", drop=2, least=20, cut=True),
        fields.text("why", "finding", drop=1, least=30, cut=True),
    ),
)
FRAMEWORKS = Layout(
    "framework",
    "frameworks",
    (
        fields.text("framework", "framework"),
        fields.text("title", "title"),
        fields.text("requirements", "requirements"),
        fields.text("parameters", "parameters", drop=1, least=30, cut=True),
    ),
)


def show_report(report: Report, place: Path, fmt: str) -> None:
    """Print the verdicts as data, and say where the pack is."""
    rows: list[Row] = [verdict for result in report.results for verdict in result.verdicts]
    show_rows(VERDICTS, rows, fmt)
    counted = ", ".join(f"{count} {WORDS[status]}" for status, count in report.counts.items() if count)
    say(f"{report.title}: {counted}; {report.order.since:%Y-%m-%d %H:%M:%S} to {report.order.until:%Y-%m-%d %H:%M:%S} UTC.")
    if report.unknown_hours:
        say(f"{report.unknown_hours:,} hours of the period are unknown; they count as nothing but that.")
    say(f"The pack is in {visible(str(place))}; open index.html, check it with: auditradar verify {visible(str(place))}")


def show_frameworks(fmt: str) -> None:
    """Print which frameworks there are."""
    rows: list[Row] = [
        {
            "framework": one.slug,
            "title": one.title,
            "requirements": len(one.controls),
            "parameters": ", ".join(sorted({name for control in one.controls for name in control.evidence.values})),
        }
        for one in frameworks()
    ]
    show_rows(FRAMEWORKS, rows, fmt)
    say(f"{plural(len(rows), 'framework')}; a folder of your own controls may be named instead.")
