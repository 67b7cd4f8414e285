"""The commands of `schema`: bring a store to this program's schema, say what that would change, show what is there."""

import click

from auditradar.ingest.cli.edge import Store, changing
from auditradar.ingest.cli.options import answer_options, store_options
from auditradar.ingest.dsn import parse_dsn
from auditradar.ingest.output.listing import Answer
from auditradar.ingest.output.schema import say_rebuilt, show_ddl, show_objects, show_steps
from auditradar.ingest.reading.store import steps_of
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.schema.rebuild import rebuild


@click.group()
def schema() -> None:
    """Bring the store to this program's schema, say what that would change, or show it.

    \b
    Example:
      auditradar schema diff
    """


@schema.command("apply")
@click.option("--on-cluster", metavar="NAME", help="ClickHouse cluster on which the schema is replicated.")
@store_options
def apply_(store: Store, on_cluster: str | None) -> None:
    """Bring the store to this program's schema; safe to repeat.

    \b
    Example:
      auditradar schema apply --dsn clickhouse://user:password@host:8123/audit
    """
    settings = store.settings(on_cluster=on_cluster)
    with store.bare() as engine:
        show_steps(apply_schema(engine, settings.on_cluster), applied=True)


@schema.command()
@click.option("--on-cluster", metavar="NAME", help="ClickHouse cluster on which the schema is replicated.")
@store_options
def diff(store: Store, on_cluster: str | None) -> None:
    """Print the statements that `schema apply` would run; nothing when the store is up to date.

    \b
    Example:
      auditradar schema diff
    """
    settings = store.settings(on_cluster=on_cluster)
    show_steps(steps_of(parse_dsn(settings.dsn), settings.on_cluster), applied=False)


@schema.command("rebuild")
@store_options
def rebuild_(store: Store) -> None:
    """Project the stored events again, after rules or proxies have changed; they come from the configuration.

    \b
    Example:
      auditradar schema rebuild --config auditradar.toml
    """
    settings = store.settings()
    with changing(settings) as engine:
        sync_rules(engine, settings)
        rebuild(engine)
    say_rebuilt()


@schema.command()
@click.argument("names", nargs=-1)
@click.option("--ddl", is_flag=True, help="Print the statements that make the objects.")
@answer_options
@store_options
def show(store: Store, answer: Answer, names: tuple[str, ...], ddl: bool) -> None:
    """Show tables, views and their columns with what each is; `*` in NAMES stands for any text.

    \b
    Example:
      auditradar schema show sessions logins
    """
    if ddl:
        show_ddl(names)
        return
    with store.reading() as reader:
        show_objects(reader, names, answer)
