"""Say what can be proved about the record that a report reads."""

from auditradar.ingest.report.order import Order
from auditradar.ingest.report.report import Proof
from auditradar.ingest.report.store import Store
from auditradar.sql.control import shared


def prove(store: Store, order: Order) -> Proof:
    """Look at the chain of the ledger for the period."""
    chain = shared()["ledger_chain"]
    sources = store.rows(chain.text, {**order.parameters, **chain.values})
    broken = [row for row in sources if row["status"] != "pass"]
    if not sources:
        return Proof(None, "Nothing was delivered for this period, so nothing can be proved.", {"ledger": [], "ok": None})
    if broken:
        words = f"The ledger's chain is broken for {len(broken)} of {len(sources)} sources: see proof/proof.json."
        return Proof(False, words, {"ledger": sources, "ok": False})
    return Proof(True, f"The ledger's chain is whole for all {len(sources)} sources of the period.", {"ledger": sources, "ok": True})
