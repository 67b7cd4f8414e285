"""Run an embedded engine that plays a server, with a faulty proxy before it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
import urllib3

SERVER = Path(__file__).parents[1] / "server" / "clickhouse_over_http.py"
PROXY = Path(__file__).with_name("faulty_proxy.py")


@dataclass(frozen=True, slots=True)
class Beyond:
    """Be a server whose store has the schema: its port, that of the proxy, and the file that steers the proxy."""

    port: int
    faulty: int
    mood: Path

    @property
    def dsn(self) -> str:
        """Name the server through the proxy."""
        return f"clickhouse://loader:secret@127.0.0.1:{self.faulty}/audit"

    def is_in(self, mood: str) -> None:
        """Change the proxy's mood, whole or not at all."""
        new = self.mood.with_suffix(".new")
        new.write_text(mood)
        new.replace(self.mood)

    def ask(self, statement: str) -> list[list[object]]:
        """Ask the server itself."""
        headers = urllib3.make_headers(basic_auth="loader:secret")
        url = f"http://127.0.0.1:{self.port}/?database=audit&default_format=JSONEachRow"
        answer = urllib3.request("POST", url, body=statement.encode(), headers=headers)
        assert answer.status == 200, answer.data
        return [list(orjson.loads(line).values()) for line in answer.data.splitlines()]


@contextmanager
def beyond(folder: Path, store: Path) -> Iterator[Beyond]:
    """Run both for a while."""
    mood = folder / "mood"
    mood.write_text("well")
    command = [sys.executable, str(SERVER), str(store), "loader", "secret"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        with subprocess.Popen([sys.executable, str(PROXY), str(port), str(mood)], stdout=subprocess.PIPE) as proxy:
            assert proxy.stdout is not None
            yield Beyond(port, int(proxy.stdout.readline()), mood)
            proxy.terminate()
        server.terminate()
