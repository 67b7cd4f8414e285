"""Bring what the spool holds into ClickHouse, for as long as it takes."""

import random
import threading
import time
from collections.abc import Callable, Sequence

from auditradar.ingest.delivery import Deliverer
from auditradar.ingest.dsn import parse_dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import AuditRadarError, QueryError
from auditradar.ingest.ledger import Ledger
from auditradar.ingest.patience import Patience
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import ensure_schema
from auditradar.ingest.serve.batches import Group, Places, groups_of, identity_of
from auditradar.ingest.serve.logs import log
from auditradar.ingest.serve.metrics import Metrics
from auditradar.ingest.serve.part import PartState
from auditradar.ingest.serve.single import OneByOne
from auditradar.ingest.settings import Settings
from auditradar.ingest.spool import Spool
from auditradar.ingest.spool.parcel import Parcel, from_bytes

CUT_BYTES = 64 << 20
GATHER_SECONDS = 0.1  # a pause in which nothing came ends the gathering for a batch
LONGEST_GATHERING = 0.5
GATHERED_BYTES = 16 << 20  # as much is worth a batch at once
MOST_PAUSE = 8.0  # an attempt costs one connection; this is how long an outage lasts beyond its end
REFUSALS = 4  # of the same part of the spool, after which its bodies are delivered one by one
ONCE = Patience(0)
"""Failures come up to the loop, which says so, makes longer and longer pauses, and opens the engine anew."""


