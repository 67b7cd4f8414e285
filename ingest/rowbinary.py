"""Write rows of `landing` in ClickHouse's RowBinary format.

The format takes any bytes as they are, needs no escaping and no parser, and costs half a microsecond a row here.
https://clickhouse.com/docs/interfaces/formats/RowBinary
"""

import struct
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import islice

from auditradar.ingest.envelopes.records import Decoded, Note

LANDING_COLUMNS = (
    "cluster",
    "platform",
    "component",
    "source",
    "batch_id",
    "record_kind",
    "reason",
    "redacted",
    "received_at",
    "position",
    "raw",
)
"""Columns of `landing` in the order in which rows are written: what is the same for many rows comes first."""

CHUNK_PIECES = 4 * 512
"""Pieces of a chunk; a row has four, so a chunk is about half a megabyte."""

_position = struct.Struct("<Q").pack
_moment = struct.Struct("<q").pack
_PLAIN = Note()


@dataclass(frozen=True, slots=True)
class Origin:
    """Say what all rows of a batch share; `received_at` is in microseconds since 1970.

    A `component` that somebody gave (`component_given`) outweighs the one that an envelope names; one read from a path does not.
    """

    cluster: str
    platform: str
    component: str
    source: str
    batch_id: str
    received_at: int
    component_given: bool = False


def encode_rows(origin: Origin, decoded: Decoded) -> Generator[bytes, None, None]:
    """Write all records of a batch, in chunks: the whole would be one more copy of the batch in memory."""
    pieces = _pieces(origin, decoded)
    while chunk := b"".join(islice(pieces, CHUNK_PIECES)):
        yield chunk


def _pieces(origin: Origin, decoded: Decoded) -> Iterator[bytes]:
    plain = _prefix(origin, _PLAIN)
    notes, lengths = decoded.notes, _LENGTHS
    for index, (position, raw) in enumerate(zip(decoded.positions, decoded.records, strict=True)):
        yield _prefix(origin, notes[index]) if index in notes else plain
        yield _position(position)
        size = len(raw)
        yield lengths[size] if size < len(lengths) else _length(size)
        yield raw


def _prefix(origin: Origin, note: Note) -> bytes:
    texts = (
        origin.cluster,
        origin.platform,
        origin.component if origin.component_given else note.component or origin.component,
        origin.source,
        origin.batch_id,
        note.kind,
        note.reason,
        ",".join(note.redacted),
    )
    return b"".join(map(_text, texts)) + _moment(origin.received_at)


def _text(value: str) -> bytes:
    data = value.encode("utf-8", errors="replace")
    return _length(len(data)) + data


def _length(size: int) -> bytes:
    """Write an unsigned LEB128 number."""
    out = bytearray()
    while size > 127:
        out.append(size & 127 | 128)
        size >>= 7
    out.append(size)
    return bytes(out)


_LENGTHS = [_length(size) for size in range(1 << 14)]
