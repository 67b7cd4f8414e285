"""Hold what unwrapping one record can give.

Every envelope module has `unwrap(record)`, for a JSON object or for a line of text: it gives the pieces inside, or None if the
record is not in this envelope.
"""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Inner:
    """Hold what an envelope carried: text or a JSON value that is still to be recognised.

    `at` is the time the envelope gives, for events that have none; `component` the API server it names.
    """

    value: Any
    component: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Hold a record in canonical form, and the API server or program that wrote it if that is known.

    `kind` is `event`, or `identity` or `access` for a program's line; those come `redacted` already, by the rules named.
    """

    record: bytes
    component: str = ""
    kind: str = "event"
    redacted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """Hold a record that is no readable audit event, with the reason in words; `raw` is empty for the whole record."""

    reason: str
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class Excluded:
    """Stand for a record that is known to carry nothing."""


Piece = Inner | Event | Rejected | Excluded
