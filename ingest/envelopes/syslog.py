"""Unwrap syslog: the message behind `<priority>`, in the form of RFC 5424 with its time, or of RFC 3164 whose time has no year."""

import re
from collections.abc import Iterable

from auditradar.ingest.envelopes.pieces import Inner, Piece

_PRIORITY = rb"<\d{1,3}>"
# RFC 5424, 6: version, time, host, application, process, message id, structured data, message.
_NEW = re.compile(_PRIORITY + rb"1 (\S+) \S+ \S+ \S+ \S+ (?:-|(?:\[(?:[^\]\\]|\\.)*\])+) ?")
# RFC 3164, 4.1, and the ISO time that rsyslog writes in its place.
_OLD = re.compile(_PRIORITY + rb"(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|(\d{4}-\d\d-\d\dT\S+)) (?:\S+ )?[^\s:\[]+(?:\[\d+\])?: ")


def unwrap(record: bytes) -> Iterable[Piece] | None:
    """Give the message."""
    if not record.startswith(b"<"):
        return None
    found = _NEW.match(record) or _OLD.match(record)
    return None if found is None else [Inner(record[found.end() :], at=(found[1] or b"").decode("ascii", "replace"))]
