"""The commands of `config`: what holds, where it comes from, and whether it can be used."""

import click

from auditradar.ingest.cli.edge import Store
from auditradar.ingest.cli.options import store_options
from auditradar.ingest.output.config import show_check, show_settings
from auditradar.ingest.reading.configuration import check_settings, effective_settings, misspelt_variables
from auditradar.ingest.settings import find_config


@click.group()
def config() -> None:
    """Show the settings that hold, or check whether they can be used.

    \b
    Example:
      auditradar config show
    """


@config.command()
@store_options
def show(store: Store) -> None:
    """Print every setting as TOML, each with where its value comes from; a password is masked.

    \b
    Example:
      auditradar config show > auditradar.toml
    """
    show_settings(effective_settings(store.settings(), find_config(store.config), store.dsn), find_config(store.config))


@config.command()
@store_options
def check(store: Store) -> None:
    """Check the configuration: every setting, every pattern, and whether the store has its rules.

    \b
    Example:
      auditradar config check --config auditradar.toml
    """
    settings = store.settings()
    show_check(find_config(store.config), check_settings(settings), misspelt_variables())
