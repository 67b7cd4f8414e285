"""Open the ClickHouse that a DSN names; the only module that knows the embedded engine from a server.

Everything above works on a clickhouse-connect client and SQL text, the same for both.
"""

import contextlib
import fcntl
import io
import logging
import os
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import clickhouse_connect
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError, DatabaseError, OperationalError, StreamFailureError

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.errors import EngineError, QueryError, StoreBusyError, UnreachableError

# clickhouse-connect logs what it also raises; every error is reported once, by us.
logging.getLogger("clickhouse_connect").addHandler(logging.NullHandler())
logging.getLogger("clickhouse_connect").propagate = False

UNKNOWN_DATABASE = 81  # ClickHouse ErrorCodes.cpp
AUTHENTICATION_FAILED = {192, 193, 194, 516}  # UNKNOWN_USER, WRONG_PASSWORD, REQUIRED_PASSWORD, AUTHENTICATION_FAILED
KNOWN_CAUSES = {
    243: "there is not enough space on its disk; free some and try again: what is stored stays",  # NOT_ENOUGH_SPACE
    241: "it ran out of the memory it may use; ask for less at once",  # MEMORY_LIMIT_EXCEEDED
    497: "its user lacks a grant; let its operator give it",  # ACCESS_DENIED
    252: "too many parts wait to be merged; try again later",  # TOO_MANY_PARTS
}
ENGINE_FILES = {"metadata", "status", "user_defined"}
"""Names of which an engine's folder has at least one, unless nothing was ever made in it: then only `tmp` is left."""
MESSAGE_LIMIT = 400  # characters of an engine's message that fit a line


class Engine:
    """Hold one open engine and hand out clients of it.

    A client serves one thread at a time; `client` is that of the thread that opened the engine, `new_client` makes more. All clients
    speak to `dsn.database`, which need not exist yet.
    """

    def __init__(self, dsn: Dsn) -> None:
        self.dsn = dsn
        if dsn.embedded:
            _prepare_folder(Path(dsn.path))
        self._clients: list[Client] = []
        self.client = self.new_client()
        if dsn.embedded:
            # Overdue refreshable views would all start now, in every short-lived command; loads refresh explicitly.
            self.command("SYSTEM STOP VIEWS")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close all clients; an embedded engine ends with its last one."""
        while self._clients:
            self._clients.pop().close()
            if self.dsn.embedded:
                _running.leave()

    def new_client(self, settings: Mapping[str, Any] | None = None) -> Client:
        """Open another client of the same engine, with session settings if given."""
        client = _embedded_client(self.dsn) if self.dsn.embedded else _server_client(self.dsn)
        self._clients.append(client)
        with translated(self.dsn):
            self._use_database(client)
            for name, value in (settings or {}).items():
                client.set_client_setting(name, value)
        return client

    def _use_database(self, client: Client) -> None:
        exists = client.command("EXISTS DATABASE {name:Identifier}", parameters={"name": self.dsn.database}, use_database=False)
        client.database = self.dsn.database if exists == 1 else None

    def create_database(self, on_cluster: str = "") -> None:
        """Create the database and make every client use it."""
        where = f" ON CLUSTER {quoted(on_cluster)} ENGINE = Replicated({replicated_path(self.dsn.database)})" if on_cluster else ""
        self.command(f"CREATE DATABASE IF NOT EXISTS {quoted(self.dsn.database)}{where}")
        for client in self._clients:
            client.database = self.dsn.database

    def command(self, statement: str, parameters: Mapping[str, Any] | None = None, settings: Mapping[str, Any] | None = None) -> Any:
        """Run a statement that returns nothing or one value."""
        with translated(self.dsn):
            return self.client.command(statement, parameters=dict(parameters or {}), settings=dict(settings or {}))

    def rows(
        self, query: str, parameters: Mapping[str, Any] | None = None, settings: Mapping[str, Any] | None = None
    ) -> Sequence[Sequence[Any]]:
        """Run a query and return all its rows."""
        with translated(self.dsn):
            return self.client.query(query, parameters=dict(parameters or {}), settings=dict(settings or {})).result_rows

    def insert(self, table: str, columns: Sequence[str], data: bytes, fmt: str) -> None:
        """Insert encoded rows into a small table."""
        with translated(self.dsn):
            self.client.raw_insert(table, columns, data, fmt=fmt, settings={"async_insert": 0})


def quoted(identifier: str) -> str:
    """Quote an identifier for SQL."""
    escaped = identifier.replace("\\", "\\\\").replace("`", "\\`")
    return f"`{escaped}`"


def replicated_path(database: str) -> str:
    """Give the Keeper path, shard and replica of a Replicated database, with ClickHouse's own macros."""
    return f"'/clickhouse/databases/{database}', '{{shard}}', '{{replica}}'"


