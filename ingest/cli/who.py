"""The command `who`: the page about one identity."""

import click

from auditradar.ingest.cli.edge import Store
from auditradar.ingest.cli.options import Scope, answer_options, scope_options, store_options
from auditradar.ingest.output.listing import Answer
from auditradar.ingest.output.profile import show_who
from auditradar.ingest.reading.period import resolve


@click.command()
@click.argument("name")
@scope_options
@answer_options
@store_options
def who(store: Store, scope: Scope, answer: Answer, name: str) -> None:
    """Show everything about one identity: credentials, addresses, sessions, changes, refusals.

    NAME is the user name, exactly; with `*` all names that match are listed. --limit holds for each section, 10 unless given.

    \b
    Example:
      auditradar who alice
    """
    with store.reading() as reader:
        show_who(reader, name, resolve(reader, scope.asked, scope.cluster), scope.cluster, answer)
