"""Unwrap lists: the webhook's EventList, Azure's and other `records`, bare arrays."""

from collections.abc import Iterable
from typing import Any

from auditradar.ingest.envelopes.pieces import Inner, Json, Piece

_KEYS = ("items", "records", "Records", "events")


def unwrap(record: Json | list[Any]) -> Iterable[Piece] | None:
    """Give the items."""
    if isinstance(record, list):
        return [Inner(item) for item in record]
    for key in _KEYS:
        items = record.get(key)
        if isinstance(items, list) and "auditID" not in record:
            return [Inner(item) for item in items]
    return None
