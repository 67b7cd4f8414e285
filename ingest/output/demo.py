"""Show what happened in the demonstration, and what to type next."""

import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from auditradar.ingest.demo.fill import REAL, RECORDED, RECORDED_PEOPLE, SIMULATED, Filled
from auditradar.ingest.load import LoadResult
from auditradar.ingest.output import fields, layouts, values
from auditradar.ingest.output.fields import Layout
from auditradar.ingest.output.sections import draw_section
from auditradar.ingest.reading.filters import AddressRange
from auditradar.ingest.reading.odd import odd_things
from auditradar.ingest.reading.period import Asked, resolve
from auditradar.ingest.reading.reader import Reader
from auditradar.ingest.reading.result import Page, Row

WIDEST = 160  # columns: beyond it the eye loses the line
ROWS = 12
REFUSED = 16
CLUSTERS = (SIMULATED, RECORDED, REAL)
FEW = 1000  # events whose speed says nothing


def draw_demo(console: Console, reader: Reader, filled: Filled) -> None:
    """Print the report."""
    console.width = min(console.width, WIDEST)
    _draw_amounts(console, reader, filled)
    period = resolve(reader, Asked()).parameters
    people = {"cluster": "", "actor": "", "all_kinds": False, "limit": ROWS, **AddressRange().parameters, **period}
    draw_section(
        console, "Who logged in, newest of each cluster: recorded by the platform, or inferred", layouts.LOGINS, _logins(reader, people)
    )
    _draw_if_any(
        console,
        "Whose sessions were still open when the log ended",
        layouts.SESSIONS,
        reader.page("listings/sessions", {**people, "open_only": True}),
    )
    tried = {"cluster": "", "class": "", "limit": REFUSED, **AddressRange().parameters, **period}
    _draw_if_any(console, "Who tried to get in and was refused", layouts.BURSTS, reader.page("listings/bursts", tried))
    ended = {**people, "cluster": f"^{RECORDED}$", "limit": ROWS // 2}
    _draw_if_any(console, "How sessions of OpenShift ended: by whom, or by time", layouts.LOGOUTS, reader.page("listings/logouts", ended))
    odd = odd_things(reader)
    _draw_if_any(console, "What is odd, each found by a query", layouts.ODD, _page(odd))
    _draw_next(console, reader, odd)


def _draw_amounts(console: Console, reader: Reader, filled: Filled) -> None:
    clusters = {str(row["cluster"]): row for row in reader.records("status/clusters", {"cluster": ""})}
    lines = Text()
    for cluster, result, words in (
        (REAL, filled.real, "a real kube-apiserver log of OpenShift 4.12, from openshift/cluster-logging-operator, Apache-2.0"),
        (
            SIMULATED,
            filled.simulated,
            f"{values.plural(len(filled.truth.people), 'person', 'people')} at work for {filled.truth.plan.days:g} days",
        ),
        (RECORDED, filled.recorded, f"{RECORDED_PEOPLE} people at work on an OpenShift, which records logins, logouts and wrong passwords"),
    ):
        row = clusters[cluster]
        lines.append_text(Text(f"● {cluster}", fields.PLATFORM_STYLES.get(str(row["platform"]), fields.KUBERNETES)))
        lines.append(f"  {words}\n")
        lines.append(f"  {_amount(row)}{_speed(result)}\n", "dim")
    lines.rstrip()
    console.print(Panel(lines, title="AuditRadar", title_align="left", border_style="dim", expand=False))
    console.print()


def _amount(row: Row) -> str:
    known = f"{values.moment(row['first_event_at'])[:16]} to {values.moment(row['last_event_at'])[:16]} UTC"
    found = f"{values.plural(_int(row, 'sessions'), 'session')}, {values.plural(_int(row, 'failed_attempts'), 'failed attempt')}"
    return f"{values.plural(_int(row, 'requests'), 'request')}, {known}: {found}"


def _int(row: Row, name: str) -> int:
    return int(str(row[name]))


def _speed(result: LoadResult) -> str:
    if not result.batches:
        return "\n  loaded before"
    speed = f", {result.records / result.seconds:,.0f} events/s" if result.records > FEW else ""
    return f"\n  {values.plural(result.events, 'event')} loaded in {result.seconds:.1f} s{speed}"


def _logins(reader: Reader, people: dict[str, object]) -> Page:
    """Take the newest logins of each cluster; those of the real sample are years older."""
    pages = [reader.page("listings/logins", {**people, "cluster": f"^{cluster}$", "limit": ROWS // 2}) for cluster in CLUSTERS]
    rows = sorted((row for page in pages for row in page.records), key=lambda row: str(row["login_at"]), reverse=True)
    return replace(_page(rows), total=sum(page.total for page in pages))


def _draw_if_any(console: Console, title: str, layout: Layout, page: Page) -> None:
    if page.rows:
        draw_section(console, title, layout, page)


def _page(rows: Sequence[Row]) -> Page:
    columns = tuple(rows[0]) if rows else ()
    return Page(columns, tuple([row[name] for name in columns] for row in rows), len(rows))


def _draw_next(console: Console, reader: Reader, odd: Sequence[Row]) -> None:
    someone = next((str(row["actor"]) for row in odd if row["what"] == "New address, strange hour"), "kube:admin")
    console.print(Text("What to type next", "bold underline"))
    if not shutil.which("auditradar"):
        console.print(Text(f"  . {Path(sys.prefix) / 'bin' / 'activate'}", "bold"), soft_wrap=True)
    console.print(Text(f"  export AUDITRADAR_DSN={reader.engine.dsn}", "bold"), soft_wrap=True)
    for command, words in (
        (f"auditradar who {someone}", "everything about one person"),
        ("auditradar failures --bursts", "who was refused, storms of one machine in one line"),
        (f"auditradar events --resource secrets --verb get,list --cluster {SIMULATED} --since 7d", "who read secrets"),
        (f"auditradar logins --cluster {REAL} --format json", "the same for programs"),
        ('auditradar sql "SELECT actor, count() FROM requests GROUP BY actor ORDER BY 2 DESC LIMIT 10"', "any question, in SQL"),
        ("auditradar load /var/log/kube-apiserver --cluster prod --dsn chdb://./store", "your own logs"),
    ):
        console.print(Text(f"  {command}", "bold").append(f"   # {words}", "dim"), soft_wrap=True)
