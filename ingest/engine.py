"""Open the ClickHouse that a DSN names; the only module that knows the embedded engine from a server.

Everything above works on a clickhouse-connect client and SQL text, the same for both.
"""

import contextlib
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import clickhouse_connect
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError, DatabaseError, OperationalError, StreamFailureError

from auditradar.ingest.beside import Beside, beside_client, refuse_to_share
from auditradar.ingest.dsn import Dsn
from auditradar.ingest.embedded import Connection, connect, embedded_client, is_guarded, leave, prepare_folder
from auditradar.ingest.errors import EngineError, QueryError, UnreachableError

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
_BAD_PATTERN = re.compile(r"^(Code: \d+\. )?.*?cannot compile re2: (.*?), error: (.*?)(?:: .*?)?\. Look at https://.*$")
"""What ClickHouse (26.9) says of a wrong regular expression; the rest of it is about C++."""
MESSAGE_LIMIT = 400  # characters of an engine's message that fit a line


class Engine:
    """Hold one open engine and hand out clients of it.

    A client serves one thread at a time; `client` is that of the thread that opened the engine, `new_client` makes more. All clients
    speak to `dsn.database`, which need not exist yet.

    `guarded` keeps an embedded engine inside its own database: for a process that answers statements of others. `beside` names a running
    process that has the store open: everything is asked there, and nothing can be written.
    """

    def __init__(self, dsn: Dsn, *, guarded: bool = False, beside: Beside | None = None) -> None:
        self.dsn = dsn
        self.beside = beside
        self._clients: list[Client] = []
        self._guarded = guarded
        self._in_process = dsn.embedded and beside is None
        if self._in_process:
            refuse_to_share(Path(dsn.path))
            prepare_folder(Path(dsn.path))
        self.client = self.new_client()
        if self._in_process:
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
            if self._in_process:
                leave()

    def new_client(self, settings: Mapping[str, Any] | None = None) -> Client:
        """Open another client of the same engine, with session settings if given."""
        client = self._connect()
        self._clients.append(client)
        with translated(self.dsn):
            self._use_database(client)
            for name, value in (settings or {}).items():
                client.set_client_setting(name, value)
        return client

    def _connect(self) -> Client:
        if self.beside is not None:
            with translated(self.dsn):
                return beside_client(self.beside)
        return embedded_client(self.dsn.path, self.dsn.database if self._guarded else "") if self.dsn.embedded else _server_client(self.dsn)

    @property
    def guarded(self) -> bool:
        """Whether the engine is kept inside its own database."""
        return self._in_process and is_guarded()

    def session(self) -> Connection:
        """Open a bare session of an embedded engine, for statements whose reply is passed on as the engine writes it."""
        return connect(self.dsn.path)

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
    text = re.sub(r" \(version [^)]*\)$", "", text.rstrip("."))
    text = _BAD_PATTERN.sub(r"\1the regular expression \2 is wrong: \3", text.split(": In scope ", 1)[0])
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
