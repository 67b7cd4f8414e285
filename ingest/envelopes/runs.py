"""Describe a run: the whole records between two offsets of a source, the unit that is hashed, decoded and delivered."""

from bisect import bisect_left
from dataclasses import dataclass, field
from enum import Enum
from operator import attrgetter


class Framing(Enum):
    """Tell how a run is cut into records."""

    LINES = "lines"
    DOCUMENTS = "documents"
    # A record over the limit: its first part is one rejected record, the parts after it are none.
    OVERSIZED = "oversized"
    OVERSIZED_REST = "oversized-rest"
    # A hole of zeros in front of a record: nothing at all.
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Span:
    """Locate one record of a document stream inside its run.

    `context` is what encloses the next record, so that reading can go on there. `fault` says why the record is broken.
    """

    begin: int
    end: int
    context: tuple[str, ...] = ()
    fault: str = ""


@dataclass(slots=True)
class Run:
    """Hold whole records: `data` is exactly the bytes from `start` to `end` of the decompressed source.

    `complete` is false if the last record had no terminator and the source ended there: a live file may still be growing.
    """

    start: int
    data: bytes
    first_position: int
    framing: Framing = Framing.LINES
    complete: bool = True
    spans: list[Span] = field(default_factory=list)

    @property
    def end(self) -> int:
        """Return the offset behind the last byte."""
        return self.start + len(self.data)

    def is_boundary(self, length: int) -> bool:
        """Tell whether a record ends `length` bytes into the run."""
        if length == len(self.data):
            return length > 0
        if not 0 < length < len(self.data):
            return False
        if self.framing is Framing.LINES:
            return self.data[length - 1] == 10
        return self._span_ending_at(length) is not None

    def positions_in(self, length: int) -> int:
        """Count the lines or records in the first `length` bytes."""
        if self.framing is Framing.LINES:
            head = self.data[:length]
            # Deleting one character runs at memchr's speed; bytes.count does not in CPython 3.11.
            return length - len(head.replace(b"\n", b"")) + (not head.endswith(b"\n"))
        if self.framing is Framing.DOCUMENTS:
            return sum(1 for span in self.spans if span.end <= length)
        return 1 if self.framing is Framing.OVERSIZED else 0

    def context_at(self, length: int, before: tuple[str, ...]) -> tuple[str, ...]:
        """Return what encloses the record after `length` bytes, given what enclosed the first."""
        spans = [span for span in self.spans if span.end <= length]
        return spans[-1].context if spans else before

    def _span_ending_at(self, length: int) -> Span | None:
        index = bisect_left(self.spans, length, key=attrgetter("end"))
        found = self.spans[index] if index < len(self.spans) else None
        return found if found is not None and found.end == length else None
