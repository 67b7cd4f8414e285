"""Deliver bodies one by one, after ClickHouse has refused a batch again and again: one that it never takes must not hold up all others.

What it refuses while it takes others is stored as `rejected`, with what ClickHouse said as its reason: nothing is lost and it can be found.
While it takes nothing else the fault may be its own, so everything waits.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace

from auditradar.ingest.delivery import Deliverer
from auditradar.ingest.envelopes.records import Decoded, Note
from auditradar.ingest.errors import QueryError
from auditradar.ingest.ledger import Ledger
from auditradar.ingest.serve.batches import Group, Places, identity_of
from auditradar.ingest.serve.logs import log
from auditradar.ingest.spool.parcel import Parcel

LONGEST_REASON = 300
AGAIN_SECONDS = (0.2, 0.5, 1.0)
Refused = tuple[Parcel, QueryError]


class OneByOne:
    """Deliver bodies in batches of their own."""

    def __init__(self, deliverer: Deliverer, ledger_of: Callable[[str], Ledger], places: Places) -> None:
        self._deliverer, self._ledger_of, self._places = deliverer, ledger_of, places

    def deliver(self, groups: Iterable[Group]) -> list[Parcel]:
        """Deliver what is not in the ledger; give what is stored as rejected. QueryError where ClickHouse takes nothing."""
        refused: list[Refused] = []
        taken = 0
        for group in groups:
            ledger = self._ledger_of(group[0].cluster)
            if ledger.holds(group[0].source, identity_of(group)[1]):
                continue
            for parcel in group:
                error = None if self._is_held(ledger, parcel) else self._refusal(parcel)
                refused += [(parcel, error)] if error is not None else []
                taken += error is None
        if refused and not taken:
            raise refused[0][1]
        return [parcel for parcel, error in refused if self._reject(parcel)]

    def was_begun(self, group: Group) -> bool:
        """Tell whether a group was delivered body by body when the process ended."""
        ledger = self._ledger_of(group[0].cluster)
        return len(group) > 1 and any(self._is_held(ledger, parcel) for parcel in group)

    @staticmethod
    def _is_held(ledger: Ledger, parcel: Parcel) -> bool:
        return any(ledger.holds(parcel.source, identity_of([parcel], refused=refused)[1]) for refused in (False, True))

    def _refusal(self, parcel: Parcel, *, refused: bool = False) -> QueryError | None:
        batch = self._places.batch([parcel], self._ledger_of(parcel.cluster), refused=refused)
        try:
            self._deliverer.submit(batch)
            self._deliverer.finish()
        except QueryError as error:
            self._places.back(batch)
            return error
        return None

    def _reject(self, parcel: Parcel) -> bool:
        """Try a body again, now that others were taken; store it as rejected if it is refused every time."""
        for pause in AGAIN_SECONDS:
            time.sleep(pause)
            if (error := self._refusal(parcel)) is None:
                return False
        again = self._refusal(replace(parcel, decoded=rejected(parcel.decoded, str(error))), refused=True)
        if again is not None:
            raise again
        facts = {"cluster": parcel.cluster, "source": parcel.source, "content_hash": parcel.content_hash, "cause": str(error)}
        log.error("ClickHouse refuses a body and takes others: it is stored as rejected", extra={"facts": facts})
        return True


def rejected(decoded: Decoded, cause: str) -> Decoded:
    """Make rejected records of all; those that were rejected before keep their reason."""
    reason = f"ClickHouse refused it: {cause}"[:LONGEST_REASON]
    notes = {}
    for index in range(len(decoded.records)):
        note = decoded.notes.get(index, Note())
        notes[index] = note if note.kind == "rejected" else replace(note, kind="rejected", reason=reason)
    return replace(decoded, notes=notes)
