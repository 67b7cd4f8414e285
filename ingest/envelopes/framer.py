"""What all framers share: a run is looked at before it is consumed, and only whole records are."""

from abc import ABC, abstractmethod

from auditradar.ingest.envelopes.records import DecodeOptions
from auditradar.ingest.envelopes.runs import Run
from auditradar.ingest.envelopes.window import Window


class Framer(ABC):
    """Cut a stream into runs; the same bytes and offset give the same run, however the chunks were cut."""

    def __init__(self, window: Window, options: DecodeOptions, position: int = 1) -> None:
        self._window = window
        self._most = options.max_record_bytes
        self._position = position
        self._inside_oversized = False
        self._last: Run | None = None
        self._last_limit = 0

    def peek(self, limit: int) -> Run | None:
        """Return whole records from the current offset: as many as end within `limit` bytes, at least one; None at the end."""
        if self._last is None or self._last_limit != limit:
            self._last = self._cut(max(limit, 1))
            self._last_limit = limit
        return self._last

    def consume(self, length: int) -> None:
        """Advance to a record boundary of the run peeked last; raise ValueError for any other length."""
        run = self._last
        if run is None or not run.is_boundary(length):
            msg = f"cannot consume {length} bytes: no record ends there; consume a boundary of the run peeked last"
            raise ValueError(msg)
        self._position += run.positions_in(length)
        self._pass(run, length)
        self._window.consume(length)
        self._last = None

    @abstractmethod
    def _cut(self, limit: int) -> Run | None:
        """Cut the next run, at least one byte of it; None at the end."""

    @abstractmethod
    def _pass(self, run: Run, length: int) -> None:
        """Note what stands before the rest: whether a record over the limit goes on there, and what encloses it."""
