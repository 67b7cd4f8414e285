"""Run the SQL front as a part of the long-running process."""

import asyncio
import contextlib
import os
import secrets
import socket
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import uvicorn

from auditradar.ingest.beside import Beside, announce, withdraw
from auditradar.ingest.engine import Engine
from auditradar.ingest.errors import AuditRadarError, SettingsError
from auditradar.ingest.front.access import AccessLog
from auditradar.ingest.front.app import Front
from auditradar.ingest.front.door import Door
from auditradar.ingest.front.limits import Limits
from auditradar.ingest.front.queue import Places
from auditradar.ingest.front.readers import Readers
from auditradar.ingest.listening import Address, open_socket, parse_address
from auditradar.ingest.serve.listener import Certificates
from auditradar.ingest.serve.part import PartState
from auditradar.ingest.serve.protocol import ReceiverProtocol
from auditradar.ingest.settings import FrontSettings

START_SECONDS = 20.0
RENEW_SECONDS = 30
MOST_CONNECTIONS = 1000
LOCAL = "127.0.0.1"


class SqlFront:
    """Answer read-only SQL on ClickHouse's HTTP protocol, and tell commands on the same machine where.

    The engine must be opened guarded. `receivers` is the address that the announcement gives to whoever wants to write.
    """

    name = "sql"

    def __init__(self, engine: Engine, settings: FrontSettings, receivers: str = "") -> None:
        if engine.dsn.embedded and not engine.guarded:
            raise AuditRadarError("cannot answer SQL: the engine is not guarded; open it with Engine(dsn, guarded=True)")
        self._engine = engine
        self._settings = settings
        self._receivers = receivers
        self._listeners: list[socket.socket] = []
        self._servers: list[uvicorn.Server] = []
        self._thread: threading.Thread | None = None
        self._log: AccessLog | None = None
        self._front: Front | None = None
        self._readers: Readers | None = None
        self._certificates: Certificates | None = None
        self.address = parse_address(settings.listen)

    def start(self) -> None:
        """Listen; AuditRadarError when the address is taken, or would let strangers in."""
        self._readers = Readers(self._settings.readers) if self._settings.readers else None
        self._certificates = _certificates(self._settings)
        if self._readers is None and not self.address.local:
            raise SettingsError(
                f"cannot answer SQL on {self.address}: there are no readers, and that address is open to other machines; "
                "make some with `auditradar reader NAME --file FILE` and name the file as front.readers, or listen on 127.0.0.1"
            )
        self._listeners = [open_socket(address, "--sql-listen") for address in (self.address, Address(LOCAL, 0))]
        self.address = Address(self.address.host, self._listeners[0].getsockname()[1])
        self._log = AccessLog(self._engine)
        self._log.start()
        token = secrets.token_urlsafe(32)
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(token, ready), name="sql-front", daemon=True)
        self._thread.start()
        if not ready.wait(START_SECONDS):
            raise AuditRadarError(f"cannot answer SQL on {self.address}: it did not start in time")
        if self._engine.dsn.embedded:
            port = self._listeners[1].getsockname()[1]
            announce(Path(self._engine.dsn.path), Beside(os.getpid(), LOCAL, port, token, self._receivers))

    def stop(self, deadline_seconds: float) -> None:
        """Take no new statement, wait for those that run, write down who read."""
        if self._engine.dsn.embedded:
            withdraw(Path(self._engine.dsn.path))
        for server in self._servers:
            server.config.timeout_graceful_shutdown = max(1, int(deadline_seconds * 0.7))
            server.should_exit = True
        if self._thread is not None:
            self._thread.join(deadline_seconds * 0.8)
            self._thread = None
        if self._front is not None:
            self._front.close()
        if self._log is not None:
            self._log.stop(deadline_seconds * 0.2)
        for listener in self._listeners:
            with contextlib.suppress(OSError):
                listener.close()

    def state(self) -> PartState:
        """Say where it listens, for whom, and what is wrong."""
        if self._thread is None or not self._thread.is_alive() or self._front is None or self._log is None:
            return PartState(ok=False, words="not running")
        problem = self._log.problem or (self._readers.problem if self._readers else "")
        if problem:
            return PartState(ok=False, words=problem)
        who = _counted(self._readers) if self._readers is not None else "everybody on this machine: there are no readers"
        return PartState(ok=True, words=f"{self.address}, for {who}; {self._front.answered} statements answered")

    def _serve(self, token: str, ready: threading.Event) -> None:
        asyncio.run(self._run(token, ready))

    async def _run(self, token: str, ready: threading.Event) -> None:
        settings = self._settings
        limits = _limits(settings)
        places = Places(settings.max_statements, settings.max_statements_of_a_reader, settings.queue_timeout.total_seconds())
        log = self._log
        if log is None:
            return
        self._front = Front(self._engine, Door(self._readers, token, limits), log, places)
        for certificates in (self._certificates, None):  # the second address is for commands on this machine
            self._servers.append(uvicorn.Server(self._config(self._front, certificates)))
        ready.set()
        await asyncio.gather(*(server.serve([listener]) for server, listener in zip(self._servers, self._listeners, strict=True)))

    def _config(self, front: Front, certificates: Certificates | None) -> uvicorn.Config:
        secured: Mapping[str, Any] = {"ssl_context_factory": lambda *_: certificates.context} if certificates is not None else {}
        return uvicorn.Config(
            front,
            http=ReceiverProtocol,
            ws="none",
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            proxy_headers=False,  # an address that the client could choose is no evidence
            limit_concurrency=MOST_CONNECTIONS,
            timeout_keep_alive=75,
            callback_notify=certificates.renew if certificates else None,
            timeout_notify=RENEW_SECONDS,
            **secured,
        )


def _certificates(settings: FrontSettings) -> Certificates | None:
    """Open the certificate; SettingsError where half of it is named, ReceiverError where it cannot be used."""
    if (settings.tls_cert is None) != (settings.tls_key is None):
        raise SettingsError("cannot answer SQL: front.tls_cert and front.tls_key belong together; give both or none")
    if settings.tls_cert is None or settings.tls_key is None:
        return None
    return Certificates(settings.tls_cert, settings.tls_key)


def _limits(settings: FrontSettings) -> Limits:
    return Limits(
        seconds=settings.statement_timeout.total_seconds(),
        memory_bytes=settings.max_memory_bytes,
        result_rows=settings.max_rows,
        result_bytes=settings.max_bytes,
        disk_bytes=settings.max_disk_bytes,
    )


def _counted(readers: Readers) -> str:
    return f"{len(readers)} reader{'' if len(readers) == 1 else 's'}"
