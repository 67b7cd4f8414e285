"""Write the PDF: the same facts as the page, typeset by Typst; text can be selected and the structure is tagged (PDF/UA-1)."""

import re
from importlib.resources import as_file, files
from typing import Any

import orjson
import typst

from auditradar.ingest.errors import ReportError
from auditradar.ingest.report.charts import BASE, WIDTH, Chart
from auditradar.ingest.report.gather import Result
from auditradar.ingest.report.page import LONGEST as LONGEST_CELL
from auditradar.ingest.report.page import WORDS, Grid, grid, plain, shortened
from auditradar.ingest.report.report import Report

LONGEST = 90
"""Characters of a cell in a column of the PDF; whole cells are in the files."""
ROWS = 6
"""Rows of evidence for a requirement; the page shows more, the files all."""
COLUMNS = 7
"""Columns of evidence that fit the width of a sheet."""
MOST_HOLES = 40
LONGEST_PIECE = 18
"""Letters that fit a column."""
SHORT, HEAVIEST = 19, 60
"""Characters up to which a column is never broken, such as a moment, and from which it gets no wider."""
_PIECES = re.compile(r"[^/:@_.=+,~-]*[/:@_.=+,~-]?")


def write_document(report: Report) -> bytes:
    """Write the PDF."""
    data = orjson.dumps(_data(report)).decode()
    with as_file(files("auditradar.ingest.report").joinpath("document.typ")) as path:
        try:
            return bytes(typst.compile(str(path), format="pdf", sys_inputs={"report": data}, pdf_standards="ua-1"))
        except RuntimeError as cause:
            raise ReportError(f"cannot write report.pdf: {' '.join(str(cause).split())}") from None


def _data(report: Report) -> dict[str, Any]:
    facts = report.facts
    period = f"{report.order.since:%Y-%m-%d %H:%M:%S} to {report.order.until:%Y-%m-%d %H:%M:%S} (UTC, the end excluded)"
    return {
        "heading": f"{report.title}: evidence from {report.order.since:%Y-%m-%d} to {report.order.until:%Y-%m-%d}",
        "program": facts["program"],
        "about": report.order.framework.about,
        "period": period,
        "clusters": ", ".join(f"{row['cluster']} ({row['platform']})" for row in report.clusters) or "none",
        "status": report.status,
        "unknown": f"{report.unknown_hours:,} hours of the period, over all clusters" if report.clusters else "everything",
        "proof": report.proof.words,
        "made": f"{facts['generated_at']} by {facts['program']} on {facts['engine']}",
        "words": dict(WORDS),
        "coverage": _table(grid(report.clusters), LONGEST_CELL),
        "holes": {**_table(grid(report.holes, MOST_HOLES)), "total": str(len(report.holes))},
        "blind": _table(grid(report.blind), LONGEST_CELL),
        "results": [_result(result) for result in report.results],
        "charts": [_chart(chart) for chart in report.charts],
    }


def _result(result: Result) -> dict[str, Any]:
    evidence = result.control.evidence
    several = len(result.verdicts) > 1
    findings = [f"{verdict['cluster']}: {verdict['finding']}" if several else str(verdict["finding"]) for verdict in result.verdicts]
    shown = [row[:COLUMNS] for row in result.sample.rows[:ROWS]]
    return {
        "requirement": result.control.requirement,
        "title": result.control.title,
        "asks": result.control.asks,
        "status": result.status,
        "finding": shortened("; ".join(findings)),
        "proves": plain(evidence.header["proves"]),
        "cannot": plain(evidence.header["cannot"]),
        "note": result.control.note,
        "rule": "; ".join(f"{WORDS[status]}: {words}" for status, words in evidence.rule.items()),
        "rows": f"{result.sample.total:,} in controls/{result.control.requirement}.csv"
        + (f"; the first {len(shown)} of them, the worst first, by their first columns:" if shown else ""),
        "sample": _table(Grid(result.sample.columns[:COLUMNS], tuple(tuple(row) for row in shown))),
    }


def _table(shown: Grid, longest: int = LONGEST) -> dict[str, Any]:
    columns = [column.replace("_", " ") for column in shown.columns]
    return {"columns": columns, "rows": [[_cell(cell, longest) for cell in row] for row in shown.rows], "widths": _widths(shown)}


def _widths(shown: Grid) -> list[int]:
    """Give each column its weight, by its longest cell; one that is short is as wide as it needs, which is said by 0."""
    longest = [max((len(shortened(row[at])) for row in shown.rows), default=0) for at in range(len(shown.columns))]
    return [0 if most <= SHORT else min(most, HEAVIEST) for most in longest]


def _cell(cell: object, longest: int) -> str:
    """Cut a cell, and let long words without a space break: a zero-width space is a place to break at."""
    text = shortened(cell)
    if len(text) <= SHORT:
        return text
    return _breakable(text if len(text) <= longest else f"{text[:longest]}…")


def _breakable(text: str) -> str:
    """Let a word break after a separator, and anywhere when it is longer than a column is wide."""
    pieces = [piece for piece in _PIECES.findall(text) if piece]
    return "\u200b".join(piece[at : at + LONGEST_PIECE] for piece in pieces for at in range(0, len(piece), LONGEST_PIECE))


def _chart(chart: Chart) -> dict[str, Any]:
    bars = [{"x": bar.x / WIDTH * 100, "width": bar.width / WIDTH * 100, "height": bar.height / BASE} for bar in chart.bars if bar.height]
    return {"title": chart.title, "summary": chart.summary, "bars": bars}
