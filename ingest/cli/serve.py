"""The command `serve`."""

import click

from auditradar.ingest.cli.edge import Store
from auditradar.ingest.cli.options import NetworkType, store_options
from auditradar.ingest.serve.logs import begin_log
from auditradar.ingest.serve.process import serve as run

FILE = click.Path(dir_okay=False)
FOLDER = click.Path(file_okay=False)


@click.command()
@click.option("--listen", metavar="HOST:PORT", help="Where the receivers listen; 127.0.0.1:8080 unless given.")
@click.option("--sql-listen", metavar="HOST:PORT", help="Where read-only SQL is answered; 127.0.0.1:8123 unless given, none for nowhere.")
@click.option("--readers", type=FILE, help="Who may read: the file that `auditradar reader` makes; without it only this machine.")
@click.option("--follow", type=str, multiple=True, metavar="PATH", help="File, folder or pattern to follow besides; may be repeated.")
@click.option("--cluster", metavar="NAME", help="Label of the cluster whose files are followed.")
@click.option("--token-file", type=FILE, help="Who may send for which cluster: a line `clusters name token` each.")
@click.option("--tls-cert", type=FILE, help="Certificate of the receivers, PEM.")
@click.option("--tls-key", type=FILE, help="Its private key, PEM.")
@click.option("--client-ca", type=FILE, help="Authorities whose client certificates are believed, PEM.")
@click.option("--spool", type=FOLDER, help="Folder for what is accepted and not stored yet.")
@click.option("--spool-bytes", type=click.IntRange(1 << 20), help="Longest spool, in bytes.")
@click.option(
    "--trusted-proxy", "proxies", type=NetworkType(), multiple=True, help="Proxy whose X-Forwarded-For is believed; may be repeated."
)
@store_options
def serve(store: Store, proxies: tuple[str, ...], follow: tuple[str, ...], cluster: str | None, **own: object) -> None:
    """Receive audit events over HTTP all day, follow files, keep what is derived fresh, and answer read-only SQL.

    The API server's webhook, Vector, Fluent Bit, ClusterLogForwarder, Firehose and Pub/Sub send to /v1/audit/CLUSTER.

    \b
    Example:
      auditradar serve --listen 0.0.0.0:8080 --token-file tokens --tls-cert tls.crt --tls-key tls.key
    """
    sql_listen = own.pop("sql_listen")
    front = _given(listen="" if sql_listen == "none" else sql_listen, readers=own.pop("readers"))
    settings = store.settings(serve=_given(**own, follow=list(follow) or None), front=front, cluster=cluster)
    settings = settings.model_copy(update={"trusted_proxies": [*settings.trusted_proxies, *proxies]})
    begin_log()
    run(settings)


def _given(**options: object) -> dict[str, object]:
    """Leave out what was not given: the environment and the file say it then."""
    return {name: value for name, value in options.items() if value is not None}
