"""The command `webhook-config`."""

from pathlib import Path

import click

from auditradar.ingest.output.consoles import say
from auditradar.ingest.output.listing import data_output
from auditradar.ingest.serve.webhook_config import KUBECONFIG_NAME, POLICY_NAME, Webhook, instructions, kubeconfig, policy, read_token


@click.command("webhook-config")
@click.option("--server", required=True, metavar="URL", help="Where `auditradar serve` is reached from the API server.")
@click.option("--cluster", required=True, metavar="NAME", help="Label of the audited cluster.")
@click.option(
    "--token-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="File that holds the sender's token alone."
)
@click.option("--token", default="", metavar="TOKEN", help="The token itself; other users of this machine may see it while this runs.")
@click.option("--ca", default="", metavar="PATH", help="Authority of the receivers' certificate, a path on the node.")
@click.option("--client-cert", default="", metavar="PATH", help="Client certificate, a path on the node.")
@click.option("--client-key", default="", metavar="PATH", help="Its private key, a path on the node.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write the two files into this folder.")
def webhook_config(server: str, cluster: str, token_file: Path | None, token: str, out: Path | None, **files: str) -> None:
    """Print what an API server needs to send its audit events: kubeconfig, audit policy, flags.

    \b
    Example:
      auditradar webhook-config --server https://auditradar.example.com:8080 --cluster prod --token-file token --out .
    """
    if token_file is not None:
        token = read_token(token_file)
    webhook = Webhook(server, cluster, token, **files)
    written = {KUBECONFIG_NAME: kubeconfig(webhook), POLICY_NAME: policy()}
    if out is None:
        parts = [f"# {name}\n{text}" for name, text in written.items()]
        data_output().write("---\n".join([*parts, instructions(webhook)]))
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, text in written.items():
        _write(out / name, text)
        say(f"Wrote {out / name}.")
    data_output().write(instructions(webhook))


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner reads: the kubeconfig holds the token."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(text, encoding="utf-8")
