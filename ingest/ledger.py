"""Keep the ledger: which batches the store has, and the hash chain over them."""

import hashlib
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

import orjson

from auditradar.ingest.engine import Engine
from auditradar.ingest.proof.projection import rules_hash_of
from auditradar.sql import query

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PROGRAM = version("auditradar")


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
    """Be what the engine saw of a batch; moments in microseconds since 1970."""

    events: int
    rejected: int
    redacted: int
    first_event_at: int | None
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
    """Read and extend the ledger of one cluster."""

    def __init__(self, engine: Engine, cluster: str) -> None:
        self._engine = engine
        self._cluster = cluster
        self._known: dict[int, dict[int, set[str]]] = {}
        self._heads: dict[str, tuple[int, str]] = {}
        self._rules_hash = rules_hash_of(engine)

    def known_at(self, offset: int) -> dict[int, set[str]]:
        """Give the batches that begin at an offset of any source: ids by length in bytes, shortest first."""
        if offset not in self._known:
            found: dict[int, set[str]] = {}
            for length, batch in self._engine.rows(query("ledger/known").text, {"cluster": self._cluster, "first_offset": offset}):
                found.setdefault(length, set()).add(batch)
            self._known[offset] = found
        return self._known[offset]

    def facts(self, batch_id: str) -> Facts:
        """Ask the engine what it saw of a batch that was just inserted."""
        rows = self._engine.rows(query("ledger/facts").text, {"cluster": self._cluster, "batch_id": batch_id})
        events, rejected, redacted, first, last = rows[0]
        return Facts(events, rejected, redacted, _micros(first), _micros(last))

    def append(self, entry: Entry) -> Entry:
        """Chain an entry to its source's last one and write it; all rows of the batch are in the store by now."""
        sequence, previous = self._head(entry.source)
        parts = tuple(Part(*row) for row in self._engine.rows(query("ledger/parts").text, _named(entry)))
        chained = replace(entry, parts=parts, rules_hash=self._rules_hash, sequence=sequence + 1, previous_hash=previous)
        chained = replace(chained, chain_hash=chain_hash_of(chained))
        self._write(chained)
        self._heads[entry.source] = (chained.sequence, chained.chain_hash)
        if entry.first_offset in self._known:  # what was never asked for is not kept: a process that receives all day asks for nothing
            self._known[entry.first_offset].setdefault(entry.bytes, set()).add(entry.batch_id)
        return chained

    def end_of(self, source: str) -> tuple[int, int]:
        """Give the offset behind the last batch of a source, and the position of the next record; 0 and 1 for a new source."""
        rows = self._engine.rows(query("ledger/end").text, {"cluster": self._cluster, "source": source})
        return (rows[0][0], rows[0][1]) if rows else (0, 1)

    def holds(self, source: str, batch_id: str) -> bool:
        """Tell whether a batch of this source is in the ledger."""
        found = self._engine.rows(query("ledger/batch").text, {"cluster": self._cluster, "source": source, "batch_id": batch_id})
        return bool(found)

    def _head(self, source: str) -> tuple[int, str]:
        if source not in self._heads:
            rows = self._engine.rows(query("ledger/head").text, {"cluster": self._cluster, "source": source})
            self._heads[source] = (rows[0][0], rows[0][1]) if rows else (0, "")
        return self._heads[source]

    def _write(self, entry: Entry) -> None:
        row = asdict(entry) | {"loaded_at": _text(_now()), "loader": PROGRAM}
        for moment in ("first_event_at", "last_event_at"):
            row[moment] = None if row[moment] is None else _text(row[moment])
        self._engine.insert("batches", tuple(row), orjson.dumps(row), "JSONEachRow")


def _named(entry: Entry) -> dict[str, str]:
    return {"cluster": entry.cluster, "batch_id": entry.batch_id}


def _now() -> int:
    return _micros(datetime.now(UTC)) or 0


def _micros(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - EPOCH) // timedelta(microseconds=1)


def _text(micros: int) -> str:
    return (EPOCH + timedelta(microseconds=micros)).strftime("%Y-%m-%d %H:%M:%S.%f")
