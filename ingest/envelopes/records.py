"""Hold what decoding gives: canonical records, notes about the unusual ones, and the options that steer it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

MEBIBYTE = 1 << 20
# What is kept of a record that is too long to keep whole.
HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True)
class DecodeOptions:
    """Steer decoding.

    `envelope` is `auto` or one of `ENVELOPES`; `mask_exec` hides the commands of exec and attach; a record longer than
    `max_record_bytes` is rejected with its first 4 KiB. Records that are longer together than `max_total_bytes` are a TooLongError: what is
    packed in a body may be many times as long as the body. 0 is no bound, for files, which are read piece by piece.
    """

    envelope: str = "auto"
    mask_exec: bool = False
    max_record_bytes: int = 64 * MEBIBYTE
    max_total_bytes: int = 0


@dataclass(slots=True)
class Note:
    """Describe a record that is not a plain accepted event.

    `kind` is `event`, `rejected`, `identity` (an identity provider's line) or `access` (a proxy's); `reason` says why it was
    rejected; `redacted` names the rules that hit, sorted; `component` is the API server the envelope names or the program that
    wrote the line, empty when it is not known.
    """

    kind: str = "event"
    reason: str = ""
    redacted: tuple[str, ...] = ()
    component: str = ""


@dataclass(slots=True)
class Decoded:
    """Hold the records of one run.

    `records` are canonical JSON objects without newline, or the redacted raw text of a rejected record. `positions` are
    1-based: line numbers in line formats, record numbers in documents. `notes` is keyed by the index into `records`.
    `excluded` counts records known to carry nothing, which are deliberately not kept.
    """

    records: list[bytes] = field(default_factory=list)
    positions: Sequence[int] = ()
    notes: dict[int, Note] = field(default_factory=dict)
    excluded: int = 0

    def only(self, indexes: Sequence[int]) -> Self:
        """Give some of the records with what belongs to them; nothing is excluded there."""
        return type(self)(
            [self.records[index] for index in indexes],
            [self.positions[index] for index in indexes],
            {number: self.notes[index] for number, index in enumerate(indexes) if index in self.notes},
        )
