"""Unwrap Vector and others that keep the event as text in `message`."""

from collections.abc import Iterable

from auditradar.ingest.envelopes.pieces import Inner, Json, Piece

_KEYS = ("message", "Message", "msg", "line", "@message")


def unwrap(record: Json) -> Iterable[Piece] | None:
    """Give the text of the message if it looks like an event."""
    for key in _KEYS:
        text = record.get(key)
        if isinstance(text, str) and text.lstrip()[:1] in {"{", "["}:
            return [Inner(text, at=str(record.get("timestamp") or record.get("@timestamp") or ""))]
        if isinstance(text, dict) and "auditID" in text:
            return [Inner(text)]
    return None
