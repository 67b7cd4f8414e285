"""One process that receives with tokens, shared by the tests of its answers."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from auditradar.bench.served import Served, call, served
from tests.serve.events import ask, event

TOKENS = {"prod": "token-of-prod-0123456789", "every": "token-of-everybody-0123456789"}


@dataclass
class Receiving:
    """Be the running process; what must be in its store is asked when it has ended."""

    process: Served
    dsn: str
    kept: set[str] = field(default_factory=set)
    rejected: list[str] = field(default_factory=list)
    slow: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        """Begin a request whose head never ends: the tests that follow take as long as it is given."""
        self.slow = self.connection()
        self.slow.sendall(b"POST /v1/audit/prod HTTP/1.1\r\nHost: x\r\n")

    def send(self, body: bytes, cluster: str = "prod", token: str = TOKENS["prod"], query: str = "", **headers: str) -> tuple[int, bytes]:
        """Post a body; names of headers are written with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            named["Authorization"] = f"Bearer {token}"
        return call(self.process.url, "POST", f"/v1/audit/{cluster}{query}", body, named)

    def connection(self) -> socket.socket:
        """Open a connection for what no library would send."""
        parts = urlsplit(self.process.url)
        return socket.create_connection((parts.hostname, parts.port), timeout=20)

    def look(self, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes]:
        """Ask for a page."""
        return call(self.process.url, method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.fixture(scope="package")
def receiving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Receiving]:
    folder: Path = tmp_path_factory.mktemp("serve")
    tokens = folder / "tokens"
    tokens.write_text(f"prod apiserver {TOKENS['prod']}\n* shipper {TOKENS['every']}\n")
    tokens.chmod(0o600)
    dsn = f"chdb://{folder / 'store'}"
    log = folder / "audit.log"
    log.write_bytes(event("followed-1") + b"\n")
    options = ("--dsn", dsn, "--token-file", str(tokens), "--follow", str(log), "--cluster", "followed")
    with served(*options, env={"AUDITRADAR_SERVE__BODY_TIMEOUT": "3s"}) as process:
        one = Receiving(process, dsn, {"followed-1"})
        yield one
        one.slow.close()
        assert process.stop() == 0
    found = {row[0] for row in ask(dsn, "SELECT audit_id FROM requests")}
    assert one.kept, "the tests of this package sent something"
    assert one.kept <= found, "what was answered with 2xx is in the store"
    reasons = [row[0] for row in ask(dsn, "SELECT raw FROM rejected")]
    assert sorted(one.rejected) == sorted(raw for raw in reasons if raw in one.rejected)
    assert not any(token in str(process.log) for token in TOKENS.values()), "no token is ever logged"
