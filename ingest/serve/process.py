"""Put the parts of the long-running process together, start them, wait for a signal, and stop them in order."""

import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType

import platformdirs

from auditradar.ingest.beside import Beside, announce, refuse_to_share, withdraw
from auditradar.ingest.dsn import Dsn, parse_dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import UnreachableError
from auditradar.ingest.follow.followers import Followers
from auditradar.ingest.following import allow_many_files, follow_options_of
from auditradar.ingest.front.app import WORKERS
from auditradar.ingest.front.part import SqlFront
from auditradar.ingest.loading import options_of
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import ensure_schema
from auditradar.ingest.serve.drain import Drain
from auditradar.ingest.serve.later import Later
from auditradar.ingest.serve.logs import log
from auditradar.ingest.serve.metrics import Metrics
from auditradar.ingest.serve.part import Part, PartState
from auditradar.ingest.serve.receivers import Receivers
from auditradar.ingest.serve.refresher import Refresher
from auditradar.ingest.settings import Settings
from auditradar.ingest.spool import Spool

ENDLESS_SECONDS = 2.0  # in which the threads of statements that were ended may leave
ENDED_AT_ONCE = 130  # 128 + SIGINT, as shells count


class Stop:
    """Wait for SIGTERM or SIGINT; a second one ends the process at once: what was accepted is in the spool."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._take)

    def wait(self) -> None:
        """Return when the first signal has come."""
        while not self._asked.wait(1.0):  # a wait without end would keep the interpreter from seeing the signal
            pass

    def _take(self, number: int, _: FrameType | None) -> None:
        if self._asked.is_set():
            os._exit(ENDED_AT_ONCE)
        self._asked.set()
        log.info("stopping", extra={"facts": {"signal": signal.Signals(number).name}})


def serve(settings: Settings) -> None:
    """Run until a signal comes; AuditRadarError where it cannot begin."""
    dsn = parse_dsn(settings.dsn)
    if dsn.embedded:
        refuse_to_share(Path(dsn.path))
    stop = Stop()
    allow_many_files()
    with contextlib.ExitStack() as opened:
        spool = opened.enter_context(contextlib.closing(open_spool(settings)))
        engine = opened.enter_context(_store(settings))
        parts = make_parts(settings, spool, engine)
        started: list[Part] = []
        try:
            for part in parts:
                part.start()
                started.append(part)
                log.info("started", extra={"facts": {"part": part.name, "state": part.state().words}})
            log.info(
                "serving", extra={"facts": {"store": str(parse_dsn(settings.dsn)), "spool": str(spool.folder), "process": os.getpid()}}
            )
            stop.wait()
        finally:
            _stop(started, settings.serve.stop_timeout.total_seconds())
    log.info("stopped", extra={"facts": {"left_in_spool": spool.waiting_bytes}})
    _leave_endless()


def _leave_endless() -> None:
    """End the process although a statement goes on: the engine heeds limits between two blocks of rows, and one block may take hours."""
    ends = time.monotonic() + ENDLESS_SECONDS
    workers = [thread for thread in threading.enumerate() if thread.name.startswith(WORKERS)]
    for thread in workers:
        thread.join(max(0.0, ends - time.monotonic()))
    if any(thread.is_alive() for thread in workers):
        log.warning("a statement that does not end is left behind")
        logging.shutdown()
        os._exit(0)


def make_parts(settings: Settings, spool: Spool, engine: Engine | None) -> list[Part]:
    """Make the parts in the order of their start; they are stopped in the opposite one. `engine` is None while a server is away."""
    metrics = spool_metrics(spool)
    dsn = parse_dsn(settings.dsn)
    parts: list[Part] = []

    def states() -> Mapping[str, PartState]:
        return {part.name: part.state() for part in parts}

    parts.append(Drain(settings, spool, metrics))
    if dsn.embedded:
        parts.append(Refresher(settings, metrics))
    receivers = Receivers(settings, spool, metrics, states)
    if dsn.embedded and engine is not None and settings.front.listen:
        parts.append(SqlFront(engine, settings.front, receivers.url))
    elif not dsn.embedded and settings.front.readers is not None:
        log.warning(
            "the readers are not used: a ClickHouse server answers SQL itself", extra={"facts": {"file": str(settings.front.readers)}}
        )
    if settings.serve.follow:
        followers = Followers(dsn, settings.serve.follow, options_of(settings), follow_options_of(settings), log.info)
        parts.append(Later(followers))
    parts.append(receivers)
    return parts


def spool_metrics(spool: Spool) -> Metrics:
    """Make the numbers of the process; those of the spool are asked when somebody looks."""
    metrics = Metrics()
    metrics.watch("auditradar_spool_bytes", "Bytes in the spool that are not stored yet.", lambda: spool.waiting_bytes)
    metrics.watch("auditradar_spool_limit_bytes", "Bytes the spool may hold.", lambda: spool.limit)
    metrics.watch(
        "auditradar_spool_oldest_seconds", "Age of the oldest body in the spool; 0 when it is empty.", lambda: spool.oldest_seconds
    )
    return metrics


def open_spool(settings: Settings) -> Spool:
    """Open the spool and say what was found in it."""
    spool = Spool(spool_folder(settings), settings.serve.spool_bytes)
    if spool.torn_bytes:
        log.warning(
            "a write that was interrupted was cut off the spool; nobody was told it was kept", extra={"facts": {"bytes": spool.torn_bytes}}
        )
    if spool.waiting_bytes:
        log.info("the spool holds bodies of an earlier process", extra={"facts": {"bytes": spool.waiting_bytes}})
    return spool


def spool_folder(settings: Settings) -> Path:
    """Name the folder of the spool: beside an embedded store, in the user's folder of states for a server."""
    if settings.serve.spool is not None:
        return settings.serve.spool
    dsn = parse_dsn(settings.dsn)
    if dsn.embedded:
        path = Path(dsn.path)
        return path.with_name(f"{path.name}.spool")
    return platformdirs.user_state_path("auditradar") / f"spool-{dsn.host}-{dsn.port}-{dsn.database}"


@contextlib.contextmanager
def _store(settings: Settings) -> Iterator[Engine | None]:
    """Hold an embedded store open and bring it to this schema; a server that is away now may come back, the spool waits for it.

    The engine is kept inside its own database: it answers statements of others.
    """
    dsn: Dsn = parse_dsn(settings.dsn)
    engine: Engine | None = None
    with contextlib.ExitStack() as opened:
        try:
            engine = opened.enter_context(Engine(dsn, guarded=dsn.embedded))
            if dsn.embedded and settings.front.listen:
                announce(Path(dsn.path), Beside(os.getpid(), "", 0, ""))
                opened.callback(withdraw, Path(dsn.path))
            ensure_schema(engine)
            sync_rules(engine, settings)
        except UnreachableError as cause:
            log.warning("ClickHouse is away: what arrives waits in the spool", extra={"facts": {"cause": str(cause)}})
        yield engine


def _stop(parts: Sequence[Part], seconds: float) -> None:
    """Stop the receivers first, then what delivers; each has what is left of the time."""
    ends = time.monotonic() + seconds
    for part in reversed(parts):
        try:
            part.stop(max(0.5, ends - time.monotonic()))
        except Exception as error:  # noqa: BLE001  # the others must be stopped whatever one of them does
            log.error("a part could not be stopped", extra={"facts": {"part": part.name}}, exc_info=error)
