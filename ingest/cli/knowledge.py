"""What is known and what is not: status, coverage, rejected records."""

import click

from auditradar.ingest.cli.edge import Store
from auditradar.ingest.cli.options import Scope, answer_options, scope_options, store_options
from auditradar.ingest.dsn import parse_dsn
from auditradar.ingest.output import layouts
from auditradar.ingest.output.coverage import show_coverage
from auditradar.ingest.output.listing import FORMATS, Answer, Listing, show
from auditradar.ingest.output.rejected import show_rejected
from auditradar.ingest.output.status import show_no_store, show_status
from auditradar.ingest.reading.filters import glob_pattern
from auditradar.ingest.reading.period import resolve
from auditradar.ingest.reading.status import read_status
from auditradar.ingest.reading.store import store_exists


@click.command()
@click.option("--cluster", "clusters", multiple=True, metavar="NAME", help="Only this cluster; may be repeated, `*` stands for any text.")
@click.option("--format", "fmt", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print the answer.")
@store_options
def status(store: Store, clusters: tuple[str, ...], fmt: str) -> None:
    """Show what the store holds: clusters, periods, counts, size, and what to do next.

    \b
    Example:
      auditradar status
    """
    settings = store.settings()
    if not store_exists(dsn := parse_dsn(settings.dsn)):
        show_no_store(dsn, fmt)
        return
    with store.reading() as reader:
        show_status(read_status(reader, settings, glob_pattern(clusters)), fmt)


@click.command()
@scope_options
@click.option("--hours", is_flag=True, help="List every hour instead of holes and totals.")
@answer_options
@store_options
def coverage(store: Store, scope: Scope, answer: Answer, hours: bool) -> None:
    """Show what is not known: holes in the log, and what no audit log can show.

    \b
    Example:
      auditradar coverage --since 7d
    """
    with store.reading() as reader:
        period = resolve(reader, scope.asked, scope.cluster)
        if hours:
            show(reader, Listing("coverage/hours", layouts.HOURS, {"cluster": scope.cluster}, scope.words), period, answer)
        else:
            show_coverage(reader, period, scope.cluster, answer)


@click.command()
@click.option("--source", "sources", multiple=True, metavar="PATH", help="Only this source; may be repeated, `*` stands for any text.")
@click.option("--cluster", "clusters", multiple=True, metavar="NAME", help="Only this cluster; may be repeated, `*` stands for any text.")
@answer_options
@store_options
def rejected(store: Store, answer: Answer, sources: tuple[str, ...], clusters: tuple[str, ...]) -> None:
    """List the records that could not be read, where they are, and why.

    \b
    Example:
      auditradar rejected --format jsonl
    """
    with store.reading() as reader:
        show_rejected(reader, glob_pattern(sources), glob_pattern(clusters), answer)
