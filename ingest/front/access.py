"""Write down who read what: the table audit_access.

An entry is made when a statement has ended, and written within a second. When entries cannot be written, nothing more is read: what is not
recorded must not happen.
"""

import contextlib
import re
import threading
from collections import deque
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

import orjson

from auditradar.ingest.engine import Engine, translated
from auditradar.ingest.errors import AuditRadarError
from auditradar.ingest.front.readers import TOKEN_MARK
from auditradar.ingest.front.refusal import Refusal
from auditradar.ingest.redact import redact_text
from auditradar.ingest.redact.text import REDACTED

TABLE = "audit_access"
MOST_WAITING = 10_000
MOST_REFUSED = 10_000  # refusals beyond the waiting ones: whoever tries passwords meanwhile must not fill the memory
MOST_AT_ONCE = 1_000
FLUSH_SECONDS = 1.0
LONGEST_STATEMENT = 64 << 10
LONGEST_REASON = 1_000
_TOKEN = re.compile(rb"\b%b[\w-]{20,}" % TOKEN_MARK.encode())  # somebody may write it where a name belongs


@dataclass(frozen=True, slots=True)
class Entry:
    """Be one row of audit_access."""

    reader: str
    on_behalf_of: str
    client_ip: str
    user_agent: str
    statement: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    duration_seconds: float = 0.0
    rows: int = 0
    reply_bytes: int = 0
    outcome: str = "success"
    reason: str = ""
    query_id: str = ""
    at: str = ""
    via: str = "front"

    @property
    def row(self) -> bytes:
        """Write it as JSON, its secrets redacted."""
        plain = asdict(self)
        plain["bytes"] = plain.pop("reply_bytes")
        plain["statement"] = _redacted(self.statement)[:LONGEST_STATEMENT]
        plain["reason"] = _redacted(self.reason)[:LONGEST_REASON]
        plain["user_agent"] = _redacted(self.user_agent)[:LONGEST_REASON]
        plain["on_behalf_of"] = _redacted(self.on_behalf_of)
        plain["parameters"] = {name[:100]: _redacted(value)[:LONGEST_REASON] for name, value in self.parameters.items()}
        return orjson.dumps(plain)


class AccessLog:
    """Hold entries until they are in the store; one thread writes them."""

    def __init__(self, engine: Engine) -> None:
        self._dsn = engine.dsn
        self._client = engine.new_client()
        self._waiting: deque[Entry] = deque()
        self._wake = threading.Event()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name="audit-access", daemon=True)
        self._lost = 0
        self.problem = ""

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self, seconds: float) -> None:
        """Write what waits and end."""
        self._ending.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def check(self) -> None:
        """Refuse to read while entries cannot be written."""
        if len(self._waiting) >= MOST_WAITING:
            raise Refusal(606, "Server is overloaded: reads cannot be recorded now, so nothing is read; try again later", retry_after=10)

    def add(self, entry: Entry) -> None:
        """Take an entry; that of a read is never lost while the process lives, those of refusals beyond a limit are only counted."""
        if len(self._waiting) >= MOST_WAITING + MOST_REFUSED:
            self._lost += 1
            return
        self._waiting.append(entry)
        if len(self._waiting) >= MOST_AT_ONCE:
            self._wake.set()

    def _work(self) -> None:
        while not self._ending.is_set():
            self._wake.wait(FLUSH_SECONDS)
            self._wake.clear()
            self._flush()
        self._flush()

    def _flush(self) -> None:
        while self._waiting:
            some = [self._waiting[place] for place in range(min(len(self._waiting), MOST_AT_ONCE))]
            try:
                self._insert(some)
            except AuditRadarError as cause:
                self.problem = f"cannot write {TABLE}: {cause}" + (f"; {self._lost} refusals are not on record" if self._lost else "")
                return
            self.problem = ""
            for _ in some:
                self._waiting.popleft()

    def _insert(self, entries: list[Entry]) -> None:
        with translated(self._dsn):
            self._client.raw_insert(
                TABLE, None, b"\n".join(entry.row for entry in entries), fmt="JSONEachRow", settings={"async_insert": 0}
            )


def now_text() -> str:
    """Give the present as the store writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def _redacted(text: str) -> str:
    with contextlib.suppress(ValueError):
        return _TOKEN.sub(REDACTED, redact_text(text.encode("utf-8", "replace"))[0]).decode("utf-8", "replace")
    return ""
