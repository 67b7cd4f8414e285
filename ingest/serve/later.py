"""Start a part that needs ClickHouse as soon as ClickHouse is there."""

import threading
import time

from auditradar.ingest.errors import AuditRadarError, UnreachableError
from auditradar.ingest.serve.logs import log
from auditradar.ingest.serve.part import Part, PartState

AGAIN_SECONDS = 5.0


class Later:
    """Be a part that waits for a server which is away when the process starts; everything else that is wrong is raised."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._stopping = threading.Event()
        self._waiting: threading.Thread | None = None
        self._cause = ""

    @property
    def name(self) -> str:
        """Give the name of the part."""
        return self._part.name

    def start(self) -> None:
        """Start the part, or a thread that will."""
        try:
            self._part.start()
        except UnreachableError as cause:
            self._cause = str(cause)
            self._waiting = threading.Thread(target=self._start_later, name=f"{self.name}-later", daemon=True)
            self._waiting.start()

    def stop(self, deadline_seconds: float) -> None:
        """Stop the part, or give up waiting."""
        ends = time.monotonic() + deadline_seconds
        self._stopping.set()
        if self._waiting is not None:
            self._waiting.join(deadline_seconds)
        self._part.stop(max(0.1, ends - time.monotonic()))

    def state(self) -> PartState:
        """Say how the part is, or what it waits for."""
        return PartState(ok=False, words=self._cause) if self._cause else self._part.state()

    def _start_later(self) -> None:
        while not self._stopping.wait(AGAIN_SECONDS):
            try:
                self._part.start()
            except AuditRadarError as cause:
                self._cause = str(cause)
            else:
                self._cause = ""
                log.info("a part has started, now that ClickHouse is there", extra={"facts": {"part": self.name}})
                return
