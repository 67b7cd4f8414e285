"""Gather the records of a run, redact them, and note what is unusual about them."""

from collections.abc import Iterable, Sequence
from itertools import chain

from auditradar.ingest.envelopes.pieces import Event, Excluded
from auditradar.ingest.envelopes.records import HEAD_BYTES, Decoded, DecodeOptions, Note
from auditradar.ingest.envelopes.scanner import BROKEN
from auditradar.ingest.envelopes.unwrap import Outcome, unwrap_text
from auditradar.ingest.errors import TooLongError
from auditradar.ingest.redact import redact, redact_text

# Records that came out of envelopes are redacted this many at a time, so that the screen works on blocks.
_BATCH = 1000
# How much of an oversized record is looked at before it is cut: no token is longer than this beyond the cut.
_HEAD_REACH = 16 * HEAD_BYTES


class Collector:
    """Collect records in the order of their positions."""

    def __init__(self, options: DecodeOptions) -> None:
        self._options = options
        self._records: list[bytes] = []
        self._positions: list[Sequence[int]] = []
        self._notes: dict[int, Note] = {}
        self._fresh: list[int] = []
        self._excluded = 0
        self._size = 0

    @property
    def takes_plain(self) -> bool:
        """Tell whether canonical lines may pass unparsed: no other envelope is forced."""
        return self._options.envelope in {"auto", "event"}

    @property
    def takes_lists(self) -> bool:
        """Tell whether an EventList may be taken apart as text."""
        return self._options.envelope in {"auto", "event-list"}

    def fits(self, text: bytes) -> bool:
        """Tell whether a record is short enough to be kept whole."""
        return len(text) <= self._options.max_record_bytes

    def add_plain(self, lines: list[bytes], block: bytes, positions: Sequence[int]) -> None:
        """Add canonical lines; `block` is the same lines joined by newlines."""
        self._measure(len(block))
        first = len(self._records)
        hits, broken = redact(lines, block, mask_exec=self._options.mask_exec)
        self._records += lines
        self._positions.append(positions)
        for index, rules in hits.items():
            self._notes[first + index] = Note(redacted=rules)
        for index in broken:
            self._reject_at(first + index, BROKEN)

    def add(self, text: bytes, position: int, *, strict: bool = False) -> None:
        """Add what one line or document holds; `strict` parses even what looks canonical."""
        if not self.fits(text):
            self.reject_oversized(text, position)
            return
        self._add_outcomes(unwrap_text(text, self._options.envelope, strict=strict), text, position)

    def reject(self, text: bytes, position: int, reason: str) -> None:
        """Keep a record that cannot be read, with the reason."""
        redacted, rules = redact_text(text, mask_exec=self._options.mask_exec)
        self._notes[len(self._records)] = Note("rejected", reason, rules)
        self._append(redacted, position)

    def reject_oversized(self, head: bytes, position: int) -> None:
        """Keep the beginning of a record that is too long."""
        most = self._options.max_record_bytes
        # Redacted first and cut then: a cut through a token would hide it from the rules.
        redacted, rules = redact_text(head[:_HEAD_REACH], mask_exec=self._options.mask_exec)
        reason = f"longer than {most} bytes: its first {HEAD_BYTES} are kept; raise max_record_bytes to keep it whole"
        self._notes[len(self._records)] = Note("rejected", reason, rules)
        self._append(redacted[:HEAD_BYTES], position)

    def decoded(self) -> Decoded:
        """Return everything collected, redacted."""
        for start in range(0, len(self._fresh), _BATCH):
            self._redact_fresh(self._fresh[start : start + _BATCH])
        self._fresh = []
        positions = self._positions[0] if len(self._positions) == 1 else _joined(self._positions)
        return Decoded(self._records, positions, self._notes, self._excluded)

    def _add_outcomes(self, outcomes: Iterable[Outcome], text: bytes, position: int) -> None:
        for outcome in outcomes:
            if isinstance(outcome, Event):
                if outcome.component:
                    self._notes[len(self._records)] = Note(outcome.kind, redacted=outcome.redacted, component=outcome.component)
                if outcome.kind == "event":
                    self._fresh.append(len(self._records))
                self._append(outcome.record, position)
            elif isinstance(outcome, Excluded):
                self._excluded += 1
            else:
                self.reject(outcome.raw or text, position, outcome.reason)

    def _measure(self, size: int) -> None:
        self._size += size
        if 0 < self._options.max_total_bytes < self._size:
            raise TooLongError(f"its records are longer than {self._options.max_total_bytes} bytes together")

    def _append(self, record: bytes, position: int) -> None:
        self._measure(len(record))
        self._records.append(record)
        self._positions.append((position,))

    def _redact_fresh(self, indexes: list[int]) -> None:
        batch = [self._records[index] for index in indexes]
        hits, broken = redact(batch, b"\n".join(batch), mask_exec=self._options.mask_exec)
        for number, rules in hits.items():
            self._records[indexes[number]] = batch[number]
            self._notes.setdefault(indexes[number], Note()).redacted = rules
        for number in broken:
            self._reject_at(indexes[number], BROKEN)

    def _reject_at(self, index: int, reason: str) -> None:
        self._records[index], rules = redact_text(self._records[index], mask_exec=self._options.mask_exec)
        self._notes[index] = Note("rejected", reason, rules)


def _joined(parts: list[Sequence[int]]) -> Sequence[int]:
    """Return positions as one range where they are, as a list where they are not."""
    first, last = (parts[0][0], parts[-1][-1]) if parts else (0, -1)
    count = sum(map(len, parts))
    joined = list(chain.from_iterable(parts))
    straight = range(first, last + 1)
    return straight if len(straight) == count and joined == list(straight) else joined
