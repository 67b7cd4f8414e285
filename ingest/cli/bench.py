"""The command `bench`: how fast this is on this machine, as ratios."""

import functools
from collections.abc import Callable, Sequence

import click
from rich.table import Table

from auditradar.bench.dashboards import DASHBOARD_SECONDS, PANEL_SECONDS, Opening, bench_dashboards
from auditradar.bench.load import Pair, bench_load, median_ratio
from auditradar.bench.query import Timing, bench_query
from auditradar.bench.receive import PACE, Received, bench_receive, percentile
from auditradar.ingest.output.consoles import data_console, say
from auditradar.ingest.simulate import Plan
from auditradar.ingest.simulate.plan import PLATFORMS, Platform

MEBIBYTE = 1 << 20


def planned(measure: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a simulated cluster to query, and hand it the plan of that."""

    @functools.wraps(measure)
    def call(*, events: int, days: float, platform: Platform, **others: object) -> None:
        measure(plan=Plan(events=events, days=days, platform=platform), **others)

    for option in (
        click.option("--platform", type=click.Choice(PLATFORMS), default="kubernetes", show_default=True, help="Whose events to query."),
        click.option(
            "--days", type=click.FloatRange(0, 3660, min_open=True), default=30, show_default=True, help="Over how many days they spread."
        ),
        click.option(
            "--events", type=click.IntRange(min=1000), default=5_000_000, show_default=True, help="About how many events to query."
        ),
    ):
        call = option(call)
    return call


@click.group()
def bench() -> None:
    """Measure loading and querying on this machine, against the engine itself in the same run.

    \b
    Example:
      auditradar bench load --events 500000
    """


@bench.command("load")
@click.option("--events", type=click.IntRange(min=1000), default=500_000, show_default=True, help="About how many events to load.")
@click.option("--rounds", type=click.IntRange(min=1), default=3, show_default=True, help="How often both are measured, in turns.")
def measure_load(events: int, rounds: int) -> None:
    """Compare a load with all derivations against the engine filling the same table with none.

    \b
    Example:
      auditradar bench load --events 500000 --rounds 5
    """
    show_pairs(bench_load(events, rounds, _step))


@bench.command("query")
@planned
@click.option("--rounds", type=click.IntRange(min=1), default=3, show_default=True, help="How often each is measured.")
def measure_query(plan: Plan, rounds: int) -> None:
    """Time every view in the engine, and every reading command as a whole process.

    \b
    Example:
      auditradar bench query --events 1000000
    """
    show_timings(bench_query(plan, rounds, _step))


@bench.command("dashboards")
@planned
@click.option("--hours", type=click.FloatRange(min=0, min_open=True), default=24, show_default=True, help="Range of the dashboards.")
@click.option("--rounds", type=click.IntRange(min=1), default=3, show_default=True, help="How often each query is measured.")
def measure_dashboards(plan: Plan, hours: float, rounds: int) -> None:
    """Time the queries of every Grafana dashboard.

    \b
    Example:
      auditradar bench dashboards --events 1000000
    """
    show_openings(bench_dashboards(plan, hours, rounds, _step))


@bench.command("receive")
@click.option("--events", type=click.IntRange(min=20_000), default=300_000, show_default=True, help="About how many events to send.")
@click.option("--senders", type=click.IntRange(min=2), default=4, show_default=True, help="Senders of the run with several.")
def measure_receive(events: int, senders: int) -> None:
    """Send to a running serve, 400 events a request, at full speed and at 2,000 events a second; compare with a load.

    \b
    Example:
      auditradar bench receive --events 300000
    """
    show_received(bench_receive(events, (1, senders), _step))


def show_received(received: Received) -> None:
    """Print what was received, how fast it was answered and stored."""
    table = _table("what", "events/s", "of load", "answer p50: ms", "p99: ms", "stored p50: ms", "p99: ms", "peak MiB")
    load = received.load
    table.add_row("load", _whole(load.events / load.seconds), "1.00", "", "", "", "", _whole(load.peak_bytes / MEBIBYTE))
    for flood in received.floods:
        name = f"{flood.senders} sender{'s' if flood.senders > 1 else ''}, full speed"
        rate, ratio = _whole(flood.events / flood.seconds), f"{received.ratio(flood):.2f}"
        table.add_row(name, rate, ratio, *_percentiles(flood.answers), "", "", _whole(flood.peak_bytes / MEBIBYTE))
    paced = received.paced
    times = (*_percentiles(paced.answers), *_percentiles(paced.stored))
    table.add_row("1 sender, steady", _whole(PACE), "", *times, _whole(paced.peak_bytes / MEBIBYTE))
    data_console().print(table)
    say("Stored: in ClickHouse and in the ledger. The load is one process less: here the sender works beside the receivers.")


def _percentiles(seconds: Sequence[float]) -> tuple[str, str]:
    return _whole(percentile(seconds, 50) * 1000), _whole(percentile(seconds, 99) * 1000)


def show_pairs(pairs: list[Pair]) -> None:
    """Print the rounds and the ratio to quote."""
    table = _table("round", "load: s", "events/s", "peak MiB", "engine: s", "events/s", "peak MiB", "ratio")
    for number, pair in enumerate(pairs, start=1):
        cells = [cell for run in (pair.load, pair.engine) for cell in (run.seconds, run.events / run.seconds, run.peak_bytes / MEBIBYTE)]
        table.add_row(
            str(number), f"{cells[0]:.1f}", *map(_whole, cells[1:3]), f"{cells[3]:.1f}", *map(_whole, cells[4:]), f"{pair.ratio:.2f}"
        )
    data_console().print(table)
    say(f"Median ratio {median_ratio(pairs):.2f}: 1 would be the speed of the engine alone, with nothing derived.")


def show_timings(timings: list[Timing]) -> None:
    """Print what each view and command took."""
    table = _table("what", "ms", "times count() of events")
    for timing in timings:
        table.add_row(timing.name, f"{timing.seconds * 1000:,.0f}", f"{timing.ratio:,.1f}")
    data_console().print(table)


def show_openings(openings: list[Opening]) -> None:
    """Print what each dashboard took."""
    table = _table("dashboard", "queries", "all: ms", "times count() of events", "slowest: ms", "slowest")
    for one in openings:
        milliseconds = [f"{seconds * 1000:,.0f}" for seconds in (one.seconds, one.slowest_seconds)]
        table.add_row(one.slug, str(one.panels), milliseconds[0], f"{one.ratio:,.0f}", milliseconds[1], one.slowest)
    data_console().print(table)
    slow = [one.slug for one in openings if one.slow]
    say(f"A dashboard may take {DASHBOARD_SECONDS} s and a panel {PANEL_SECONDS} s; over it: {', '.join(slow) or 'none'}.")


def _table(*headers: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for number, header in enumerate(headers):
        table.add_column(header, justify="right" if number else "left")
    return table


_whole = "{:,.0f}".format


def _step(words: str) -> None:
    say(f"{words} …")
