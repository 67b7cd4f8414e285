"""Make batches of parcels: those of one sender together, always the same ones of the same parcels."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditradar.ingest.delivery import Batch
from auditradar.ingest.envelopes.records import Decoded, Note
from auditradar.ingest.ledger import Ledger, batch_id_of
from auditradar.ingest.rowbinary import Origin
from auditradar.ingest.spool.parcel import Parcel

BATCH_BYTES = 32 << 20
REFUSED = " refused"
Group = list[Parcel]


def groups_of(parcels: Iterable[Parcel]) -> Iterator[Group]:
    """Group parcels by what a batch shares, in the order in which they came; a group beyond 32 MiB is a batch, and another begins."""
    open_groups: dict[tuple[str, ...], Group] = {}
    sizes: dict[tuple[str, ...], int] = {}
    for parcel in parcels:
        key = (parcel.cluster, parcel.component, parcel.platform, parcel.source)
        open_groups.setdefault(key, []).append(parcel)
        sizes[key] = sizes.get(key, 0) + parcel.bytes
        if sizes[key] >= BATCH_BYTES:
            yield open_groups.pop(key)
            del sizes[key]
    yield from open_groups.values()


def identity_of(group: Group, *, refused: bool = False) -> tuple[str, str]:
    """Give the content hash of a group, made of the hashes of its bodies, and the id of its batch; another one where it was refused."""
    first = group[0]
    content_hash = hashlib.sha256("\n".join(parcel.content_hash for parcel in group).encode()).hexdigest()
    return content_hash, batch_id_of(first.cluster, content_hash, f"http {first.component} {first.platform}{REFUSED if refused else ''}")


def merged(group: Group, first_position: int) -> Decoded:
    """Join the records of a group, numbered from `first_position`."""
    records: list[bytes] = []
    notes: dict[int, Note] = {}
    for parcel in group:
        notes |= {len(records) + index: note for index, note in parcel.decoded.notes.items()}
        records += parcel.decoded.records
    positions = range(first_position, first_position + len(records))
    return Decoded(records, positions, notes, sum(parcel.decoded.excluded for parcel in group))


@dataclass(slots=True)
class Place:
    """Be where the next batch of a source stands: offset in bytes and position in records, counted over all bodies ever sent."""

    offset: int
    position: int


class Places:
    """Know the places of all sources, from the ledger and from what was made since."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], Place] = {}

    def back(self, batch: Batch) -> None:
        """Take a batch away again that was made last of its source and is not in the ledger."""
        place = self._places[batch.origin.cluster, batch.origin.source]
        place.offset, place.position = batch.first_offset, batch.first_position

    def batch(self, group: Group, ledger: Ledger, *, refused: bool = False) -> Batch:
        """Make the batch of a group and put it behind the ones before it."""
        first = group[0]
        place = self._place(first, ledger)
        content_hash, batch_id = identity_of(group, refused=refused)
        origin = Origin(first.cluster, first.platform, first.component, first.source, batch_id, first.received_at, bool(first.component))
        size = sum(parcel.bytes for parcel in group)
        made = Batch(origin, merged(group, place.position), content_hash, place.offset, size, place.position)
        place.offset += size
        place.position += len(made.decoded.records) + made.decoded.excluded
        return made

    def _place(self, parcel: Parcel, ledger: Ledger) -> Place:
        key = (parcel.cluster, parcel.source)
        if key not in self._places:
            self._places[key] = Place(*ledger.end_of(parcel.source))
        return self._places[key]