class Drain:
    """Deliver the spool in order.

    Any failure is tried again with longer pauses, for ever: the spool keeps what was accepted, and senders are told when it is full.
    """

    name = "delivery"

    def __init__(self, settings: Settings, spool: Spool, metrics: Metrics) -> None:
        self._settings, self._spool, self._metrics = settings, spool, metrics
        self._dsn = parse_dsn(settings.dsn)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="delivery", daemon=True)
        self._failure = ""
        self._failed_since = 0.0
        self._refusals = 0
        self._rejected = 0
        self._rested_at = 0.0

    def start(self) -> None:
        """Begin delivering."""
        self._thread.start()

    def stop(self, deadline_seconds: float) -> None:
        """Deliver what waits, if the deadline and ClickHouse allow; the rest stays in the spool."""
        self._stopping.set()
        self._spool.wake()
        if self._thread.is_alive():
            self._thread.join(deadline_seconds)

    def state(self) -> PartState:
        """Say whether the last attempt worked."""
        waiting = f"{self._spool.waiting_bytes:,} bytes wait in the spool"
        if self._rejected:
            waiting += f"; {self._rejected} bodies were refused by ClickHouse and are in `rejected`"
        if not self._failure:
            return PartState(ok=True, words=waiting)
        return PartState(ok=False, words=f"{self._failure}; failing for {time.monotonic() - self._failed_since:.0f} s; {waiting}")

    def _run(self) -> None:
        pause = 0.5
        while not self._finished():
            try:
                with Engine(self._dsn) as engine:
                    ensure_schema(engine)
                    sync_rules(engine, self._settings)
                    self._deliver(engine, self._recovered)
            except Exception as error:  # noqa: BLE001  # whatever it is, what was accepted stays in the spool and is tried again
                self._failed(error)
                if self._stopping.wait(pause * random.uniform(0.8, 1.2)):  # noqa: S311  # spreads attempts, keeps no secret
                    return
                pause = min(pause * 2, MOST_PAUSE)
            else:
                pause = 0.5

    def _finished(self) -> bool:
        return self._stopping.is_set() and self._spool.waiting_bytes == 0

    def _deliver(self, engine: Engine, on_success: Callable[[], None]) -> None:
        """Deliver until it is time to stop; raise whatever went wrong."""
        ledgers = _Ledgers(engine)
        places = Places()
        careful = True  # the first cut may have been delivered, or in part, before
        with Deliverer(engine, ledgers.of, self._settings.workers, ONCE) as deliverer:
            while not self._finished():
                if self._spool.wait(1.0):
                    self._gather()
                    began = time.monotonic()
                    self._deliver_cut(deliverer, ledgers, places, careful=careful)
                    self._rested_at = 2 * time.monotonic() - began
                    careful = False
                on_success()

    def _gather(self) -> None:
        """Wait while more keeps coming, and as long as the last insert took: what one costs by itself is paid once for all."""
        longest, before = time.monotonic() + LONGEST_GATHERING, -1
        while (waiting := self._spool.waiting_bytes) < GATHERED_BYTES and not self._stopping.is_set():
            if time.monotonic() > (longest if waiting > before else min(longest, self._rested_at)):
                return
            before = waiting
            time.sleep(GATHER_SECONDS)

    def _deliver_cut(self, deliverer: Deliverer, ledgers: "_Ledgers", places: Places, *, careful: bool) -> None:
        """Deliver the next part of the spool; what was refused again and again body by body, with some of what waits behind it."""
        cut = self._spool.cut(CUT_BYTES)
        refused = self._refusals >= REFUSALS
        if refused and cut.cut - cut.done <= CUT_BYTES:
            self._spool.widen(CUT_BYTES)
        parcels = self._parcels()
        single = OneByOne(deliverer, ledgers.of, places)
        if refused:
            self._count_rejected(single.deliver(groups_of(parcels)))
        else:
            for group in groups_of(parcels):
                self._deliver_group(group, deliverer, ledgers, places, single if careful else None)
        deliverer.finish()
        self._spool.done()
        self._refusals = 0
        self._metrics.count_stored(deliverer.written)
        deliverer.written.clear()
        for parcel in parcels:
            self._metrics.count_lag(parcel.cluster, parcel.received_at)

    def _deliver_group(self, group: Group, deliverer: Deliverer, ledgers: "_Ledgers", places: Places, single: OneByOne | None) -> None:
        """Queue a group; with `single` it may have been delivered before, as it is or body by body."""
        ledger = ledgers.of(group[0].cluster)
        if single is not None and single.was_begun(group):
            deliverer.finish()
            self._count_rejected(single.deliver([group]))
        elif single is None or not ledger.holds(group[0].source, identity_of(group)[1]):
            deliverer.submit(places.batch(group, ledger))

    def _parcels(self) -> list[Parcel]:
        damaged = self._spool.damaged_bytes
        parcels = [from_bytes(content) for content in self._spool.contents()]
        self._tell_damage(self._spool.damaged_bytes - damaged)
        return parcels

    def _count_rejected(self, parcels: Sequence[Parcel]) -> None:
        self._rejected += len(parcels)
        for parcel in parcels:
            self._metrics.refused.labels(parcel.cluster).inc()

    def _tell_damage(self, size: int) -> None:
        if size:
            self._metrics.damaged.inc(size)
            log.error("the spool is damaged: these bytes are not delivered, their file is kept", extra={"facts": {"bytes": size}})

    def _failed(self, error: Exception) -> None:
        self._metrics.failures.labels(self.name).inc()
        self._refusals = self._refusals + 1 if isinstance(error, QueryError) else 0
        known = isinstance(error, AuditRadarError)
        words = str(error) if known else " ".join(f"{type(error).__name__}: {error}".split())
        if not self._failure:
            self._failed_since = time.monotonic()
        if words != self._failure:
            log.error("delivery failed and is tried again", extra={"facts": {"cause": words}}, exc_info=None if known else error)
        self._failure = words

    def _recovered(self) -> None:
        if self._failure:
            log.info("delivery works again", extra={"facts": {"after_seconds": round(time.monotonic() - self._failed_since)}})
            self._failure = ""


class _Ledgers:
    """Hold the ledger of each cluster that sends."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._ledgers: dict[str, Ledger] = {}

    def of(self, cluster: str) -> Ledger:
        """Give the ledger of a cluster."""
        if cluster not in self._ledgers:
            self._ledgers[cluster] = Ledger(self._engine, cluster, ONCE)
        return self._ledgers[cluster]
