"""Take a record out of whatever it is wrapped in, envelope by envelope, until an event or a reason is left."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson

from auditradar.ingest.envelopes import (
    aks,
    aks_tables,
    cloudwatch,
    cri,
    event,
    event_list,
    fluent_bit,
    gke,
    journald,
    legacy,
    node_logs,
    otlp,
    pubsub,
    syslog,
    vector,
    viaq,
)
from auditradar.ingest.envelopes.canonical import EVENT_HEAD, is_canonical, is_event, normalise
from auditradar.ingest.envelopes.pieces import Event, Excluded, Inner, Json, Piece, Rejected
from auditradar.ingest.envelopes.programs import read_line, read_object
from auditradar.ingest.envelopes.scanner import BROKEN, Scan
from auditradar.ingest.envelopes.strangers import reason_for_object, reason_for_text, reason_for_value

# In the order in which they are tried: an envelope that marks itself comes before one that only might be meant.
_OBJECTS: dict[str, Callable[[Json], Iterable[Piece] | None]] = {
    "viaq": viaq.unwrap,
    "fluent-bit": fluent_bit.unwrap,
    "event": event.unwrap,
    "otlp": otlp.unwrap,
    "cloudwatch": cloudwatch.unwrap,
    "gke": gke.unwrap,
    "pubsub": pubsub.unwrap,
    "aks": aks.unwrap,
    "aks-tables": aks_tables.unwrap,
    "event-list": event_list.unwrap,
    "journald": journald.unwrap,
    "vector": vector.unwrap,
}
_LINES: dict[str, Callable[[bytes], Iterable[Piece] | None]] = {
    "cri": cri.unwrap,
    "legacy": legacy.unwrap,
    "cloudwatch": cloudwatch.unwrap_line,
    "node-logs": node_logs.unwrap,
    "syslog": syslog.unwrap,
}
ENVELOPES: tuple[str, ...] = tuple(sorted({*_OBJECTS, *_LINES}))

Outcome = Event | Rejected | Excluded

# Shippers put envelopes in envelopes; nobody puts nine.
_DEEPEST = 8
_NOISE = b" \t\r\n\x00"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LONE_SURROGATE = re.compile(rb"\\u[dD](?:[89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|[c-fC-F][0-9a-fA-F]{2})")
_PAIR = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


def unwrap_text(text: bytes, envelope: str = "auto", *, strict: bool = False) -> Iterator[Outcome]:
    """Give what one line or document holds; `strict` parses even what looks canonical."""
    yield from _text(Inner(text), envelope, 0, strict=strict)


def _text(inner: Inner, envelope: str, depth: int, *, strict: bool = False) -> Iterator[Outcome]:
    text = _trimmed(inner.value)
    if not text:
        return
    if not strict and envelope in {"auto", "event"} and is_canonical(text) and _is_utf8(text):
        yield Event(text, inner.component)
    elif text[:1] in b'{["' or (text[:1] in b"-0123456789tfn" and _is_json(text)):
        yield from _json(text, inner, envelope, depth)
    else:
        yield from _line(text, inner, envelope, depth)


def _trimmed(text: bytes) -> bytes:
    text = text.strip(_NOISE)
    return text[3:].strip(_NOISE) if text.startswith(_BYTE_ORDER_MARK) else text


def _is_utf8(text: bytes) -> bool:
    return text.isascii() or text.decode("utf-8", "ignore").encode() == text


def _is_json(text: bytes) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


def _line(text: bytes, inner: Inner, envelope: str, depth: int) -> Iterator[Outcome]:
    for name, unwrap in _LINES.items():
        pieces = unwrap(text) if envelope in {"auto", name} else None
        if pieces is not None:
            yield from _pieces(pieces, inner, depth)
            return
    found = read_line(text, inner.at) if envelope == "auto" else None
    if found is not None:
        yield found
    else:
        yield Rejected(reason_for_text(text) if envelope == "auto" else f"not a record in the envelope {envelope}")


def _json(text: bytes, inner: Inner, envelope: str, depth: int) -> Iterator[Outcome]:
    try:
        value = loads(text)
    except orjson.JSONDecodeError:
        # HAProxy begins what it says about itself with a bracket.
        found = read_line(text, inner.at) if envelope == "auto" and text[:1] == b"[" else None
        yield from _torn(text, inner, envelope, depth) if found is None else (found,)
        return
    yield from _value(Inner(value, inner.component, inner.at), envelope, depth)


def loads(text: bytes) -> Any:
    """Parse JSON, replacing bytes and escapes that are no characters with U+FFFD; raise orjson.JSONDecodeError otherwise."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        mended = text if _is_utf8(text) else text.decode("utf-8", "replace").encode()
        if b"\\u" in mended:
            mended = _mend_surrogates(mended)
        if mended == text:
            raise
        return orjson.loads(mended)


