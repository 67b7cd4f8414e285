"""Find the long-running process that has a store open, so that commands which read can ask it.

The process says where it is in a file inside the store that only its own user can read; the file holds a token that is made anew at each
start and opens the door for reading.
"""

import contextlib
import getpass
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import clickhouse_connect
import orjson
from clickhouse_connect.driver.client import Client

from auditradar.ingest.embedded import check_free, holder_of
from auditradar.ingest.errors import EngineError, StoreBusyError

ANNOUNCEMENT = "serve.json"
PATIENCE_SECONDS = 24 * 3600
"""An export of everything takes as long as it takes, as it does without a running process."""
CLAIMED_USER = "X-AuditRadar-User"
"""Header in which a command says which user of the machine runs it; whoever has the token may claim any."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Be what a running process says about itself: where its SQL front listens, the token for it, and where its receivers listen.

    Port 0 says that it is still starting.
    """

    pid: int
    host: str
    port: int
    token: str
    receivers: str = ""

    def __repr__(self) -> str:
        """Leave the token out."""
        return f"process {self.pid} at {self.host}:{self.port}"


def announce(store: Path, here: Beside) -> Path:
    """Write the announcement, for the eyes of this user alone, whole or not at all."""
    path = store / ANNOUNCEMENT
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(orjson.dumps(asdict(here)))
    return new.replace(path)


def withdraw(store: Path) -> None:
    """Remove the announcement of this process; that of another one stays."""
    said = _read(store)
    if said is not None and said.pid == os.getpid():
        (store / ANNOUNCEMENT).unlink(missing_ok=True)


def beside_of(store: Path) -> Beside | None:
    """Give the process that has the store open and announced itself; None when it is free, StoreBusyError when nobody can be asked."""
    if str(os.getpid()) == holder_of(store):
        return None
    try:
        check_free(store)
    except StoreBusyError:
        said = _read(store)
        if said is None or str(said.pid) != holder_of(store):
            raise
        if not said.port:
            who = f"`auditradar serve`, process {said.pid}, is still starting with it"
            raise StoreBusyError(f"cannot open the store {store}: {who}; try again in a moment") from None
        return said
    return None


def refuse_to_share(store: Path) -> None:
    """Raise StoreBusyError with what to do when a running `serve` has the store open, for whoever must open it alone."""
    try:
        said = beside_of(store)
    except EngineError:
        return  # another command holds it, or it cannot be read: the engine's own check says so
    if said is None:
        return
    way = f"send the records to {said.receivers}/v1/audit/CLUSTER, " if said.receivers else ""
    who = f"`auditradar serve`, process {said.pid}, has it open"
    raise StoreBusyError(f"cannot write to the store {store}: {who}; {way}let it follow the files, or end it")


def beside_client(there: Beside) -> Client:
    """Open a client of the process's SQL front."""
    return clickhouse_connect.get_client(
        host=there.host,
        port=there.port,
        access_token=there.token,
        tz_mode="aware",
        compress=False,  # over loopback it only costs
        send_receive_timeout=PATIENCE_SECONDS,
        autogenerate_session_id=False,
        headers={CLAIMED_USER: _user()},
    )


def _read(store: Path) -> Beside | None:
    with contextlib.suppress(OSError, ValueError, TypeError):
        return Beside(**orjson.loads((store / ANNOUNCEMENT).read_bytes()))
    return None


def _user() -> str:
    with contextlib.suppress(OSError, KeyError):
        return getpass.getuser().encode("ascii", "replace").decode()
    return str(os.getuid())