@contextlib.contextmanager
def translated(dsn: Dsn) -> Iterator[None]:
    """Turn errors of the client library into ours, in one line and without the password."""
    try:
        yield
    except StreamFailureError as cause:
        raise QueryError(one_line(cause)) from None
    except OperationalError as cause:
        raise _unreachable(dsn, cause) from None
    except DatabaseError as cause:
        raise _refused(dsn, cause) from None
    except ClickHouseError as cause:
        raise EngineError(f"cannot use {dsn}: {one_line(cause)}") from None


def one_line(error: BaseException | str) -> str:
    """Shorten an engine's message to its first sentence-like line."""
    text = " ".join(str(error).split())
    text = text.split(" Stack trace", 1)[0].split(" (for url ", 1)[0].split("server response: ", 1)[-1].replace("DB::Exception: ", "")
    return text if len(text) <= MESSAGE_LIMIT else text[:MESSAGE_LIMIT] + "…"


def _unreachable(dsn: Dsn, cause: OperationalError) -> UnreachableError:
    text = one_line(cause)
    for known, words in (
        ("Connection refused", "connection refused"),
        ("resolve", "the host name cannot be resolved"),
        ("timed out", "no answer in time"),
        ("certificate", "its TLS certificate cannot be verified"),
    ):
        if known in text:
            return UnreachableError(f"cannot reach ClickHouse at {dsn}: {words}; check host, port and that the server runs")
    return UnreachableError(f"cannot reach ClickHouse at {dsn}: {text}")


def _refused(dsn: Dsn, cause: DatabaseError) -> EngineError | QueryError:
    code = getattr(cause, "code", None)
    if code in AUTHENTICATION_FAILED:
        return EngineError(f"cannot log in to ClickHouse at {dsn}: user name or password is wrong; check the DSN")
    if code in KNOWN_CAUSES:
        return EngineError(f"cannot use {dsn}: {KNOWN_CAUSES[code]}")
    return QueryError(one_line(cause))


def _server_client(dsn: Dsn) -> Client:
    with translated(dsn):
        return clickhouse_connect.get_client(
            host=dsn.host,
            port=dsn.port,
            username=dsn.user,
            password=dsn.password,
            secure=dsn.secure,
            ca_cert=dsn.ca_cert or None,
            tz_mode="aware",
            autogenerate_session_id=False,
        )


def _embedded_client(dsn: Dsn) -> Client:
    with _running.enter() as said:
        try:
            return clickhouse_connect.get_client(interface="chdb", path=dsn.path, tz_mode="aware")
        except ImportError:
            raise EngineError(f"cannot open the store {dsn.path}: the embedded engine is not installed; run: pip install chdb") from None
        except ClickHouseError as cause:
            said.seek(0)
            reason = said.read().decode(errors="replace").strip().splitlines()
            raise EngineError(f"cannot open the store {dsn.path}: {one_line(reason[0] if reason else cause)}") from None


class _Running:
    """Count the clients of the engine in this process: only the first one starts it, and may fail to."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._clients = 0

    @contextlib.contextmanager
    def enter(self) -> Iterator[Any]:
        """Give what the engine says while it starts. A running one says nothing, and standard error belongs to other threads then."""
        with self._lock, io.BytesIO() if self._clients else _engine_stderr() as said:
            yield said
            self._clients += 1

    def leave(self) -> None:
        """Forget a client that was closed."""
        with self._lock:
            self._clients -= 1


_running = _Running()


@contextlib.contextmanager
def _engine_stderr() -> Iterator[Any]:
    """Catch what the engine writes to the process's standard error while it starts: the cause of a failure is only there."""
    kept = os.dup(2)
    with tempfile.TemporaryFile() as said:
        os.dup2(said.fileno(), 2)
        try:
            yield said
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _prepare_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise EngineError(f"cannot open the store {path}: {cause.strerror or cause}") from None
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise EngineError(f"cannot open the store {path}: no permission to write there")
    names = {entry.name for entry in path.iterdir()}
    if names - {"tmp"} and names.isdisjoint(ENGINE_FILES):
        raise EngineError(f"cannot open the store {path}: the folder holds other files; name an empty folder")
    _check_free(path)


def _check_free(path: Path) -> None:
    """Ask for the engine's own lock first: it would only say on standard error that it is taken."""
    try:
        with (path / "status").open("r+b") as status:
            fcntl.flock(status, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(status, fcntl.LOCK_UN)
    except FileNotFoundError:
        return
    except BlockingIOError:
        holder = _holder(path)
        if holder != str(os.getpid()):  # further clients of this process share its engine
            who = f"process {holder}" if holder else "another process"
            raise StoreBusyError(f"cannot open the store {path}: {who} uses it; end it or use another --dsn") from None
    except OSError as cause:
        raise EngineError(f"cannot open the store {path}: {cause.strerror or cause}") from None


def _holder(path: Path) -> str:
    """Read the process id that the engine leaves beside its lock; empty when there is none."""
    with contextlib.suppress(OSError):
        for line in (path / "status").read_text(errors="replace").splitlines():
            if line.startswith("PID:"):
                return line.removeprefix("PID:").strip()
    return ""
