"""Unwrap Vector and others that keep the event as text in `message`."""

from collections.abc import Iterable

from auditradar.ingest.envelopes.pieces import Inner, Json, Piece
from auditradar.ingest.envelopes.programs import read_line

_KEYS = ("message", "Message", "msg", "line", "@message")


def unwrap(record: Json) -> Iterable[Piece] | None:
    """Give the text of the message if it looks like an event or is a line of a known program."""
    at = str(record.get("timestamp") or record.get("@timestamp") or record.get("time") or "")
    for key in _KEYS:
        text = record.get(key)
        if isinstance(text, str) and text.lstrip()[:1] in {"{", "["}:
            return [Inner(text, at=at)]
        if isinstance(text, dict) and "auditID" in text:
            return [Inner(text)]
        if isinstance(text, str) and (found := read_line(text.strip().encode("utf-8", "replace"), at)) is not None:
            return [found]
    return None
