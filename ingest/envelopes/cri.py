"""Unwrap lines of the container runtime: `<time> stdout F {json}`, with long lines split into `P` parts."""

import re
from collections.abc import Iterable

from auditradar.ingest.envelopes.pieces import Inner, Piece

# Kubernetes CRI logging format: time, stream, tags (P partial, F full), text.
_LINE = re.compile(rb"(\d{4}-\d\d-\d\dT[^ \n]{5,40} (?:stdout|stderr)) ([PF])(?::[^ ]*)? ")


def unwrap(record: bytes) -> Iterable[Piece] | None:
    """Give the text of one line."""
    found = _LINE.match(record)
    return None if found is None else [Inner(record[found.end() :], at=found[1].partition(b" ")[0].decode("ascii", "replace"))]


class JoinedLines:
    """Put the parts of split lines together; what is not split passes through."""

    def __init__(self) -> None:
        self._parts: dict[bytes, list[tuple[bytes, int]]] = {}

    def __bool__(self) -> bool:
        return bool(self._parts)

    def add(self, line: bytes, position: int) -> tuple[bytes, int] | None:
        """Take a line; return the whole line and the position of its first part, None while more parts are to come."""
        found = _LINE.match(line) if line[:1].isdigit() else None
        if found is None:
            return line, position
        stream = found[1].rpartition(b" ")[2]
        text = line[found.end() :].rstrip(b"\r")
        if found[2] == b"P":
            self._parts.setdefault(stream, []).append((text if stream in self._parts else found[1] + b" F " + text, position))
            return None
        if stream not in self._parts:
            return line, position
        parts = self._parts.pop(stream)
        return b"".join(part for part, _ in parts) + text, parts[0][1]

    def rest(self) -> list[tuple[bytes, int]]:
        """Return what still waits for its end."""
        return [(b"".join(part for part, _ in parts), parts[0][1]) for parts in self._parts.values()]
