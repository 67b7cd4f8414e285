"""The command `load`."""

from typing import get_args

import click

from auditradar.ingest.cli.edge import Store, writing
from auditradar.ingest.cli.options import NetworkType, store_options
from auditradar.ingest.envelopes.unwrap import ENVELOPES
from auditradar.ingest.loading import load_paths, options_of
from auditradar.ingest.output.loaded import say_loaded
from auditradar.ingest.output.progress import byte_progress
from auditradar.ingest.settings import Platform

PLATFORMS = tuple(name for name in get_args(Platform) if name)
SOME_REJECTED = 3  # exit status; design §6


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--cluster", metavar="NAME", help="Label of the audited cluster.")
@click.option(
    "--component", default="", metavar="NAME", help="API server that wrote the logs; told by envelope, path or content unless given."
)
@click.option("--platform", type=click.Choice(PLATFORMS), help="Platform of the cluster; read from the data unless given.")
@click.option("--envelope", type=click.Choice(("auto", *ENVELOPES)), default="auto", show_default=True, help="How the records are wrapped.")
@click.option(
    "--trusted-proxy", "proxies", type=NetworkType(), multiple=True, help="Proxy whose X-Forwarded-For is believed; may be repeated."
)
@click.option("--mask-exec", is_flag=True, default=None, help="Redact the arguments of exec and attach.")
@click.option("--again", is_flag=True, help="Load again what is loaded already; rows do not double.")
@store_options
@click.pass_context
def load(
    ctx: click.Context,
    store: Store,
    paths: tuple[str, ...],
    cluster: str | None,
    component: str,
    platform: str | None,
    envelope: str,
    proxies: tuple[str, ...],
    mask_exec: bool | None,
    again: bool,
) -> None:
    """Load audit logs: files, folders, patterns, archives, or - for standard input.

    What is loaded already is skipped; a file that grew is read on. Exit status 3 says that some records were rejected.

    \b
    Example:
      auditradar load /var/log/kube-apiserver --cluster prod
    """
    settings = store.settings(cluster=cluster, platform=platform, mask_exec=mask_exec)
    settings = settings.model_copy(update={"trusted_proxies": [*settings.trusted_proxies, *proxies]})
    options = options_of(settings, component=component, envelope=envelope, again=again)
    with writing(settings) as engine:
        result = load_paths(engine, settings, paths, options, byte_progress)
        embedded = engine.dsn.embedded
    say_loaded(result, settings.cluster, embedded=embedded)
    if result.failures:
        ctx.exit(1)
    if result.rejected:
        ctx.exit(SOME_REJECTED)
