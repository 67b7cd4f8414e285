"""The command `tail`."""

import time
from typing import Any

import click

from auditradar.ingest.cli.edge import Store
from auditradar.ingest.cli.events import event_filters
from auditradar.ingest.cli.options import store_options
from auditradar.ingest.output.consoles import say
from auditradar.ingest.output.tailed import FORMATS, show_arrivals
from auditradar.ingest.reading.arrivals import Arrivals
from auditradar.ingest.reading.filters import EventFilter


@click.command()
@click.option("--cluster", "clusters", multiple=True, metavar="NAME", help="Only this cluster; may be repeated, `*` stands for any text.")
@event_filters
@click.option(
    "--last", type=click.IntRange(0, 100_000), default=10, show_default=True, metavar="N", help="Requests of before to begin with."
)
@click.option("--every", type=click.FloatRange(0.1, 3600), default=1.0, show_default=True, metavar="SECONDS", help="How often to look.")
@click.option("--format", "fmt", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print a request.")
@store_options
def tail(store: Store, clusters: tuple[str, ...], last: int, every: float, fmt: str, **filters: Any) -> None:
    """Show requests as they arrive in the store, until Ctrl-C.

    Each request once, when its answer begins, however late it comes. Filters are those of `events`.

    \b
    Example:
      auditradar tail --resource secrets --all-kinds
    """
    wanted = EventFilter(cluster=clusters, **filters)
    with store.reading() as reader:
        arrivals = Arrivals(reader, wanted)
        show_arrivals(arrivals.recent(last), fmt)
        say("Waiting for what arrives; Ctrl-C ends.")
        while True:
            time.sleep(every)
            show_arrivals(arrivals.poll(), fmt)
