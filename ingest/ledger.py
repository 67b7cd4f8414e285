"""Keep the ledger: which batches the store has, and the hash chain over them."""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Any

import orjson

from auditradar.ingest.engine import Engine
from auditradar.ingest.patience import Patience
from auditradar.ingest.proof.projection import rules_hash_of
from auditradar.sql import query

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PROGRAM = version("auditradar")
SPAN = 1 << 20
"""Offsets that are asked for together: a live file comes in thousands of small batches."""
SPANS_KEPT = 16


@dataclass(frozen=True, slots=True)
class Part:
    """Be what was recorded of a batch's records of one kind and month: how many, and the digest of them (digest_of)."""

    kind: str
    month: str
    records: int
    digest: str

    def __str__(self) -> str:
        return f"{self.kind} {self.month} {self.records} {self.digest}"


@dataclass(frozen=True, slots=True)
class Entry:
    """Be one row of `batches`; moments are microseconds since 1970, None where the batch holds no event."""

    cluster: str
    source: str
    component: str
    batch_id: str
    first_offset: int
    bytes: int
    first_position: int
    records: int
    rejected: int
    redacted: int
    excluded: int
    first_event_at: int | None
    last_event_at: int | None
    content_hash: str
    parts: tuple[Part, ...] = ()
    rules_hash: str = ""
    previous_hash: str = ""
    chain_hash: str = ""
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """Be what the engine saw of a batch; moments in microseconds since 1970, `component` the one with most records."""

    events: int
    rejected: int
    redacted: int
    first_event_at: int | None
    last_event_at: int | None
    component: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """Be one of the last batches of a source; `last_event_at` is in microseconds since 1970, None without events."""

    first_offset: int
    bytes: int
    first_position: int
    content_hash: str
    last_event_at: int | None


def batch_id_of(cluster: str, content_hash: str, variant: str = "") -> str:
    """Name a batch by its content; `variant` tells apart deliberate repetitions of the same bytes."""
    return hashlib.sha256("\0".join((cluster, content_hash, variant)).encode()).hexdigest()


def chain_hash_of(entry: Entry) -> str:
    """Hash an entry with the hash of the one before it: fields in order of the dataclass, one a line, None as nothing, parts with commas.

    sql/queries/proof/ledger.sql computes the same of the stored rows.
    """
    facts = asdict(entry) | {"parts": ",".join(map(str, entry.parts))}
    del facts["chain_hash"]
    text = "\n".join("" if value is None else str(value) for value in facts.values())
    return hashlib.sha256(text.encode()).hexdigest()


class Ledger:
    """Read and extend the ledger of one cluster; without `patience` every error is raised at once."""

    def __init__(self, engine: Engine, cluster: str, patience: Patience | None = None) -> None:
        self._engine = engine
        self._cluster = cluster
        self._patience = patience or Patience(0)
        self._spans: OrderedDict[int, dict[int, dict[int, set[str]]]] = OrderedDict()
        self._rules_hash = self._patience.tried(lambda: rules_hash_of(engine))

    def known_at(self, offset: int) -> dict[int, set[str]]:
        """Give the batches that begin at an offset of any source: ids by length in bytes."""
        first = offset - offset % SPAN
        if first not in self._spans:
            self._spans[first] = self._span(first)
            if len(self._spans) > SPANS_KEPT:
                self._spans.popitem(last=False)
        self._spans.move_to_end(first)
        return self._spans[first].get(offset, {})

    def _span(self, first: int) -> dict[int, dict[int, set[str]]]:
        found: dict[int, dict[int, set[str]]] = {}
        for offset, length, batch in self._rows("ledger/known", {"first": first, "behind": first + SPAN}):
            found.setdefault(offset, {}).setdefault(length, set()).add(batch)
        return found

    def recent(self, source: str, limit: int) -> list[Delivered]:
        """List the last batches of a source, the newest first."""
        rows = self._rows("ledger/recent", {"source": source, "limit": limit})
        return [Delivered(offset, length, line, digest, _micros(moment)) for offset, length, line, digest, moment in rows]

    def begun(self, batch_ids: Sequence[str]) -> set[str]:
        """Tell which batches left rows in the store, in the ledger or not."""
        return {row[0] for row in self._rows("ledger/begun", {"batch_ids": list(batch_ids)})}

    def facts(self, batch_id: str) -> Facts:
        """Ask the engine what it saw of a batch that was just inserted."""
        rows = self._rows("ledger/facts", {"batch_id": batch_id})
        events, rejected, redacted, first, last, component = rows[0]
        return Facts(events, rejected, redacted, _micros(first), _micros(last), component)

    def append(self, entry: Entry) -> Entry:
        """Chain an entry to its source's last one and write it; all rows of the batch are in the store by now.

        Another process may load the same source at this moment. So the head is read anew for each entry, and only then whether the other
        has entered this very batch: then its row stands. What both write at once is the same row, or two rows that follow the same one.
        """
        sequence, previous = self._head(entry.source)
        if entered := self._rows("ledger/entered", {name: getattr(entry, name) for name in ("source", "first_offset", "batch_id")}):
            return replace(entry, sequence=entered[0][0], chain_hash=entered[0][1])
        parts = tuple(Part(*row) for row in self._rows("ledger/parts", {"batch_id": entry.batch_id}))
        chained = replace(entry, parts=parts, rules_hash=self._rules_hash, sequence=sequence + 1, previous_hash=previous)
        chained = replace(chained, chain_hash=chain_hash_of(chained))
        self._write(chained)
        self._remember(chained)
        return chained

    def _remember(self, entry: Entry) -> None:
        """Add an entry to what was read; what was not is read with it when it is asked for."""
        span = self._spans.get(entry.first_offset - entry.first_offset % SPAN)
        if span is not None:
            span.setdefault(entry.first_offset, {}).setdefault(entry.bytes, set()).add(entry.batch_id)

    def end_of(self, source: str) -> tuple[int, int]:
        """Give the offset behind the last batch of a source, and the position of the next record; 0 and 1 for a new source."""
        rows = self._rows("ledger/end", {"source": source})
        return (rows[0][0], rows[0][1]) if rows else (0, 1)

    def holds(self, source: str, batch_id: str) -> bool:
        """Tell whether a batch of this source is in the ledger."""
        return bool(self._rows("ledger/batch", {"source": source, "batch_id": batch_id}))

    def _head(self, source: str) -> tuple[int, str]:
        rows = self._rows("ledger/head", {"source": source})
        return (rows[0][0], rows[0][1]) if rows else (0, "")

    def _write(self, entry: Entry) -> None:
        self._patience.tried(lambda: self._insert(entry))

    def _insert(self, entry: Entry) -> None:
        row = asdict(entry) | {"loaded_at": _text(_now()), "loader": PROGRAM}
        for moment in ("first_event_at", "last_event_at"):
            row[moment] = None if row[moment] is None else _text(row[moment])
        self._engine.insert("batches", tuple(row), orjson.dumps(row), "JSONEachRow")

    def _rows(self, name: str, parameters: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        statement = query(name).text
        return self._patience.tried(lambda: self._engine.rows(statement, {"cluster": self._cluster, **parameters}))


def _now() -> int:
    return _micros(datetime.now(UTC)) or 0


def _micros(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - EPOCH) // timedelta(microseconds=1)


def _text(micros: int) -> str:
    return (EPOCH + timedelta(microseconds=micros)).strftime("%Y-%m-%d %H:%M:%S.%f")
