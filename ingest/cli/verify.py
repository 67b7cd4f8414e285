"""The command `verify`: prove that what is stored is what was delivered, or check an evidence pack."""

from pathlib import Path

import click

from auditradar.ingest.cli.edge import Store
from auditradar.ingest.cli.options import Scope, scope_options, store_options
from auditradar.ingest.output.proofs import finish_pack, finish_proof, say_head
from auditradar.ingest.proof.head import differences, make_head, read_head, write_head
from auditradar.ingest.proof.store import verify_store
from auditradar.ingest.reading.period import resolve
from auditradar.ingest.report.verification import verify_pack
from auditradar.ingest.signing import VerifyKey

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("pack", required=False, type=click.Path(path_type=Path))
@click.option("--export-head", type=FILE, metavar="FILE", help="Write where the chains end, to be kept off this machine.")
@click.option("--sign", type=FILE, metavar="KEY", help="Sign the head with this private key (Ed25519, PEM).")
@click.option("--against", type=FILE, metavar="HEAD", help="Compare with a head that was exported earlier: shows a tail that was cut off.")
@click.option("--key", type=FILE, metavar="PUBLIC", help="Public key that the head, or the pack, must be signed with.")
@click.option("--format", "fmt", type=click.Choice(("table", "json")), default="table", show_default=True, help="How to print the result.")
@scope_options
@store_options
def verify(
    store: Store,
    scope: Scope,
    pack: Path | None,
    export_head: Path | None,
    sign: Path | None,
    against: Path | None,
    key: Path | None,
    fmt: str,
) -> None:
    """Prove that the stored records are what was delivered, or check the evidence pack PACK; exit status 1 names the first mismatch.

    \b
    Example:
      auditradar verify --since 90d --against head.json --key audit.pub
      auditradar verify --export-head head.json --sign audit.pem
      auditradar verify pci-dss-2026-q1 --key audit.pub
    """
    if pack is not None:
        finish_pack(verify_pack(pack, VerifyKey.from_file(key) if key else None), fmt)
        return
    if sign and not export_head:
        raise click.UsageError("--sign signs a head: give --export-head too")
    if key and not against:
        raise click.UsageError("--key is the key of a head or of a pack: give --against or a pack too")
    head = read_head(against, key) if against else None
    with store.reading() as reader:
        period = resolve(reader, scope.asked, scope.cluster)
        proof = verify_store(reader.engine, period.since, period.until, scope.clusters)
        if head is not None:
            proof.add(differences(reader.engine, head))
        if proof.ok and export_head:
            write_head(made := make_head(reader.engine, scope.clusters), export_head, sign)
            say_head(made, export_head, signed=sign is not None)
    finish_proof(proof, period.words, fmt)
