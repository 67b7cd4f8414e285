"""Count what the process does, for Prometheus; each process has a registry of its own."""

import time
from collections.abc import Callable, Iterable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from auditradar.ingest.ledger import Entry
from auditradar.ingest.spool.parcel import Parcel

ANSWER_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
MICRO = 1_000_000

disable_created_metrics()  # type: ignore[no-untyped-call]  # its only untyped function; a second series of each number, which nobody asks for


class Metrics:
    """Hold every number; names and labels are public."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        cluster = ("cluster",)
        self.answers = Counter("auditradar_answers", "Answers to senders.", ("cluster", "status"), registry=registry)
        self.answer_seconds = Histogram(
            "auditradar_answer_seconds", "Time from the head of a request to its answer.", buckets=ANSWER_SECONDS, registry=registry
        )
        self.received = Counter("auditradar_received_records", "Records accepted: on disk in the spool.", cluster, registry=registry)
        self.received_bytes = Counter("auditradar_received_bytes", "Bytes of accepted bodies, decompressed.", cluster, registry=registry)
        self.duplicates = Counter(
            "auditradar_duplicate_bodies", "Bodies that came again and were not kept twice.", cluster, registry=registry
        )
        self.stored = Counter("auditradar_stored_events", "Events in ClickHouse and in the ledger.", cluster, registry=registry)
        self.rejected = Counter("auditradar_rejected_records", "Records that could not be read; they are kept.", cluster, registry=registry)
        self.redacted = Counter("auditradar_redacted_records", "Records in which something was redacted.", cluster, registry=registry)
        self.excluded = Counter("auditradar_excluded_records", "Records known to carry nothing.", cluster, registry=registry)
        self.batches = Counter("auditradar_batches", "Batches delivered.", cluster, registry=registry)
        self.newest = Gauge("auditradar_newest_event_timestamp_seconds", "Newest event stored by this process.", cluster, registry=registry)
        self.lag = Histogram(
            "auditradar_store_lag_seconds", "Time from the receipt of a body to its batch being stored.", cluster, registry=registry
        )
        self.failures = Counter("auditradar_failures", "Attempts that failed and are made again.", ("part",), registry=registry)
        self.refresh_seconds = Gauge("auditradar_refresh_seconds", "Duration of the last refresh of the derivations.", registry=registry)
        self.refreshed_at = Gauge("auditradar_refreshed_timestamp_seconds", "When the derivations were refreshed last.", registry=registry)
        self.damaged = Counter("auditradar_spool_damaged_bytes", "Bytes of the spool that a checksum refused.", registry=registry)
        self.refused = Counter(
            "auditradar_refused_bodies",
            "Bodies that ClickHouse refused, stored as rejected.",
            cluster,
            registry=registry,
        )
        self.part_ok = Gauge("auditradar_part_ok", "1 while a part of the process does its work.", ("part",), registry=registry)

    def watch(self, name: str, words: str, value: Callable[[], float]) -> None:
        """Add a number that is asked for when somebody looks."""
        Gauge(name, words, registry=self.registry).set_function(value)

    def count_parcel(self, parcel: Parcel) -> None:
        """Count a parcel that is on disk."""
        self.received.labels(parcel.cluster).inc(len(parcel.decoded.records) + parcel.decoded.excluded)
        self.received_bytes.labels(parcel.cluster).inc(parcel.bytes)

    def count_stored(self, entries: Iterable[Entry]) -> None:
        """Count batches that are in the store and in its ledger."""
        for entry in entries:
            self.batches.labels(entry.cluster).inc()
            self.stored.labels(entry.cluster).inc(entry.records - entry.rejected - entry.excluded)
            self.rejected.labels(entry.cluster).inc(entry.rejected)
            self.redacted.labels(entry.cluster).inc(entry.redacted)
            self.excluded.labels(entry.cluster).inc(entry.excluded)
            if entry.last_event_at is not None:
                self.newest.labels(entry.cluster).set(entry.last_event_at / MICRO)

    def count_lag(self, cluster: str, received_at: int) -> None:
        """Note how long a body waited until it was stored."""
        self.lag.labels(cluster).observe(max(0.0, time.time() - received_at / MICRO))

    def page(self) -> bytes:
        """Write everything in Prometheus' text format."""
        return generate_latest(self.registry)
