"""The command `demo`."""

import click

from auditradar.ingest.cli.edge import Store, writing
from auditradar.ingest.cli.options import store_options
from auditradar.ingest.demo.fill import SIMULATED, demo_dsn, fill
from auditradar.ingest.output.consoles import data_console
from auditradar.ingest.output.demo import draw_demo
from auditradar.ingest.output.progress import byte_progress, count_progress
from auditradar.ingest.reading.reader import Reader
from auditradar.ingest.simulate import Plan


@click.command()
@click.option("--days", type=click.FloatRange(min=0, min_open=True, max=60), default=7, show_default=True, help="Days to simulate.")
@click.option("--people", type=click.IntRange(1, 500), default=12, show_default=True, help="People who work with the simulated cluster.")
@store_options
def demo(store: Store, days: float, people: int) -> None:
    """Load a real sample and a simulated week into a store of their own, and show what happened.

    The store is kept, so every other command can look into it; running it again changes nothing.

    \b
    Example:
      auditradar demo
    """
    named = Store(store.dsn or demo_dsn(), store.config)
    settings = named.settings()
    plan = Plan(days=days, people=people, cluster=SIMULATED)
    with writing(settings) as engine:
        filled = fill(engine, settings, plan, byte_progress, count_progress)
        draw_demo(data_console(), Reader(engine), filled)
