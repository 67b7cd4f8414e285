"""The commands `up` and `reader`: dashboards beside the embedded engine, and who may read it."""

import shlex
import sys
from pathlib import Path

import click

from auditradar.ingest.cli.edge import Store
from auditradar.ingest.cli.options import store_options
from auditradar.ingest.dsn import parse_dsn
from auditradar.ingest.errors import AuditRadarError
from auditradar.ingest.front.guide import EXAMPLE, Place, Step, data_source, steps, write
from auditradar.ingest.front.readers import password_line, token_line, with_line
from auditradar.ingest.listening import parse_address
from auditradar.ingest.output.consoles import data_console, say


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write the files into this folder; it may be there already.",
)
@store_options
def up(store: Store, out: Path | None) -> None:
    """Say exactly how to see the dashboards without Docker: the embedded engine, and a Grafana that reads it.

    \b
    Example:
      auditradar up --out ./auditradar-grafana
    """
    settings = store.settings()
    dsn = parse_dsn(settings.dsn)
    if not dsn.embedded:
        raise AuditRadarError(
            f"cannot answer SQL for {dsn}: it is a server and answers itself; point the data source there, see docs/30-stack.md"
        )
    place = Place(settings.dsn, dsn.database, parse_address(settings.front.listen), settings.serve.listen, (out or Path(EXAMPLE)).resolve())
    if out is not None:
        write(place)
        say(f"The files are in {place.folder}; grafana.env and readers are for your eyes alone.")
    _show(steps(place, written=out is not None, here=Path()))
    if out is None:
        say("\nThe data source, as Grafana reads it from a file:")
        data_console().print(data_source(place))


def _show(found: list[Step]) -> None:
    for number, step in enumerate(found, start=1):
        data_console().print(f"{number}. {step.title}\n" + "".join(f"       {line}\n" for line in step.lines))


@click.command()
@click.argument("name")
@click.option("--token", is_flag=True, help="Make a random token, for a program, instead of asking for a password.")
@click.option("--file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Put the line into this file of readers.")
def reader(name: str, token: bool, file: Path | None) -> None:
    """Make the line of a reader for the file that `serve --readers` reads; the password is asked for, or comes on standard input.

    \b
    Example:
      auditradar reader grafana --token --file readers
    """
    secret, line = token_line(name) if token else ("", password_line(name, _password()))
    if file is not None:
        with_line(file, line)
    if token:
        say(f"The token of {name}, shown this once:")
        data_console().print(secret)
    if file is not None:
        say(f"{name} is in {file}; `auditradar serve --readers {shlex.quote(str(file))}` answers, a running one from now on.")
    elif token:
        say("Its line for the file of readers:")
        data_console().print(line)
    else:
        data_console().print(line)


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
