"""Take an EventList apart as the API server's webhook writes it, at half the price of building its events and writing them again.

The text is split where one item seems to end and the next to begin; that each piece is a whole JSON object by itself proves that it was
split at the right places, whatever a request body inside an event looks like. Anything unusual is left to the envelopes.
"""

from collections.abc import Iterator
from typing import Any

import orjson

from auditradar.ingest.envelopes.canonical import API_VERSION, EVENT_HEAD, EVENT_HEADS
from auditradar.ingest.envelopes.timestamps import is_written_canonically

LIST_HEAD = b'{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{},"items":['
_TAIL = b"}]}"
_NAMELESS = b'{"level":"'
"""How an item begins that does not repeat its kind."""


def listed_events(line: bytes) -> list[bytes]:
    """Give the items as canonical lines; none where only the envelopes can tell what they are."""
    if not line.startswith(LIST_HEAD) or not line.endswith(_TAIL):
        return []
    inner = line[len(LIST_HEAD) : -len(_TAIL)]
    opening = next((known for known in (_NAMELESS, EVENT_HEAD) if inner.startswith(known)), b"")
    if not opening:
        return []
    head = EVENT_HEAD + b'"level":"' if opening == _NAMELESS else EVENT_HEAD
    events = [b"%b%b}" % (head, piece) for piece in inner[len(opening) :].split(b"}," + opening)]
    return events if all(line.startswith(EVENT_HEADS) for line in events) and all(map(_is_usual, _values(events))) else []


def _values(events: list[bytes]) -> Iterator[Any]:
    for event in events:
        try:
            yield orjson.loads(event)
        except orjson.JSONDecodeError:
            yield None


def _is_usual(event: Any) -> bool:
    """Tell whether an event needs no mending: its names are said once, its moments are written as MicroTime."""
    return (
        isinstance(event, dict)
        and event["kind"] == "Event"
        and event["apiVersion"] == API_VERSION
        and bool(event["auditID"])
        and bool(event.get("stage"))
        and is_written_canonically(event.get("requestReceivedTimestamp"))
        and is_written_canonically(event.get("stageTimestamp"))
        and isinstance(event.get("sourceIPs", []), list)
    )
