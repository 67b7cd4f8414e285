"""Deliver batches: insert, then write the ledger, exactly once.

The insert carries the batch id as deduplication token and every table behind `landing` remembers tokens, so a batch that is sent
again after a crash between the two steps changes nothing.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from clickhouse_connect.driver.client import Client

from auditradar.ingest.engine import Engine, translated
from auditradar.ingest.envelopes.records import Decoded
from auditradar.ingest.ledger import Entry, Ledger
from auditradar.ingest.patience import Patience
from auditradar.ingest.rowbinary import LANDING_COLUMNS, Origin, encode_rows

INSERT_SETTINGS = {
    "async_insert": 0,  # batches are made here, and tokens of asynchronous inserts change by version
    "max_insert_threads": 1,  # parallelism comes from several batches
    "max_partitions_per_insert_block": 0,  # a batch may span many months; landing_to_parsed bounds the years
    "deduplicate_blocks_in_dependent_materialized_views": 1,  # on by default only since ClickHouse 26.2
}
LINE_KINDS = ("identity", "access")


@dataclass(frozen=True, slots=True)
class Batch:
    """Be one batch ready for delivery: what its rows share, its records, and the ledger facts that are known before the insert."""

    origin: Origin
    decoded: Decoded
    content_hash: str
    first_offset: int
    bytes: int
    first_position: int


def entrances(decoded: Decoded) -> Iterator[tuple[str, Decoded]]:
    """Give the tables that take records, each with its own: lines have another entrance than events and rejected records."""
    lines = [index for index, note in decoded.notes.items() if note.kind in LINE_KINDS]
    if not lines:
        yield "landing", decoded
        return
    apart = set(lines)
    others = [index for index in range(len(decoded.records)) if index not in apart]
    if others:
        yield "landing", decoded.only(others)
    yield "landing_lines", decoded.only(sorted(lines))


class Deliverer:
    """Insert batches on several clients at once and write their ledger rows in the order of submission.

    `ledger` is that of the one cluster, or finds that of each. `patience` says how long what fails is tried again.
    An error of an insert is raised by the next `submit` or by `finish`; batches behind it are inserted but not in the ledger, so the next
    load sends them again and the engine drops them.
    """

    def __init__(self, engine: Engine, ledger: Ledger | Callable[[str], Ledger], workers: int, patience: Patience | None = None) -> None:
        self._ledger_of: Callable[[str], Ledger] = ledger if callable(ledger) else lambda _: ledger
        self._patience = patience or Patience()
        self._clients: SimpleQueue[Client] = SimpleQueue()
        for _ in range(workers):
            self._clients.put(engine.new_client())
        self._dsn = engine.dsn
        self._workers = workers
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="insert")
        self._waiting: deque[tuple[Batch, Future[None]]] = deque()
        self.submitted = 0
        self.written: list[Entry] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._pool.shutdown(cancel_futures=True)

    def submit(self, batch: Batch) -> None:
        """Queue a batch; waits while as many batches as workers, and one more, are on their way."""
        while len(self._waiting) > self._workers:
            self._commit_oldest()
        self.submitted += 1
        self._waiting.append((batch, self._pool.submit(self._insert, batch)))

    @property
    def unfinished(self) -> int:
        """Count the batches that are not in the ledger yet."""
        return len(self._waiting)

    def finish(self) -> None:
        """Wait until every batch is in the store and in the ledger."""
        while self._waiting:
            self._commit_oldest()

    def _insert(self, batch: Batch) -> None:
        if not batch.decoded.records:
            return  # blank lines, or the rest of a record that was too long: bytes for the ledger, no rows
        client = self._clients.get()
        try:
            self._patience.tried(lambda: self._send(client, batch))
        finally:
            self._clients.put(client)

    def _send(self, client: Client, batch: Batch) -> None:
        settings = INSERT_SETTINGS | {"insert_deduplication_token": batch.origin.batch_id}
        with translated(self._dsn):
            for entrance, decoded in entrances(batch.decoded):
                client.raw_insert(entrance, LANDING_COLUMNS, encode_rows(batch.origin, decoded), fmt="RowBinary", settings=settings)

    def _commit_oldest(self) -> None:
        batch, inserted = self._waiting.popleft()
        inserted.result()
        self.written.append(self._write(batch))

    def _write(self, batch: Batch) -> Entry:
        ledger = self._ledger_of(batch.origin.cluster)
        facts = ledger.facts(batch.origin.batch_id)
        entry = Entry(
            cluster=batch.origin.cluster,
            source=batch.origin.source,
            component=batch.origin.component or facts.component,
            batch_id=batch.origin.batch_id,
            first_offset=batch.first_offset,
            bytes=batch.bytes,
            first_position=batch.first_position,
            records=len(batch.decoded.records) + batch.decoded.excluded,
            rejected=facts.rejected,
            redacted=facts.redacted,
            excluded=batch.decoded.excluded,
            first_event_at=facts.first_event_at,
            last_event_at=facts.last_event_at,
            content_hash=batch.content_hash,
        )
        return ledger.append(entry)


def now_micros() -> int:
    """Give the present as microseconds since 1970."""
    return time.time_ns() // 1000
