"""The commands of `access`: roles, limits and users of a ClickHouse server."""

import click

from auditradar.ingest.access.plan import access_plan, tables_of_schema
from auditradar.ingest.access.server import apply_access, check_access, require_server
from auditradar.ingest.cli.edge import Store
from auditradar.ingest.cli.options import store_options
from auditradar.ingest.dsn import parse_dsn
from auditradar.ingest.errors import RetentionError
from auditradar.ingest.output.consoles import say
from auditradar.ingest.output.listing import data_output
from auditradar.ingest.output.values import plural


@click.group()
def access() -> None:
    """Plan, apply or check who may do what on a ClickHouse server: roles, limits, users, and the clusters they see.

    \b
    Example:
      auditradar access plan
    """


@access.command()
@store_options
def plan(store: Store) -> None:
    """Print the statements for the users of the configuration; nothing is run, and no password is shown.

    \b
    Example:
      auditradar access plan --config auditradar.toml
    """
    settings = store.settings()
    statements = access_plan(settings.access, parse_dsn(settings.dsn).database, tables_of_schema())
    for statement in statements:
        data_output().write(f"{statement};\n\n")
    say(f"{plural(len(statements), 'statement')}; auditradar access apply runs them on a server.")


@access.command()
@store_options
def apply(store: Store) -> None:
    """Run the statements of the plan on the server; safe to repeat.

    \b
    Example:
      auditradar access apply --dsn clickhouse://admin:password@host:8123/audit
    """
    settings = store.settings()
    require_server(parse_dsn(settings.dsn))
    with store.bare() as engine:
        say(f"Ran {plural(apply_access(engine, settings.access), 'statement')}; auditradar access check compares the server with them.")


@access.command()
@store_options
def check(store: Store) -> None:
    """Compare the server's roles, users and row policies with the plan; exit status 1 when they differ.

    \b
    Example:
      auditradar access check --dsn clickhouse://admin:password@host:8123/audit
    """
    settings = store.settings()
    require_server(parse_dsn(settings.dsn))
    with store.bare() as engine:
        found = check_access(engine, settings.access)
    for words in found:
        data_output().write(f"{words}\n")
    if found:
        raise RetentionError(f"cannot confirm the access: {plural(len(found), 'difference')}, first: {found[0]}")
    say("The server's roles, users and row policies are those of the plan.")
