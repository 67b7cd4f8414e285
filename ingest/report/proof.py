"""Say what can be proved about the record that a report reads: the whole verification, for its period and clusters."""

from auditradar.ingest.engine import Engine
from auditradar.ingest.proof.result import StoreProof
from auditradar.ingest.proof.store import verify_store
from auditradar.ingest.report.order import Order
from auditradar.ingest.report.report import Proof


def prove(engine: Engine, order: Order) -> Proof:
    """Recompute the proof of all records of the period."""
    found = verify_store(engine, order.since, order.until, order.clusters)
    return Proof(found.ok, _words(found), found.to_json(), [mismatch.cluster for mismatch in found.mismatches])


def _words(found: StoreProof) -> str:
    if not found.batches:
        return "Nothing was delivered, so nothing can be proved."
    if found.first:
        more = f", and {len(found.mismatches) - 1:,} more" if len(found.mismatches) > 1 else ""
        return f"Not whole: {found.first.words}{more}; see proof/proof.json."
    checked = f"{found.records:,} records of the period are what was delivered, and the ledger of {found.batches:,} batches is whole"
    return f"{checked}.{''.join(f' {note}.' for note in found.notes)}"
