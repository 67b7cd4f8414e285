"""The commands of `dashboards`: write the Grafana dashboards from the code, or check them without a Grafana."""

import tempfile
from pathlib import Path

import click

from auditradar.dashboards.build import FOLDER
from auditradar.dashboards.build import build as build_files
from auditradar.dashboards.catalog import BOARDS
from auditradar.dashboards.check import check_all
from auditradar.dashboards.rehearsal import rehearse
from auditradar.dashboards.trial import Fault
from auditradar.ingest.errors import AuditRadarError
from auditradar.ingest.output.consoles import data_console, say


@click.group()
def dashboards() -> None:
    """Write the Grafana dashboards from the code, or check them without a Grafana.

    \b
    Example:
      auditradar dashboards build ./grafana/dashboards
    """


@dashboards.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=FOLDER)
def build(folder: Path) -> None:
    """Write the dashboards into FOLDER, the one that is provisioned unless given; files of dashboards that are gone are removed.

    \b
    Example:
      auditradar dashboards build ./grafana/dashboards
    """
    try:
        changed = build_files(folder)
    except OSError as cause:
        raise AuditRadarError(f"cannot write the dashboards: {cause.strerror or cause}: {cause.filename}; name another folder") from None
    for path in changed:
        data_console().print(path.name)
    say(f"{len(changed)} of {len(BOARDS)} dashboards changed in {folder}.")


@dashboards.command()
@click.option("--no-queries", is_flag=True, help="Leave out the queries, which take half a minute.")
def check(no_queries: bool) -> None:
    """Check layout, links, variables and words, then run every query on simulated clusters as Grafana would send it.

    \b
    Example:
      auditradar dashboards check
    """
    faults = check_all()
    if not no_queries:
        say("running every query on simulated clusters …")
        faults += _rehearsed()
    for fault in faults:
        data_console().print(str(fault))
    if faults:
        raise AuditRadarError(f"cannot pass the dashboards: {len(faults)} {'fault' if len(faults) == 1 else 'faults'}; see above")
    say(f"{len(BOARDS)} dashboards, nothing is wrong.")


def _rehearsed() -> list[Fault]:
    with tempfile.TemporaryDirectory(prefix="auditradar-dashboards-") as folder:
        return rehearse(Path(folder))
