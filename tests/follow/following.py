"""Follow step by step, with a clock that the test turns."""

import itertools
import time
from collections.abc import Sequence
from pathlib import Path

from auditradar.ingest.delivery import Deliverer
from auditradar.ingest.engine import Engine
from auditradar.ingest.follow.context import Context
from auditradar.ingest.follow.followers import Followers
from auditradar.ingest.follow.options import FollowOptions
from auditradar.ingest.ledger import Entry, Ledger
from auditradar.ingest.load import LoadOptions
from tests.follow.writer import Writer

numbers = itertools.count()


class CrashError(Exception):
    """Stand for the end of the process."""


class Following:
    """Follow paths into a cluster of its own; `restart` begins anew with nothing but the store."""

    def __init__(self, engine: Engine, paths: Sequence[Path], *, from_end: bool = False, batch_bytes: int = 2_000) -> None:
        self.engine = engine
        self.cluster = f"follow-{next(numbers)}"
        self.said: list[str] = []
        self.told: list[str] = []  # by all followers together, as `said` is by each log
        self.loading = LoadOptions(cluster=self.cluster, batch_bytes=batch_bytes)
        self._following = FollowOptions(linger=30, settle=2, from_end=from_end)
        self._paths = [str(path) for path in paths]
        self._later = 0.0
        self._begin()

    def _begin(self) -> None:
        ledger = Ledger(self.engine, self.cluster)
        self.deliverer = Deliverer(self.engine, ledger, self.loading.workers)
        clock = lambda: time.time() + self._later  # noqa: E731 - one expression
        self.context = Context(ledger, self.deliverer, self.loading, self._following, self.said.append, clock)
        self._followers = Followers(self.engine.dsn, self._paths, self.loading, self._following, self.told.append)

    def turn(self, seconds: float = 1.0) -> None:
        """Let time pass, then read until nothing is due."""
        for passed in (seconds, 1.0):
            self._later += passed
            self.look()

    def look(self) -> None:
        """Read what is due at this moment, and say if that is all."""
        self._followers._find(self.context)
        while self._followers._turns(self.context):
            pass
        self._followers._say_once_caught_up(busy=False)

    def end(self) -> None:
        for log in self._followers._logs.values():
            log.close()
        self.deliverer.__exit__(None, None, None)

    def restart(self) -> None:
        self.end()
        self._begin()

    def crash(self, after: int) -> None:
        """Read on, and die when some batches are in the ledger; those behind them are inserted only."""
        written = itertools.count()
        original = Ledger.append

        def append(ledger: Ledger, entry: Entry) -> Entry:
            if next(written) >= after:
                raise CrashError
            return original(ledger, entry)

        Ledger.append = append  # type: ignore[method-assign]
        try:
            self.turn()
        except CrashError:
            self.deliverer._pool.shutdown(wait=True)
        finally:
            Ledger.append = original  # type: ignore[method-assign]
        self.restart()

    def holds(self, *writers: Writer) -> None:
        """Compare the store with what was written: every event, broken line and byte once."""
        events = [row[0] for row in self._rows("SELECT audit_id FROM events FINAL WHERE cluster = {cluster:String} ORDER BY ALL")]
        assert events == sorted(f"{number:08}" for writer in writers for number in writer.events)
        broken = sum(writer.broken for writer in writers)
        assert self._rows("SELECT count() FROM rejected FINAL WHERE cluster = {cluster:String}") == [(broken,)]
        ledger = "SELECT sum(records), sum(rejected), sum(bytes), count() FROM batches WHERE cluster = {cluster:String}"
        [(records, rejected, size, batches)] = self._rows(ledger)
        assert (records, rejected) == (len(events) + broken, broken)
        assert size == sum(writer.bytes for writer in writers)
        chain = "SELECT source, sequence FROM batches WHERE cluster = {cluster:String} ORDER BY ALL"
        sequences = [tuple(row) for row in self._rows(chain)]
        assert len(set(sequences)) == batches

    def _rows(self, statement: str) -> Sequence[Sequence[object]]:
        return self.engine.rows(statement, {"cluster": self.cluster})
