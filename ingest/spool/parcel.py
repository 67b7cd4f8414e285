"""Write one accepted body as bytes for the spool and read it back: decoded and redacted, so no secret lies on disk."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from auditradar.ingest.envelopes.records import Decoded, Note
from auditradar.ingest.errors import TooLongError
from auditradar.ingest.spool.frames import LONGEST

_LENGTH = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class Parcel:
    """Be what one request brought.

    `source` is the sender as the ledger names it, `content_hash` the hex SHA-256 of the body before decoding and `bytes` its length;
    `received_at` is in microseconds since 1970.
    """

    cluster: str
    component: str
    platform: str
    source: str
    content_hash: str
    bytes: int
    received_at: int
    decoded: Decoded

    @property
    def rejected(self) -> int:
        """Count the records that could not be read."""
        return sum(note.kind == "rejected" for note in self.decoded.notes.values())

    def reasons(self) -> Sequence[str]:
        """Say what was wrong, record by record, in their order; positions count the records of the body."""
        notes = sorted(self.decoded.notes.items())
        return [f"record {index + 1}: {note.reason}" for index, note in notes if note.kind == "rejected"]


def to_bytes(parcel: Parcel) -> bytes:
    """Write a parcel: the length of its facts, the facts as JSON, the records one after another.

    TooLongError for one that is longer than the spool reads back: it must not be accepted.
    """
    decoded = parcel.decoded
    facts = {
        "cluster": parcel.cluster,
        "component": parcel.component,
        "platform": parcel.platform,
        "source": parcel.source,
        "content_hash": parcel.content_hash,
        "bytes": parcel.bytes,
        "received_at": parcel.received_at,
        "excluded": decoded.excluded,
        "lengths": [len(record) for record in decoded.records],
        "notes": [[index, note.kind, note.reason, note.redacted, note.component] for index, note in decoded.notes.items()],
    }
    head = orjson.dumps(facts)
    size = _LENGTH.size + len(head) + sum(map(len, decoded.records))
    if size > LONGEST:
        raise TooLongError(f"it takes {size:,} bytes in the spool, which keeps {LONGEST:,} of one body")
    return b"".join((_LENGTH.pack(len(head)), head, *decoded.records))


def from_bytes(data: bytes) -> Parcel:
    """Read a parcel; its checksum was compared before."""
    begin = _LENGTH.size + _LENGTH.unpack_from(data)[0]
    facts: dict[str, Any] = orjson.loads(data[_LENGTH.size : begin])
    records = []
    for length in facts.pop("lengths"):
        records.append(data[begin : begin + length])
        begin += length
    notes = {index: Note(kind, reason, tuple(redacted), component) for index, kind, reason, redacted, component in facts.pop("notes")}
    decoded = Decoded(records, range(1, len(records) + 1), notes, facts.pop("excluded"))
    return Parcel(**facts, decoded=decoded)
