"""Bring parcels into the spool, many with one fsync, and know those that came already."""

import contextlib
import threading
from collections import OrderedDict
from concurrent.futures import Future
from queue import Empty, SimpleQueue

from auditradar.ingest.errors import SpoolError
from auditradar.ingest.spool import Spool
from auditradar.ingest.spool.parcel import Parcel, to_bytes

REMEMBERED = 16_384  # bodies; a sender that missed an answer comes back within seconds
GROUP_BYTES = 32 << 20
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
        self.failure = ""

    def put(self, parcel: Parcel) -> tuple[Future[None], bool]:
        """Queue a parcel; the future is done when it is on disk. True with it: the same body came before, and is not kept twice.

        TooLongError where the spool could not give it back.
        """
        key = (parcel.cluster, parcel.component, parcel.platform, parcel.content_hash)
        content = to_bytes(parcel)
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
        try:
            self._spool.append([content for _, content, _ in group])
        except SpoolError as failure:
            self._failed(group, failure)
        except Exception as error:  # noqa: BLE001  # without this thread nobody would ever be answered again
            self._failed(group, SpoolError(f"cannot write to the spool: {' '.join(f'{type(error).__name__}: {error}'.split())}"))
        else:
            self.failure = ""
            for _, _, written in group:
                written.set_result(None)

    def _failed(self, group: list[Waiting], failure: SpoolError) -> None:
        """Tell all senders of a group; their bodies are taken when they come again."""
        self.failure = str(failure)
        with self._lock:
            for key, _, _ in group:
                self._recent.pop(key, None)
        for _, _, written in group:
            written.set_exception(failure)
