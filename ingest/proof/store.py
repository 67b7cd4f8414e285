"""Verify a store: the ledger, the digests that it binds, and the stored rows that the digests prove."""

import secrets
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from auditradar.ingest.engine import Engine
from auditradar.ingest.proof.logs import broken_holds, broken_logs
from auditradar.ingest.proof.projection import comparison_of, rules_hash_of
from auditradar.ingest.proof.result import ORDER, ROWS, Mismatch, StoreProof
from auditradar.ingest.reading.filters import glob_pattern
from auditradar.ingest.reading.period import engine_time
from auditradar.sql import query

EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2106, 1, 1, tzinfo=UTC)
SETTLED_AFTER = timedelta(minutes=15)
"""A batch that came in later and is not in the ledger is still on its way: inserts are tried again for a minute."""
SPILL = {"max_bytes_before_external_group_by": 2_000_000_000, "max_memory_usage": 0}
"""A month of a large cluster does not fit the memory: what is compared goes to disk beyond 2 GB."""

NAMED = {"reclassified": "misclassified"}
"""Rows classified otherwise than today, although the rules are the same, were changed."""


def verify_store(engine: Engine, since: datetime | None = None, until: datetime | None = None, clusters: Sequence[str] = ()) -> StoreProof:
    """Recompute the proof of all records of a period; the ledger, the digests and the logs of retention and holds are always checked whole.

    `clusters` may hold `*`.
    """
    return _Verification(engine, since or EARLIEST, until or LATEST, clusters).run()


class _Verification:
    """Hold what the steps of one verification share."""

    def __init__(self, engine: Engine, since: datetime, until: datetime, clusters: Sequence[str]) -> None:
        self._engine = engine
        self._since = since
        self._until = until
        self._pattern = glob_pattern(clusters)
        self._keys = {"key_a": secrets.randbits(64), "key_b": secrets.randbits(64)}
        self._settled = engine_time(datetime.now(UTC) - SETTLED_AFTER)
        self._rules = rules_hash_of(engine)
        rebuilt = engine.rows(query("proof/rebuilt").text)
        self._rebuilt = (rebuilt[0][0], rebuilt[0][1]) if rebuilt else (EARLIEST, "")
        self._proof = StoreProof(clusters=list(clusters))
        self._found: list[tuple[Any, Mismatch]] = []

    def run(self) -> StoreProof:
        began = time.monotonic()
        proof = self._proof
        proof.since, proof.until = _iso(self._since), _iso(self._until)
        proof.batches = self._engine.rows(query("proof/count").text, {"cluster": self._pattern})[0][0]
        proof.expired = self._engine.rows(query("proof/expired").text, {"cluster": self._pattern})[0][0]
        proof.add(broken_logs(self._engine))
        self._check_ledger()
        self._check_parts()
        for cluster, kind, month, expired_before, _ in self._months():
            self._check_month(cluster, kind, month, expired_before)
        proof.add([found for _, found in sorted(self._found, key=_order)])
        proof.add(broken_holds(self._engine))
        if proof.outdated:
            proof.notes.append(
                f"{proof.outdated} records are classified by earlier rules; auditradar schema rebuild projects them again and proves it"
            )
        if proof.repeated:
            proof.notes.append(
                f"{proof.repeated} records carry another moment of receipt than their digests: "
                "a delivery that was interrupted and sent again leaves that, or two loads of one source at once"
            )
        proof.seconds = time.monotonic() - began
        return proof

    def _check_ledger(self) -> None:
        for problem, cluster, source, sequence, batch_id, loaded_at in self._engine.rows(
            query("proof/ledger").text, {"cluster": self._pattern}
        ):
            self._found.append((loaded_at, Mismatch(problem, cluster, source, sequence, batch_id)))

    def _check_parts(self) -> None:
        rows = self._engine.rows(query("proof/parts").text, {"cluster": self._pattern, "settled": self._settled})
        for problem, cluster, batch_id, kind, _, records, source, sequence, loaded_at in rows:
            self._found.append((loaded_at, Mismatch(problem, cluster, source, sequence, batch_id, kind, records)))

    def _months(self) -> Sequence[Sequence[Any]]:
        named = {"cluster": self._pattern, "since": engine_time(self._since), "until": engine_time(self._until)}
        rows = self._engine.rows(query("proof/months").text, named)
        self._proof.records = sum(row[4] for row in rows)
        return rows

    def _check_month(self, cluster: str, kind: str, month: date, expired_before: date) -> None:
        """Compare the rows of one cluster, kind and month with the digests."""
        text = comparison_of(kind)
        first = datetime(month.year, month.month, 1, tzinfo=UTC)
        after = datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=UTC)
        named = self._keys | {
            "cluster": cluster,
            "since": engine_time(max(first, self._since)),
            "until": engine_time(min(after, self._until)),
            "expired_before": expired_before,
            "settled": self._settled,
        }
        rows = self._engine.rows(text, named, SPILL)
        self._proof.expired += sum(records for problem, _, records, _ in rows if problem == "expired")
        wrong = [row for row in rows if row[0] != "expired"]
        if wrong:
            self._name(cluster, kind, wrong)

    def _name(self, cluster: str, kind: str, rows: Sequence[Sequence[Any]]) -> None:
        """Name the batches of what does not match."""
        named = self._keys | {"cluster": cluster, "hashes": [row[1] for row in rows]}
        batches = {row[0]: row[1:] for row in self._engine.rows(query("proof/batches").text, named)}
        for problem, batch, records, first_at in rows:
            batch_id, source, sequence, loaded_at, rules_hash = batches.get(batch, ("", "", 0, LATEST, ""))
            if problem == "reclassified" and self._rules_of(loaded_at, rules_hash) != self._rules:
                self._proof.outdated += records
                continue
            if problem == "received":
                self._proof.repeated += records
                continue
            hour = first_at.replace(minute=0, second=0, microsecond=0)
            self._found.append(
                (loaded_at, Mismatch(NAMED.get(problem, problem), cluster, source, sequence, batch_id, kind, records, _iso(hour)))
            )

    def _rules_of(self, loaded_at: datetime, rules_hash: str) -> str:
        """Give the rules that classified a batch: those of its load, or of the last rebuild since."""
        rebuilt_at, rebuilt_by = self._rebuilt
        return rebuilt_by if rebuilt_at > loaded_at else rules_hash


def _order(found: tuple[Any, Mismatch]) -> tuple[Any, ...]:
    """Put causes before their consequences: the ledger, then what it binds, then rows; the earliest first."""
    moment, mismatch = found
    root = 0 if mismatch.problem.startswith("ledger") else 2 if mismatch.problem in ROWS else 1
    return root, moment, mismatch.cluster, mismatch.source, mismatch.sequence, ORDER.index(mismatch.problem)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
