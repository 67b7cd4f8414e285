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
def serve(store: Store, proxies: tuple[str, ...], **own: object) -> None:
    """Receive audit events over HTTP all day and keep what is derived from them fresh.

    The API server's webhook, Vector, Fluent Bit, ClusterLogForwarder, Firehose and Pub/Sub send to /v1/audit/CLUSTER.

    \b
    Example:
      auditradar serve --listen 0.0.0.0:8080 --token-file tokens --tls-cert tls.crt --tls-key tls.key
    """
    settings = store.settings(serve={name: value for name, value in own.items() if value is not None})
    settings = settings.model_copy(update={"trusted_proxies": [*settings.trusted_proxies, *proxies]})
    begin_log()
    run(settings)
