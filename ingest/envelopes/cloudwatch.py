"""Unwrap Amazon CloudWatch: subscriptions (decoded, Lambda, Kinesis, Firehose), `aws logs` output, exported lines."""

import base64
import binascii
import re
import zlib
from collections.abc import Iterable
from typing import Any

from auditradar.ingest.envelopes.pieces import Excluded, Inner, Json, Piece, Rejected
from auditradar.ingest.envelopes.records import MEBIBYTE

# The AWS documentation gives no limit for a decoded subscription; CloudWatch sends at most 1 MiB compressed.
_MOST_DECODED = 256 * MEBIBYTE
_MOST_RATIO = 100
"""Times as long as what it is made of: audit logs shrink to a twentieth, what shrinks far more is made to fill the memory."""
_TRUNCATED = "[Truncated...]"
_CONTROL = "CWL CONTROL MESSAGE"
_EXPORTED = re.compile(rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)[ \t]+(?=\S)")
_EVENT_KEYS = frozenset({"id", "timestamp", "message", "ingestionTime", "eventId", "logStreamName", "extractedFields"})

TRUNCATED_BY_CLOUDWATCH = "truncated by CloudWatch: the message ends in [Truncated...]"


def unwrap(record: Json) -> Iterable[Piece] | None:
    """Give the messages; control messages carry nothing."""
    if isinstance(record.get("logEvents"), list):
        if record.get("messageType") == "CONTROL_MESSAGE":
            return [Excluded() for _ in record["logEvents"] or [None]]
        return [piece for event in record["logEvents"] for piece in (_message(event) if isinstance(event, dict) else [Inner(event)])]
    compressed = _compressed(record)
    if compressed is not None:
        return _decompressed(compressed)
    if isinstance(record.get("message"), str) and "timestamp" in record and record.keys() <= _EVENT_KEYS:
        return _message(record)
    return None


def unwrap_line(record: bytes) -> Iterable[Piece] | None:
    """Give the message of a line exported to S3: the time, a space, the message."""
    found = _EXPORTED.match(record)
    if found is None or record[found.end() :].startswith((b"stdout ", b"stderr ", b"AUDIT:")):
        return None
    text = record[found.end() :]
    if text.endswith(_TRUNCATED.encode()):
        return [Rejected(TRUNCATED_BY_CLOUDWATCH)]
    return [Inner(text, at=found[1].decode())]


def _message(event: Json) -> list[Piece]:
    message = event.get("message")
    if not isinstance(message, str):
        return [Inner(message if message is not None else event)]
    if message.rstrip().endswith(_TRUNCATED):
        return [Rejected(TRUNCATED_BY_CLOUDWATCH)]
    if message.startswith(_CONTROL):
        return [Excluded()]
    return [Inner(message, at=str(event.get("timestamp") or ""))]


def _compressed(record: Json) -> str | None:
    """Return the base64 text a Lambda event, a Kinesis record or a Firehose record carries."""
    for owner in (record.get("awslogs"), record.get("kinesis"), record):
        if (
            isinstance(owner, dict)
            and isinstance(owner.get("data"), str)
            and (owner is not record or record.keys() <= {"data", "recordId"})
        ):
            return str(owner["data"])
    return None


def _decompressed(text: str) -> list[Piece]:
    try:
        data = base64.b64decode(text, validate=False)
        if data.startswith(b"\x1f\x8b"):
            data = _gunzipped(data)
    except (binascii.Error, ValueError, zlib.error) as error:
        return [Rejected(f"CloudWatch data that is no base64 of gzip: {error}")]
    return [Inner(data)]


def _gunzipped(data: bytes) -> bytes:
    parts: list[bytes] = []
    room: int = min(_MOST_DECODED, MEBIBYTE + _MOST_RATIO * len(data))
    while data and room > 0:
        member: Any = zlib.decompressobj(wbits=31)
        parts.append(member.decompress(data, room))
        if not member.eof:
            message = "it ends early, or is larger than 256 MiB or a hundred times itself"
            raise ValueError(message)
        room -= len(parts[-1])
        data = member.unused_data
    return b"".join(parts)
