"""Unwrap Fluent Bit: the event's own keys beside `date`, or the event as text in `log`."""

from collections.abc import Iterable

from auditradar.ingest.envelopes.canonical import is_event, normalise
from auditradar.ingest.envelopes.pieces import Inner, Json, Piece


def unwrap(record: Json) -> Iterable[Piece] | None:
    """Give the event without what the shipper added; Docker's own JSON lines look the same, with their `time`."""
    at = str(record.get("date") or record.get("time") or record.get("@timestamp") or "")
    if isinstance(record.get("log"), str | dict):
        return [Inner(record["log"], at=at)]
    if "date" in record and is_event(record):
        return [normalise({key: value for key, value in record.items() if key != "date"}, at=at)]
    return None
