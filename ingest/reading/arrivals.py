"""Tell which requests came into the store since one looked last.

The ledger says it: a batch is written there when all its rows can be read, whenever its events happened. A clock of the events or of
the loader would miss what comes late.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from auditradar.ingest.reading.filters import EventFilter
from auditradar.ingest.reading.period import engine_time
from auditradar.ingest.reading.reader import ALL, Reader
from auditradar.ingest.reading.result import Row

OVERLAP = timedelta(minutes=2)
"""How much later a ledger row may become readable than its own time says: loaders have clocks of their own."""
BATCHES_AT_ONCE = 200
REMEMBERED = 200_000
"""Requests that are remembered as shown; one that ends hours later, or comes by a second road, is not shown again."""


class Arrivals:
    """Look again and again; `poll` gives every request that matches a filter once."""

    def __init__(self, reader: Reader, wanted: EventFilter) -> None:
        self._reader = reader
        self._wanted = wanted
        self._since = datetime(1970, 1, 1, tzinfo=UTC)
        self._batches: set[str] = set()
        self._shown: OrderedDict[tuple[str, ...], None] = OrderedDict()
        [newest] = reader.records("tail/newest", {})
        self._forward(datetime.fromisoformat(str(newest["newest"])))
        self._new_batches()

    def recent(self, number: int) -> list[Row]:
        """Give the newest requests that are there already, the oldest first."""
        until = datetime(2200, 1, 1, tzinfo=UTC)
        rows = self._requests(self._wanted, datetime(1970, 1, 1, tzinfo=UTC), until, number) if number else []
        return list(self._fresh(reversed(rows)))

    def poll(self) -> Iterator[Row]:
        """Give what came since, in order of the requests' time."""
        batches = self._new_batches()
        for first in range(0, len(batches), BATCHES_AT_ONCE):
            part = batches[first : first + BATCHES_AT_ONCE]
            moments = [datetime.fromisoformat(str(batch[name])) for batch in part for name in ("first_event_at", "last_event_at")]
            wanted = replace(self._wanted, batch_ids=[str(batch["batch_id"]) for batch in part])
            rows = self._requests(wanted, min(moments), max(moments) + timedelta(microseconds=1), ALL)
            yield from self._fresh(reversed(rows))

    def _requests(self, wanted: EventFilter, since: datetime, until: datetime, limit: int) -> list[Row]:
        parameters = {**wanted.parameters, "since": engine_time(since), "until": engine_time(until), "limit": limit}
        return self._reader.records("listings/requests", parameters)

    def _fresh(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Leave out what was shown, and what has only been received: it comes again with its answer."""
        for row in rows:
            key = tuple(str(row[name]) for name in ("cluster", "requested_at", "audit_id", "component"))
            if row["stage"] == "RequestReceived" or key in self._shown:
                continue
            self._shown[key] = None
            if len(self._shown) > REMEMBERED:
                self._shown.popitem(last=False)
            yield row

    def _new_batches(self) -> Sequence[Mapping[str, object]]:
        rows = self._reader.records("tail/batches", {"since": engine_time(self._since)})
        new = [row for row in rows if row["batch_id"] not in self._batches]
        self._batches = {str(row["batch_id"]) for row in rows}
        if rows:
            self._forward(datetime.fromisoformat(str(rows[-1]["loaded_at"])))
        return [row for row in new if row["first_event_at"] is not None]

    def _forward(self, newest: datetime) -> None:
        self._since = max(self._since, newest - OVERLAP)
