"""Tell from its beginning whether a stream is lines or JSON documents."""

import orjson

from auditradar.ingest.envelopes.scanner import Scan

# How much of a stream is looked at before its framing is settled.
SNIFF_BYTES = 1 << 20
_NOISE = b"\xef\xbb\xbf\x00 \t\r\n"


def is_documents(head: bytes, *, ended: bool) -> bool:
    """Tell whether a stream that begins with `head` is JSON documents rather than lines.

    A first line that is a whole JSON value, or no JSON at all, means lines; so does a broken first line that is followed
    by a line which begins a record of its own.
    """
    text = head.lstrip(_NOISE)
    if text[:1] not in {b"{", b"["}:
        return False
    line, newline, rest = text.partition(b"\n")
    line = line.rstrip(b"\x00\r \t")
    if newline or ended:
        if _is_json(line):
            return False
        return _opens_documents(line, rest)
    return _goes_on_in_records(line)


def _is_json(line: bytes) -> bool:
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return True


def _opens_documents(line: bytes, rest: bytes) -> bool:
    """Judge a first line that is no whole JSON value by what follows it, on the line and below."""
    scan = Scan(line + b"\n", (), ended=False)
    spans = list(scan)
    good = [span for span in spans if not span.fault and line[span.begin] in b"{["]
    after_first = line[good[0].end :].lstrip(b" \t,")[:1] if good else b""
    if len(good) > 1 or after_first in {b"{", b"["}:
        return True
    if scan.context:
        unread = scan.data[scan.pending :].strip(_NOISE)
        return bool(good) or not scan.broken or unread[:1] in {b"{", b"["}
    return not good and not scan.broken and rest.lstrip(_NOISE)[:1] not in {b"{", b"[", b""}


def _goes_on_in_records(line: bytes) -> bool:
    """Judge a first line that is longer than what was looked at: an array, a wrapper, or values without newlines between."""
    scan = Scan(line, (), ended=False)
    spans = list(scan)
    return bool(scan.context) or len(spans) > 1
