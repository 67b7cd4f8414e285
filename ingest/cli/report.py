"""The command `report`: an evidence pack for a framework and a period."""

from pathlib import Path

import click

from auditradar.ingest.cli.edge import Store
from auditradar.ingest.cli.options import BoundType, store_options
from auditradar.ingest.output.listing import FORMATS
from auditradar.ingest.output.progress import step_progress
from auditradar.ingest.output.reports import show_frameworks, show_report
from auditradar.ingest.reading.period import Asked, Bound, is_empty
from auditradar.ingest.report.order import make_order
from auditradar.ingest.report.pack import Place, write_pack
from auditradar.ingest.signing import SigningKey

LIST = "list"


def _values(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    pairs = [text.partition("=") for text in value]
    for name, separator, _ in pairs:
        if not separator or not name.isidentifier():
            raise click.BadParameter("write it like name=value", ctx, param)
    return {name: text for name, _, text in pairs}


@click.command()
@click.argument("framework")
@click.option("--since", type=BoundType(), help="From this time on: 2026-01-01, 2026-01-01T10:00Z, or 90d before the newest event.")
@click.option("--until", type=BoundType(), help="Before this time, written like --since; the newest event unless given.")
@click.option("--cluster", "clusters", multiple=True, metavar="NAME", help="Only this cluster; may be repeated, `*` stands for any text.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Folder of the pack; ./auditradar-FRAMEWORK-SINCE-UNTIL unless given."
)
@click.option("--force", is_flag=True, help="Replace a pack that is there.")
@click.option("--sign", metavar="KEY", help="Sign the manifest with this Ed25519 key (PEM).")
@click.option(
    "--set",
    "values",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_values,
    help="Value of a control's parameter; `report list` names them.",
)
@click.option("--format", "fmt", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print the verdicts.")
@store_options
def report(
    store: Store,
    framework: str,
    since: Bound | None,
    until: Bound | None,
    clusters: tuple[str, ...],
    out: Path | None,
    force: bool,
    sign: str | None,
    values: dict[str, str],
    fmt: str,
) -> None:
    """Write an evidence pack for FRAMEWORK: page, PDF, data, the SQL that ran, what is not known, and a manifest.

    `list` names the frameworks; the folder of your own controls may be named instead.

    \b
    Examples:
      auditradar report list
      auditradar report pci-dss --since 2026-01-01 --until 2026-04-01 --cluster prod --sign audit.pem

    \b
    Example:
      auditradar report soc-2 --since 90d
    """
    if framework == LIST:
        show_frameworks(fmt)
        return
    if since is None:
        raise click.UsageError("give --since: a report is about a period")
    if is_empty(since, until):
        raise click.UsageError("--until must be later than --since")
    key = SigningKey.from_file(sign) if sign else None
    with store.reading() as reader:
        order = make_order(reader, framework, Asked(since, until), clusters, values)
        place = out or Path(order.name)
        with step_progress("reporting", len(order.framework.evidences) + 2) as on_step:
            made = write_pack(reader.engine, order, Place(place, force), key, on_step)
    show_report(made, place, fmt)
