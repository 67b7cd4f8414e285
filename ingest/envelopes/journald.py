"""Unwrap the systemd journal's JSON: the line is in `MESSAGE`, as text or as a list of bytes."""

from collections.abc import Iterable
from typing import Any

from auditradar.ingest.envelopes.pieces import Inner, Json, Piece


def unwrap(record: Json) -> Iterable[Piece] | None:
    """Give the line."""
    message: Any = record.get("MESSAGE")
    if isinstance(message, list):
        # journalctl writes a message that is not printable UTF-8 as numbers.
        numbers = [number for number in message if isinstance(number, int) and 0 <= number < 256]
        return [Inner(bytes(numbers))] if len(numbers) == len(message) else None
    if not isinstance(message, str):
        return None
    return [Inner(message, at=str(record.get("__REALTIME_TIMESTAMP") or ""))]
