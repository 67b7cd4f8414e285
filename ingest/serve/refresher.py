"""Refresh the derivations of an embedded engine when something new came; a server's views refresh themselves."""

import threading
import time
from collections.abc import Sequence
from typing import Any

from auditradar.ingest.dsn import parse_dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import AuditRadarError
from auditradar.ingest.refresh import refresh
from auditradar.ingest.serve.logs import log
from auditradar.ingest.serve.metrics import Metrics
from auditradar.ingest.serve.part import PartState
from auditradar.ingest.settings import Settings
from auditradar.sql import query

SHARE = 9  # a refresh that takes long is done less often: no more than a tenth of the time goes into it, inserts need the rest


class Refresher:
    """Refresh every so often while batches arrive, by whatever road."""

    name = "refresher"

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._dsn = parse_dsn(settings.dsn)
        self._seconds = settings.serve.refresh.total_seconds()
        self._metrics = metrics
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="refresher", daemon=True)
        self._state = PartState(ok=True, words="nothing new yet")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, deadline_seconds: float) -> None:
        """End; a refresh that runs is waited for."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(deadline_seconds)

    def state(self) -> PartState:
        """Say when the derivations were refreshed and how long it took."""
        return self._state

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with Engine(self._dsn) as engine:
                    self._watch(engine)
            except Exception as error:  # noqa: BLE001  # whatever it is, it is said and tried again: nobody sees a thread that ended
                self._failed(error)
                self._stopping.wait(self._seconds)

    def _failed(self, error: Exception) -> None:
        known = isinstance(error, AuditRadarError)
        words = str(error) if known else " ".join(f"{type(error).__name__}: {error}".split())
        self._metrics.failures.labels(self.name).inc()
        if self._state.ok:
            log.error("the refresh failed and is tried again", extra={"facts": {"cause": words}})
        self._state = PartState(ok=False, words=words)

    def _watch(self, engine: Engine) -> None:
        """Refresh when the ledger has grown; what an earlier process left is refreshed at once."""
        seen: Sequence[Any] = ()
        pause = 0.0
        while not self._stopping.wait(pause):
            began = time.monotonic()
            newest = engine.rows(query("ledger/newest").text)[0]
            if newest != seen:
                refresh(engine)
                seen = newest
                self._done(time.monotonic() - began)
            pause = max(self._seconds, SHARE * (time.monotonic() - began))

    def _done(self, seconds: float) -> None:
        self._metrics.refresh_seconds.set(seconds)
        self._metrics.refreshed_at.set(time.time())
        self._state = PartState(ok=True, words=f"refreshed in {seconds:.2f} s")
