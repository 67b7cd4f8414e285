"""Open the ClickHouse that runs inside the process: its folder, its lock, and what it may do there."""

import contextlib
import fcntl
import io
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode
from xml.sax.saxutils import escape

import clickhouse_connect
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError

from auditradar.ingest.errors import EngineError, StoreBusyError

ENGINE_FILES = {"metadata", "status", "user_defined"}
"""Names of which an engine's folder has at least one, unless nothing was ever made in it: then only `tmp` is left."""
CONFIG = "<clickhouse><users_config>{users}</users_config></clickhouse>"


class Result(Protocol):
    """Be what the engine answers: the bytes of the reply, and what it read for them."""

    def bytes(self) -> bytes | None:
        """Give the encoded answer."""

    def rows_read(self) -> int:
        """Give the rows of the answer."""

    def storage_rows_read(self) -> int:
        """Give the rows read for it."""

    def storage_bytes_read(self) -> int:
        """Give the bytes read for it."""


class Connection(Protocol):
    """Be one session of the embedded engine: settings and the current database are its own."""

    def query(self, query: str, format: str = ..., params: Mapping[str, str] | None = ...) -> Result:  # noqa: A002 - the engine's own name
        """Run a statement; RuntimeError says what the engine refuses."""

    def close(self) -> None:
        """End the session."""


class _Running:
    """Hold what this process knows of its one engine: the number of its clients, and the configuration that it was started with.

    Only the first client starts the engine, and may fail to. With a configuration the engine is kept inside its own database. Without one
    it may read any file of the process and any address: right for a command that somebody runs, wrong for a process that answers others.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._clients = 0
        self._folder: Path | None = None

    @property
    def options(self) -> dict[str, str]:
        """Give the options of a connection; they must be those that the engine was started with."""
        return {"config-file": str(self._folder / "config.xml")} if self._folder else {}

    @contextlib.contextmanager
    def enter(self, guarded_database: str) -> Iterator[Any]:
        """Give what the engine says while it starts. A running one says nothing, and standard error belongs to other threads then."""
        with self._lock, io.BytesIO() if self._clients else _engine_stderr() as said:
            if not self._clients and guarded_database:
                self._folder = _write_configuration(guarded_database)
            try:
                yield said
                self._clients += 1
            finally:
                self._forget()

    def leave(self) -> None:
        """Forget a client that was closed."""
        with self._lock:
            self._clients -= 1
            self._forget()

    def _forget(self) -> None:
        if not self._clients and self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


_running = _Running()
leave = _running.leave


def is_guarded() -> bool:
    """Tell whether the engine of this process is kept inside its own database."""
    return bool(_running.options)


def _write_configuration(database: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="auditradar-engine-"))
    users = files("auditradar.sql").joinpath("embedded", "users.xml").read_text(encoding="utf-8")
    for mark, name in (("@database@", database), ("@scratch@", f"{database}__schema")):
        users = users.replace(mark, escape(_quoted(name)))
    (folder / "users.xml").write_text(users, encoding="utf-8")
    (folder / "config.xml").write_text(CONFIG.format(users=escape(str(folder / "users.xml"))), encoding="utf-8")
    return folder


def embedded_client(path: str, guarded_database: str = "") -> Client:
    """Open a client of the engine at a path; EngineError says why it does not start.

    The first client of the process may name the database that the engine is kept inside of; all that follow share it.
    """
    with _running.enter(guarded_database) as said:
        try:
            return clickhouse_connect.get_client(interface="chdb", path=path, tz_mode="aware", chdb_options=_running.options or None)
        except ImportError:
            raise EngineError(f"cannot open the store {path}: the embedded engine is not installed; run: pip install chdb") from None
        except ClickHouseError as cause:
            said.seek(0)
            reason = said.read().decode(errors="replace").strip().splitlines()
            words = " ".join((reason[0] if reason else str(cause)).split())
            raise EngineError(f"cannot open the store {path}: {words[:400]}") from None


def connect(path: str) -> Connection:
    """Open a session of an engine that this process has open already; it costs a fraction of a millisecond."""
    import chdb  # noqa: PLC0415 - a server needs no embedded engine, and loading it takes a second

    # As clickhouse-connect writes it: one engine has one path, compared as text.
    options = f"?{urlencode(_running.options)}" if _running.options else ""
    opened: Connection = chdb.connect(f"{os.path.realpath(path)}{options}")  # type: ignore[no-untyped-call]  # it ships types for half of itself
    return opened


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


def prepare_folder(path: Path) -> None:
    """Make the folder of a store, or see that it is one and nobody else has it open; EngineError says why not."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise EngineError(f"cannot open the store {path}: {cause.strerror or cause}") from None
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise EngineError(f"cannot open the store {path}: no permission to write there")
    names = {entry.name for entry in path.iterdir()}
    if names - {"tmp"} and names.isdisjoint(ENGINE_FILES):
        raise EngineError(f"cannot open the store {path}: the folder holds other files; name an empty folder")
    check_free(path)


def check_free(path: Path) -> None:
    """Ask for the engine's own lock first: it would only say on standard error that it is taken. StoreBusyError when it is."""
    try:
        with (path / "status").open("r+b") as status:
            fcntl.flock(status, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(status, fcntl.LOCK_UN)
    except FileNotFoundError:
        return
    except BlockingIOError:
        holder = holder_of(path)
        if holder != str(os.getpid()):  # further clients of this process share its engine
            who = f"process {holder}" if holder else "another process"
            raise StoreBusyError(f"cannot open the store {path}: {who} uses it; end it or use another --dsn") from None
    except OSError as cause:
        raise EngineError(f"cannot open the store {path}: {cause.strerror or cause}") from None


def holder_of(path: Path) -> str:
    """Read the process id that the engine leaves beside its lock; empty when there is none."""
    with contextlib.suppress(OSError):
        for line in (path / "status").read_text(errors="replace").splitlines():
            if line.startswith("PID:"):
                return line.removeprefix("PID:").strip()
    return ""


def _quoted(identifier: str) -> str:
    escaped = identifier.replace("\\", "\\\\").replace("`", "\\`")
    return f"`{escaped}`"
