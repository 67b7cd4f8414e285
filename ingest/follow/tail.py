"""Read one plain file on and on: what is new, in whole records, at a position that the ledger knows."""

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path

from auditradar.ingest.envelopes.lines import CRI_PARTIAL, LineFramer
from auditradar.ingest.envelopes.window import Window
from auditradar.ingest.follow.context import TURN_RUNS, Context
from auditradar.ingest.known import Step, Walk
from auditradar.ingest.ledger import Delivered

READ_BYTES = 1 << 20
LOOK_BACK = 64 * 1024
MARK_BYTES = 256
"""Bytes before the position that are compared, to notice that a file was truncated and has grown again."""
COMPARED_BYTES = 256 << 20
"""Most bytes of a file that are hashed to find the position without going through it from its beginning."""
_CRI = re.compile(rb"\d{4}-\d\d-\d\dT[^ \n]{5,40} (?:stdout|stderr) [PF]")


class Turn(Enum):
    """Say how a turn ended."""

    IDLE = "idle"
    BUSY = "busy"  # there is more to read at once
    TRUNCATED = "truncated"
    FINISHED = "finished"


class Tail:
    """Follow one open file; `live` while its path still names it.

    Raise OSError where the file cannot be opened or read; nothing that was delivered is lost by that.
    """

    def __init__(self, context: Context, path: Path, source: str, recent: Sequence[Delivered], *, live: bool) -> None:
        self.path = path
        self.live = live
        self._context = context
        self._source = source
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        status = os.fstat(self._file)
        self.identity = (status.st_dev, status.st_ino)
        self.modified, self._size = status.st_mtime, status.st_size
        self.offset, self._line, self._mark = 0, 1, b""
        self._scanned = 0  # everything before has been searched for a newline behind the position
        self._whole = 0  # offset behind the last whole record that was found
        self._since: float | None = None  # when the oldest record that waits was first seen
        self._grown = status.st_mtime
        self._head = b""
        self._catching_up = True
        self._submitted = 0
        self.found = self._find(recent, status.st_size)

    def close(self) -> None:
        """Release the file; safe to call twice."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    @property
    def quiet_seconds(self) -> float:
        """Give the time since the file grew last."""
        return self._context.clock() - self._grown

    @property
    def behind(self) -> int:
        """Give the number of bytes that are not delivered yet."""
        return max(os.fstat(self._file).st_size - self.offset, 0)

    @property
    def gathers(self) -> bool:
        """Tell whether whole records wait for more to be delivered with."""
        return self._since is not None

    @property
    def can_sleep(self) -> bool:
        """Tell whether the file may be closed: everything is delivered, and the ledger can say how far."""
        kept = self.found or bool(self._submitted) or not self.offset
        return kept and self.offset == self._size and self.quiet_seconds >= self._context.following.idle

    def take_over(self, truncated: "Tail") -> None:
        """Continue where a truncated file was left, if this is the copy that was made of it."""
        head = truncated._head  # noqa: SLF001 - of the same class
        if not head or os.pread(self._file, len(head), 0) != head:
            return
        if self._size <= truncated.offset:
            self._move(self._size)
        else:
            self._move(truncated.offset)
            self._line = truncated._line  # noqa: SLF001 - as above

    def to_end(self) -> None:
        """Begin behind the last whole record that is there now."""
        self._whole = self._look_for_whole(os.fstat(self._file).st_size)
        self._line += sum(piece.count(b"\n") for piece in self._pieces(0, self._whole))
        self._move(self._whole)
        self._catching_up = False

    def turn(self) -> Turn:
        """Deliver what is due."""
        if not self._look():
            return Turn.TRUNCATED
        size = self._size
        over = not self.live and self.quiet_seconds >= self._context.following.linger
        end = size if over else self._look_for_whole(size)
        if end <= self.offset:
            self._catching_up = self._catching_up and size > self.offset
            return Turn.FINISHED if over else Turn.IDLE
        if not over and not self._due(end):
            return Turn.IDLE
        return self._read(end)

    def _look(self) -> bool:
        """Notice growth; False if what was read is not there any more."""
        status = os.fstat(self._file)
        if (status.st_mtime, status.st_size) != (self.modified, self._size):
            if status.st_size < self.offset or not self._mark_holds():
                return False
            self.modified, self._size, self._grown = status.st_mtime, status.st_size, self._context.clock()
        if len(self._head) < MARK_BYTES:
            self._head = os.pread(self._file, MARK_BYTES, 0)
        return True

    def _due(self, end: int) -> bool:
        now = self._context.clock()
        self._since = now if self._since is None else self._since
        waited = not 0 <= now - self._since < self._context.following.flush  # a clock that was set back must not delay anything
        # What was rotated is not gathered any more: newer files would be delivered before its rest.
        return self._catching_up or not self.live or waited or end - self.offset >= self._context.loading.batch_bytes

    def _read(self, end: int) -> Turn:
        """Deliver some batches; a batch that was cut by the end of the file is in the ledger before the next is cut behind it."""
        context, left = self._context, TURN_RUNS
        context.wait_for(self._submitted)
        framer = LineFramer(Window(self._pieces(self.offset, end), self.offset), context.loading.decoding, self._line)
        recogniser = context.recogniser if self._catching_up or not self.live else None
        for step in Walk(framer, context.loading.batch_bytes, recogniser, self.offset, context.careful):
            if self.live and not self._still_holds(step):
                return Turn.TRUNCATED
            if not step.known:
                self._submitted = context.deliver(step, self._source)
                left -= 1
            self._advance(step)
            # Never stop inside a record that is too long: the next framer would take its rest for a record.
            if left <= 0 and step.run.data.endswith(b"\n"):
                break
        self._since = None
        if self.offset >= end:
            self._catching_up = False
            return Turn.IDLE
        return Turn.BUSY

    def _still_holds(self, step: Step) -> bool:
        """Tell whether what was just read is what stood there: the file may have been truncated meanwhile."""
        whole = step.known or step.run.complete
        return whole and os.fstat(self._file).st_size >= self.offset + step.length and self._mark_holds()

    def _advance(self, step: Step) -> None:
        self._line += step.positions
        self._mark = (self._mark + step.run.data[max(step.length - MARK_BYTES, 0) : step.length])[-MARK_BYTES:]
        self.offset += step.length
        self._scanned = max(self._scanned, self.offset)

    def _move(self, offset: int) -> None:
        self.offset = self._scanned = self._whole = offset
        first = max(offset - MARK_BYTES, 0)
        self._mark = os.pread(self._file, offset - first, first)

    def _mark_holds(self) -> bool:
        return os.pread(self._file, len(self._mark), self.offset - len(self._mark)) == self._mark

    def _pieces(self, begin: int, end: int) -> Iterator[bytes]:
        while begin < end and (piece := os.pread(self._file, min(READ_BYTES, end - begin), begin)):
            yield piece
            begin += len(piece)

    def _look_for_whole(self, size: int) -> int:
        """Find the end of the last whole line; only what is new is searched."""
        behind = size
        while behind > max(self._scanned, self.offset):
            first = max(behind - LOOK_BACK, self._scanned, self.offset)
            at = os.pread(self._file, behind - first, first).rfind(b"\n")
            if at >= 0:
                self._whole = first + at + 1
                break
            behind = first
        self._scanned = size
        return self._before_partial(max(self._whole, self.offset))

    def _before_partial(self, end: int) -> int:
        """Leave the container runtime's split lines together: the end of a split line may not be written yet."""
        if end <= self.offset or not _CRI.match(os.pread(self._file, 80, self.offset)):
            return end
        while end > self.offset:
            line = self._line_before(end)
            if not CRI_PARTIAL.match(os.pread(self._file, 80, line)):
                break
            end = line
        return end

    def _line_before(self, end: int) -> int:
        behind = end - 1
        while behind > self.offset:
            first = max(behind - LOOK_BACK, self.offset)
            at = os.pread(self._file, behind - first, first).rfind(b"\n")
            if at >= 0:
                return first + at + 1
            behind = first
        return self.offset

    def _find(self, recent: Sequence[Delivered], size: int) -> bool:
        """Continue behind the last batch of this source that is in this file, if one is."""
        left = COMPARED_BYTES
        for batch in recent:
            end = batch.first_offset + batch.bytes
            if not batch.bytes or end > size or batch.bytes > left:
                continue
            left -= batch.bytes
            content, lines, last = hashlib.sha256(), 0, b""
            for last in self._pieces(batch.first_offset, end):
                content.update(last)
                lines += last.count(b"\n")
            if last.endswith(b"\n") and content.hexdigest() == batch.content_hash:
                self._line = batch.first_position + lines
                self._move(end)
                return True
        return False
