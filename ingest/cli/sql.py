"""The command `sql`: any query, read-only."""

import sys
from pathlib import Path

import click

from auditradar.ingest.cli.edge import Store
from auditradar.ingest.cli.options import answer_options, store_options
from auditradar.ingest.output.adhoc import show_statement
from auditradar.ingest.output.listing import Answer


def name_and_value(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    """Read NAME=VALUE, repeated, as wrong usage where it is not that."""
    pairs = [text.partition("=") for text in value]
    for name, separator, _ in pairs:
        if not separator or not name.isidentifier():
            raise click.BadParameter("write it like name=value", ctx, param)
    return {name: text for name, _, text in pairs}


@click.command()
@click.argument("query", required=False)
@click.option(
    "-f", "--file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE", help="Read the query from a file."
)
@click.option(
    "-p", "--param", "parameters", multiple=True, metavar="NAME=VALUE", callback=name_and_value, help="Value of {NAME:Type} in the query."
)
@answer_options
@store_options
def sql(store: Store, answer: Answer, query: str | None, file: Path | None, parameters: dict[str, str]) -> None:
    """Run one SQL query, read-only; from the argument, a file, or standard input.

    \b
    Example:
      auditradar sql "SELECT actor, count() FROM requests WHERE verb = {verb:String} GROUP BY actor" -p verb=delete
    """
    text = _text(query, file)
    with store.reading() as reader:
        show_statement(reader, text, parameters, answer)


def _text(query: str | None, file: Path | None) -> str:
    if query is not None and file is not None:
        raise click.UsageError("give a query or -f FILE, not both")
    if file is not None:
        return file.read_text(encoding="utf-8", errors="replace")
    if query is None and sys.stdin.isatty():
        raise click.UsageError("give a query, -f FILE, or a query on standard input")
    return query if query not in (None, "-") else sys.stdin.read()
