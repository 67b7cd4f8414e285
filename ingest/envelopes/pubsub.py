"""Unwrap Google Pub/Sub push messages: base64 data around a log entry."""

import base64
import binascii
from collections.abc import Iterable

from auditradar.ingest.envelopes.pieces import Inner, Json, Piece, Rejected


def unwrap(record: Json) -> Iterable[Piece] | None:
    """Give the data of the message."""
    message = record.get("message")
    if not isinstance(message, dict) or not isinstance(message.get("data"), str):
        return None
    try:
        data = base64.b64decode(message["data"], validate=False)
    except (binascii.Error, ValueError) as error:
        return [Rejected(f"a Pub/Sub message whose data is no base64: {error}")]
    return [Inner(data, at=str(message.get("publishTime") or ""))]
