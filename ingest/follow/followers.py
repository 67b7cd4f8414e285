"""Follow many logs in one thread: a part of the long-running process, or the whole of `auditradar follow`."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditradar.ingest.delivery import Deliverer
from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import AuditRadarError, EngineError, QueryError
from auditradar.ingest.follow.context import Context
from auditradar.ingest.follow.log import Log
from auditradar.ingest.follow.options import FollowOptions
from auditradar.ingest.follow.places import Place, Places
from auditradar.ingest.ledger import Ledger
from auditradar.ingest.load import LoadOptions
from auditradar.ingest.patience import Patience
from auditradar.ingest.serve.part import PartState

__all__ = ["FollowOptions", "Followed", "Followers"]


@dataclass(slots=True)
class Followed:
    """Count what was delivered since the start; `behind` are bytes that wait."""

    logs: int = 0
    batches: int = 0
    records: int = 0
    rejected: int = 0
    bytes: int = 0
    behind: int = 0


class Followers:
    """Follow what paths name: files, folders, patterns.

    While ClickHouse is away the files are the buffer: it is said once, and tried again for ever.
    """

    name = "follow"

    def __init__(
        self, dsn: Dsn, paths: Sequence[str], loading: LoadOptions, following: FollowOptions, say: Callable[[str], None] = lambda _: None
    ) -> None:
        self._dsn = dsn
        self._places = Places(paths)
        self._loading = loading
        self._following = following
        self._say = say
        self._ending = threading.Event()
        self._given_up = threading.Event()
        self._thread: threading.Thread | None = None
        self._logs: dict[Path, Log] = {}
        self._found: dict[Path, Place] = {}
        self._trouble = ""
        self._caught_up = False
        self.counts = Followed()

    def start(self) -> None:
        """Begin to follow in a thread of its own; AuditRadarError where the store cannot be used."""
        engine = Engine(self._dsn)
        self._thread = threading.Thread(target=self._run, args=(engine,), name="follow", daemon=True)
        self._thread.start()

    def stop(self, deadline_seconds: float) -> None:
        """Deliver what was read and end; what the store does not take within the deadline stays in the files."""
        self._ending.set()
        if self._thread is not None:
            self._thread.join(deadline_seconds)
            self._given_up.set()
            self._thread.join(max(deadline_seconds, 1.0))

    def state(self) -> PartState:
        """Say how far it has come."""
        if self._trouble:
            return PartState(ok=False, words=self._trouble)
        alive = self._thread is not None and self._thread.is_alive()
        counts = self.counts
        words = f"{counts.logs} logs, {counts.records:,} records delivered, {counts.behind:,} bytes wait"
        return PartState(alive or self._ending.is_set(), words if alive else "not running")

    @property
    def alive(self) -> bool:
        """Tell whether it runs."""
        return self._thread is not None and self._thread.is_alive()

    def _run(self, engine: Engine) -> None:
        patience = Patience(None, self._given_up, self._waiting, (EngineError, QueryError))
        try:
            with engine:
                ledger = Ledger(engine, self._loading.cluster, patience)
                with Deliverer(engine, ledger, self._loading.workers, patience) as deliverer:
                    context = Context(ledger, deliverer, self._loading, self._following, self._say, given_up=self._given_up)
                    self._follow(context)
        except AuditRadarError as error:
            self._trouble = str(error)
            if not self._given_up.is_set():
                self._say(str(error))
        finally:
            for log in self._logs.values():
                log.close()

    def _follow(self, context: Context) -> None:
        looked = 0.0
        while not self._ending.is_set():
            began = time.monotonic()
            if began - looked >= self._following.rescan or not looked:
                self._find(context)
                looked = began
            busy = self._turns(context)
            delivered = self._count(context)
            self._say_once_caught_up(busy=busy or delivered)
            if not busy:
                self._ending.wait(max(self._following.poll - (time.monotonic() - began), 0.0))
        context.deliverer.finish()
        self._count(context)

    def _say_once_caught_up(self, *, busy: bool) -> None:
        """Say so after a pass that found nothing to do: while something was delivered more may have come, or been rotated."""
        if not self._caught_up and not busy and not any(log.waits for log in self._logs.values()):
            self._caught_up = True
            self._say("everything that is there is delivered; waiting for what comes")

    def _find(self, context: Context) -> None:
        """Look which logs there are now; one that is gone is kept until it is read to its end."""
        self._found = self._places.look()
        for path in self._found:
            if path not in self._logs:
                self._logs[path] = Log(context, path)
        for path in [path for path, log in self._logs.items() if path not in self._found and not log.busy]:
            self._logs.pop(path).close()

    def _turns(self, context: Context) -> bool:
        busy = False
        for path, log in list(self._logs.items()):
            if self._ending.is_set():
                break
            busy |= log.turn(self._found.get(path))
        if not busy:
            context.deliverer.finish()
        return busy

    def _count(self, context: Context) -> bool:
        """Add what was delivered since the last count; tell whether there was anything."""
        counts, delivered = self.counts, bool(context.deliverer.written)
        for entry in context.deliverer.written:
            counts.batches += 1
            counts.records += entry.records
            counts.rejected += entry.rejected
            counts.bytes += entry.bytes
        if context.deliverer.written and self._trouble:
            self._say("ClickHouse takes batches again")
            self._trouble = ""
        context.deliverer.written.clear()
        counts.logs = len(self._logs)
        counts.behind = sum(log.behind for log in self._logs.values())
        return delivered

    def _waiting(self, error: Exception) -> None:
        """Say once that the store does not take anything."""
        self._caught_up = False
        if not self._trouble:
            self._say(f"{error}; the files keep what is new, and it is tried again")
        self._trouble = str(error)