def _mend_surrogates(text: bytes) -> bytes:
    """Replace halves of surrogate pairs that stand alone."""
    pairs = _PAIR.findall(text)
    parts = [_LONE_SURROGATE.sub(rb"\\ufffd", part) for part in _PAIR.split(text)]
    return b"".join(part + pair for part, pair in zip(parts, [*pairs, b""], strict=True))


def _torn(text: bytes, inner: Inner, envelope: str, depth: int) -> Iterator[Outcome]:
    """Give what is good in text that is not one JSON value: values in a row, an array with a broken element, a torn write."""
    glued = text.find(EVENT_HEAD, 1)
    if glued > 0 and text[glued - 1] not in b",[: \\":
        yield from _text(Inner(text[:glued], inner.component, inner.at), envelope, depth)
        yield from _text(Inner(text[glued:], inner.component, inner.at), envelope, depth)
        return
    spans = list(Scan(text, (), ended=True))
    if len(spans) < 2:
        yield Rejected(spans[0].fault or BROKEN if spans else BROKEN)
        return
    for span in spans:
        part = text[span.begin : span.end]
        if span.fault or depth >= _DEEPEST:
            yield Rejected(span.fault or BROKEN, part)
        else:
            yield from _raw(_text(Inner(part, inner.component, inner.at), envelope, depth + 1), part)


def _raw(outcomes: Iterable[Outcome], part: Any) -> Iterator[Outcome]:
    """Give each rejection the part of the record it is about, where that can be written."""
    for outcome in outcomes:
        if isinstance(outcome, Rejected) and not outcome.raw:
            yield Rejected(outcome.reason, part if isinstance(part, bytes) else _written(part))
        else:
            yield outcome


def _written(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:
        # orjson writes 254 levels only; the whole record is kept instead.
        return b""


def _value(inner: Inner, envelope: str, depth: int) -> Iterator[Outcome]:
    value = inner.value
    if isinstance(value, str | bytes):
        text = value if isinstance(value, bytes) else value.encode("utf-8", "replace")
        if depth == 0 or not text.strip(_NOISE):
            yield Rejected(reason_for_value(""))
        else:
            yield from _text(Inner(text, inner.component, inner.at), "auto", depth)
    elif isinstance(value, dict):
        yield from _object(inner, envelope, depth)
    elif isinstance(value, list) and value and envelope in {"auto", "event-list"}:
        for item in value:
            yield from _raw(_pieces([Inner(item)], inner, depth), item)
    else:
        yield Rejected(reason_for_value(value))


def _object(inner: Inner, envelope: str, depth: int) -> Iterator[Outcome]:
    record = inner.value
    if (inner.at or inner.component) and is_event(record) and "log_type" not in record:
        yield normalise(record, component=inner.component, at=inner.at)
        return
    said = read_object(record, inner.at) if envelope == "auto" else None
    if said is not None:
        yield said
        return
    for name, unwrap in _OBJECTS.items():
        pieces = unwrap(record) if envelope in {"auto", name} else None
        if pieces is not None:
            # An empty list carries nothing; it is counted, so that no record goes without a trace.
            yield from _pieces(pieces or [Excluded()], inner, depth)
            return
    yield Rejected(reason_for_object(record) if envelope == "auto" else f"not a record in the envelope {envelope}")


def _pieces(pieces: Iterable[Piece], outer: Inner, depth: int) -> Iterator[Outcome]:
    """Go on with what an envelope gave; what it did not say, the envelope around it may have said."""
    for piece in pieces:
        if not isinstance(piece, Inner):
            yield piece
        elif depth >= _DEEPEST:
            yield Rejected("envelopes within envelopes, more than 8 deep")
        else:
            known = Inner(piece.value, piece.component or outer.component, piece.at or outer.at)
            yield from _value(known, "auto", depth + 1)
