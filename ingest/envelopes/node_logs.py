"""Unwrap lines of `oc adm node-logs`: the node's name, a space, the event."""

import re
from collections.abc import Iterable

from auditradar.ingest.envelopes.pieces import Inner, Piece

_LINE = re.compile(rb"[A-Za-z0-9][A-Za-z0-9.\-]{0,252}[ \t]+(?=\{|\d{4}-\d\d-\d\dT\S+ (?:stdout|stderr) )")


def unwrap(record: bytes) -> Iterable[Piece] | None:
    """Give the event behind the name of the node."""
    found = _LINE.match(record)
    return None if found is None else [Inner(record[found.end() :])]
