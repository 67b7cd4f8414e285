"""Take an event as it is: current, older API versions, the form of 2017, items without kind."""

from collections.abc import Iterable

from auditradar.ingest.envelopes.canonical import is_event, normalise
from auditradar.ingest.envelopes.pieces import Json, Piece


def unwrap(record: Json) -> Iterable[Piece] | None:
    """Give the event in canonical form."""
    return [normalise(record)] if is_event(record) else None
