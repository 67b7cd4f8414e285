"""The command `follow`."""

import signal
import threading
from typing import Any

import click

from auditradar.ingest.cli.edge import Store, writing
from auditradar.ingest.cli.load import PLATFORMS, SOME_REJECTED
from auditradar.ingest.cli.options import NetworkType, store_options
from auditradar.ingest.dsn import parse_dsn
from auditradar.ingest.envelopes.unwrap import ENVELOPES
from auditradar.ingest.follow import Followers
from auditradar.ingest.following import follow_options_of, follow_until
from auditradar.ingest.loading import options_of
from auditradar.ingest.output.consoles import report
from auditradar.ingest.output.loaded import say_followed


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--cluster", metavar="NAME", help="Label of the audited cluster.")
@click.option("--component", default="", metavar="NAME", help="API server that writes the logs; read from the path unless given.")
@click.option("--platform", type=click.Choice(PLATFORMS), help="Platform of the cluster; read from the data unless given.")
@click.option("--envelope", type=click.Choice(("auto", *ENVELOPES)), default="auto", show_default=True, help="How the records are wrapped.")
@click.option(
    "--trusted-proxy", "proxies", type=NetworkType(), multiple=True, help="Proxy whose X-Forwarded-For is believed; may be repeated."
)
@click.option("--mask-exec", is_flag=True, default=None, help="Redact the arguments of exec and attach.")
@click.option(
    "--from-start/--from-end", "from_start", default=True, help="Where to begin in a file that the store knows nothing of; at its start."
)
@store_options
@click.pass_context
def follow(ctx: click.Context, /, store: Store, paths: tuple[str, ...], from_start: bool, proxies: tuple[str, ...], **given: Any) -> None:
    """Follow live audit logs through every rotation: files, folders, patterns.

    Goes on where it was left, whatever happened to the files meanwhile; Ctrl-C or SIGTERM ends it. A file may appear later.
    While ClickHouse is away it waits.

    \b
    Example:
      auditradar follow /var/log/kube-apiserver/audit.log --cluster prod
    """
    settings = store.settings(**{name: given[name] for name in ("cluster", "platform", "mask_exec")})
    settings = settings.model_copy(update={"trusted_proxies": [*settings.trusted_proxies, *proxies]})
    loading = options_of(settings, component=given["component"], envelope=given["envelope"])
    followers = Followers(parse_dsn(settings.dsn), paths, loading, follow_options_of(settings, from_end=not from_start), report)
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    with writing(settings) as engine:
        counts = follow_until(engine, settings, followers, ending)
    say_followed(counts, settings.cluster)
    if not ending.is_set():
        report("cannot follow any longer; the reason is above")
        ctx.exit(1)
    if counts.rejected:
        ctx.exit(SOME_REJECTED)
