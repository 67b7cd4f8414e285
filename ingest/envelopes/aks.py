"""Unwrap Azure diagnostic records of AKS: the event is in `properties.log`, as text or as an object."""

from collections.abc import Iterable

from auditradar.ingest.envelopes.pieces import Inner, Json, Piece


def unwrap(record: Json) -> Iterable[Piece] | None:
    """Give the event, or the component's log line that was sent the same way."""
    properties = record.get("properties")
    if not isinstance(properties, dict) or "log" not in properties:
        return None
    return [Inner(properties["log"], at=str(record.get("time") or ""))]
