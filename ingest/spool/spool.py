"""Append to the spool and read from it, bounded, in order, across any crash.

One thread appends, one reads; the numbers may be asked by any. What `append` was given is on disk when it returns.
"""

import fcntl
import os
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from auditradar.ingest.errors import SpoolError, SpoolFullError
from auditradar.ingest.spool.cursor import Cursor, make_folder, read_cursor, write_cursor
from auditradar.ingest.spool.frames import OVERHEAD, Damage, Frame, framed, frames
from auditradar.ingest.spool.segments import Segment, cut_torn_end, find_segments, new_segment, truncate

__all__ = ["Spool", "SpoolFullError"]

SEGMENT_BYTES = 64 << 20


class Spool:
    """Hold one open spool; a second process that opens it is refused."""

    def __init__(self, folder: Path, limit: int, segment_bytes: int = SEGMENT_BYTES) -> None:
        self.folder, self.limit = folder, limit
        self._segment_bytes = segment_bytes
        self._written = threading.Condition()
        self._damaged: set[int] = set()
        self._counted: set[int] = set()  # damage in the part that was cut: it may be read many times
        self._at_hand: list[Frame | Damage] = []  # of the part that was just cut, so that it is not read twice
        self._waiting_since = self._cut_at = time.monotonic()
        self.torn_bytes = 0
        self.damaged_bytes = 0
        try:
            make_folder(folder, 0o700)
            self._lock = self._taken_lock()
            self._open()
        except OSError as cause:
            raise SpoolError(f"cannot open the spool {folder}: {cause.strerror or cause}; check the disk and the permissions") from None

    def close(self) -> None:
        """Let another process have it; nothing is lost that was appended."""
        os.close(self._lock)

    @property
    def end(self) -> int:
        """Give the offset behind the last frame on disk."""
        return self._segments[-1].end

    @property
    def waiting_bytes(self) -> int:
        """Count the bytes that are not delivered yet."""
        return self.end - self.cursor.done

    @property
    def oldest_seconds(self) -> float:
        """Tell how long the oldest undelivered bytes have waited since this process began; 0 when none wait."""
        return time.monotonic() - self._waiting_since if self.waiting_bytes else 0.0

    def has_room(self, size: int) -> bool:
        """Tell whether a content of this size could be appended now."""
        return self.waiting_bytes + size + OVERHEAD <= self.limit

    def append(self, contents: Sequence[bytes]) -> None:
        """Write contents, each as a frame, and bring them to disk together; SpoolFullError or SpoolError, and none of them is kept."""
        size = sum(len(content) + OVERHEAD for content in contents)
        if self.waiting_bytes + size > self.limit:
            raise SpoolFullError(f"cannot spool {size} bytes: {self.waiting_bytes} of {self.limit} wait already")
        segment = self._segments[-1]
        before = segment.end
        try:
            if before > segment.begin and before - segment.begin + size > self._segment_bytes:
                segment = self._next_segment()
            self._write(segment, contents)
        except OSError as cause:
            self._take_back(segment)
            raise SpoolError(f"cannot write to the spool {self.folder}: {cause.strerror or cause}") from None
        with self._written:
            if not self.waiting_bytes:
                self._waiting_since = time.monotonic()
            segment.end += size
            self._written.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait until something is there to deliver; False when the time was over first, or `wake` was called."""
        with self._written:
            if self.waiting_bytes == 0:
                self._written.wait(seconds)
            return self.waiting_bytes > 0

    def wake(self) -> None:
        """End a wait early."""
        with self._written:
            self._written.notify_all()

    def cut(self, limit: int) -> Cursor:
        """Mark the next part of at most about `limit` bytes as on its way, or give the part that was when the process ended."""
        if self.cursor.cut == self.cursor.done:
            self._cut_at = time.monotonic()
            found = self._read(self.cursor.done, self.end, limit)
            self._move(Cursor(self.cursor.done, found[-1].end if found else self.cursor.done))
            self._at_hand = found
        return self.cursor

    def widen(self, limit: int) -> Cursor:
        """Take about `limit` bytes more, of those that wait, into the part that was cut."""
        ends = [found.end for found in self._read(self.cursor.cut, self.end, limit)]
        self._move(Cursor(self.cursor.done, ends[-1] if ends else self.cursor.cut))
        self._at_hand = []
        return self.cursor

    def contents(self) -> list[bytes]:
        """Read what is in the part that was cut; damaged bytes are passed over and counted, once."""
        found, self._at_hand = self._at_hand or self._read(self.cursor.done, self.cursor.cut, None), []
        damage = [one for one in found if isinstance(one, Damage)]
        self._damaged |= {segment.begin for segment in self._segments for one in damage if segment.begin <= one.begin < segment.end}
        self.damaged_bytes += sum(one.end - one.begin for one in damage if one.begin not in self._counted)
        self._counted |= {one.begin for one in damage}
        return [one.content for one in found if isinstance(one, Frame)]

    def done(self) -> None:
        """Note that the part that was cut is in the store, and forget its files; files with damage are kept under another name."""
        self._move(Cursor(self.cursor.cut, self.cursor.cut))
        self._waiting_since = self._cut_at
        self._counted.clear()
        while len(self._segments) > 1 and self._segments[0].end <= self.cursor.done:
            gone = self._segments.pop(0)
            if gone.begin in self._damaged:
                gone.path.rename(gone.path.with_suffix(".damaged"))
            else:
                gone.path.unlink(missing_ok=True)

    def _read(self, begin: int, end: int, limit: int | None) -> list[Frame | Damage]:
        """Read frames up to `end`; with a limit at least one and else those that fit."""
        found: list[Frame | Damage] = []
        for segment in list(self._segments):
            at = max(begin, segment.begin)
            if at >= min(end, segment.end):
                continue
            length = min(end, segment.end) - at
            part = self._whole_frames(segment, at, length, limit)
            found += part
            if limit is not None:
                limit -= sum(one.end - one.begin for one in part)
                if limit <= 0 or part[-1].end < at + length:
                    break
        return found

    def _whole_frames(self, segment: Segment, at: int, length: int, limit: int | None) -> list[Frame | Damage]:
        """Read at most `limit` bytes of frames; what the limit cut off is no damage, so more is read if nothing was whole."""
        wanted = length if limit is None else min(length, limit)
        while True:
            found = list(frames(segment.read(at, wanted), at))
            if wanted >= length:
                return found
            whole = found[:-1] if isinstance(found[-1], Damage) else found
            if whole:
                return whole
            wanted = min(length, wanted * 4)

    def _open(self) -> None:
        self._segments = find_segments(self.folder)
        known = read_cursor(self.folder)
        if self._segments:
            self.torn_bytes = cut_torn_end(self._segments[-1])
        else:
            begin = known.cut if known else 0
            self._segments.append(new_segment(self.folder, begin))
        begin, end = self._segments[0].begin, self.end
        done = min(max(known.done, begin), end) if known else begin
        self.cursor = Cursor(done, min(max(known.cut, done), end) if known else done)

    def _taken_lock(self) -> int:
        handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise SpoolError(f"cannot open the spool {self.folder}: another process uses it; give this one a --spool of its own") from None
        return handle

    def _next_segment(self) -> Segment:
        segment = new_segment(self.folder, self.end)
        with self._written:
            self._segments.append(segment)
        return segment

    @staticmethod
    def _write(segment: Segment, contents: Sequence[bytes]) -> None:
        at, parts = segment.end, []
        for content in contents:
            parts.append(framed(at, content))
            at += len(parts[-1])
        with segment.path.open("r+b", buffering=0) as file:
            file.seek(segment.end - segment.begin)
            whole = memoryview(b"".join(parts))
            while whole:
                whole = whole[file.write(whole) :]
            os.fsync(file.fileno())

    def _take_back(self, segment: Segment) -> None:
        """Remove what a failed write left. A file whose fsync failed is left alone from then on: the kernel may have dropped its pages."""
        try:
            truncate(segment, segment.end)
            if segment.end > segment.begin:
                self._next_segment()
        except OSError:
            return  # the next append writes over it, and a torn end is cut at the next start

    def _move(self, cursor: Cursor) -> None:
        try:
            write_cursor(self.folder, cursor)
        except OSError as cause:
            raise SpoolError(f"cannot write to the spool {self.folder}: {cause.strerror or cause}") from None
        self.cursor = cursor
