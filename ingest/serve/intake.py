"""Bring parcels into the spool, many with one fsync, and know those that came already."""

import contextlib
import threading
import time
from collections import OrderedDict
from concurrent.futures import Future
from queue import Empty, SimpleQueue

from auditradar.ingest.errors import SpoolError, SpoolFullError, TooLongError
from auditradar.ingest.spool import Spool
from auditradar.ingest.spool.frames import OVERHEAD
from auditradar.ingest.spool.parcel import Parcel, to_bytes

REMEMBERED = 16_384  # bodies; a sender that missed an answer comes back within seconds
GROUP_BYTES = 32 << 20
FORGET_SECONDS = 60.0  # after which a failure is no reason any more to be sent nothing: only another body shows whether it holds
Key = tuple[str, str, str, str]
Waiting = tuple[Key, bytes, Future[None]]


class Intake:
    """Queue parcels for one thread that writes the spool.

    While one group is being brought to disk the next one gathers, so that many senders share an fsync and one sender waits for none.
    """

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._waiting: SimpleQueue[Waiting | None] = SimpleQueue()
        self._recent: OrderedDict[Key, Future[None]] = OrderedDict()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="spool", daemon=True)
        self._thread.start()
        self._refusal: tuple[SpoolError, int, float] | None = None

    @property
    def failure(self) -> str:
        """Say why bodies were refused last; nothing once there is room, something was written, or a minute is over."""
        if self._refusal is None:
            return ""
        cause, size, at = self._refusal
        over = self._spool.has_room(size) if isinstance(cause, SpoolFullError) else time.monotonic() - at > FORGET_SECONDS
        return "" if over else str(cause)

    def check_room(self, size: int) -> None:
        """Refuse a body that cannot fit before work is spent on it; SpoolFullError."""
        if self._spool.waiting_bytes and not self._spool.has_room(size):
            full = SpoolFullError(f"cannot spool {size} bytes: {self._spool.waiting_bytes} of {self._spool.limit} wait already")
            self._refusal = full, size, time.monotonic()
            raise full

    def put(self, parcel: Parcel) -> tuple[Future[None], bool]:
        """Queue a parcel; the future is done when it is on disk. True with it: the same body came before, and is not kept twice.

        TooLongError where the spool could not give it back.
        """
        key = (parcel.cluster, parcel.component, parcel.platform, parcel.content_hash)
        content = to_bytes(parcel)
        if len(content) + OVERHEAD > self._spool.limit:
            raise TooLongError(f"it takes {len(content):,} bytes of a spool of {self._spool.limit:,} ([serve] spool_bytes)")
        with self._lock:
            known = self._recent.get(key)
            if known is not None:
                return known, True
            written: Future[None] = Future()
            self._recent[key] = written
            if len(self._recent) > REMEMBERED:
                self._recent.popitem(last=False)
        self._waiting.put((key, content, written))
        return written, False

    def stop(self, seconds: float) -> None:
        """Write what is queued and end."""
        self._waiting.put(None)
        self._thread.join(seconds)

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            group, size, last = [first], len(first[1]), False
            with contextlib.suppress(Empty):
                while size < GROUP_BYTES and not last:
                    further = self._waiting.get_nowait()
                    last = further is None
                    if further is not None:
                        group.append(further)
                        size += len(further[1])
            self._write(group)
            if last:
                return

    def _write(self, group: list[Waiting]) -> None:
        """Write a group; where it does not fit as a whole, what fits of it."""
        try:
            self._spool.append([content for _, content, _ in group])
        except SpoolFullError as full:
            if len(group) > 1:
                self._write(group[: len(group) // 2])
                self._write(group[len(group) // 2 :])
            else:
                self._refuse(group, full)
        except SpoolError as failure:
            self._refuse(group, failure)
        except Exception as error:  # noqa: BLE001  # without this thread nobody would ever be answered again
            self._refuse(group, SpoolError(f"cannot write to the spool: {' '.join(f'{type(error).__name__}: {error}'.split())}"))
        else:
            self._refusal = None
            for _, _, written in group:
                written.set_result(None)

    def _refuse(self, group: list[Waiting], failure: SpoolError) -> None:
        """Tell all senders of a group; their bodies are taken when they come again."""
        self._refusal = failure, sum(len(content) for _, content, _ in group), time.monotonic()
        with self._lock:
            for key, _, _ in group:
                self._recent.pop(key, None)
        for _, _, written in group:
            written.set_exception(failure)
