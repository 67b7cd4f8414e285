"""A store with a real sample, and its SQL front running in this process."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import urllib3

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.front.part import SqlFront
from auditradar.ingest.front.readers import password_line, token_line
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.refresh import refresh
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import FrontSettings, Settings
from auditradar.ingest.sources import expand
from tests.cli.made import lines

PASSWORD = "correct horse battery"


@dataclass(frozen=True, slots=True)
class Running:
    """Be a front that runs: its part, its readers' secrets, its engine."""

    part: SqlFront
    token: str
    readers: Path
    engine: Engine

    @property
    def url(self) -> str:
        return f"http://{self.part.address}/"


@dataclass(frozen=True, slots=True)
class Said:
    """Be a reply."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def text(self) -> str:
        return self.body.decode()


Ask = Callable[..., Said]


@pytest.fixture(scope="package")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("front")
    log = folder / "audit.log"
    log.write_bytes(lines())
    with Engine(Dsn(path=str(folder / "store")), guarded=True) as opened:
        apply_schema(opened)
        sync_rules(opened, Settings(dsn="chdb:///unused"))
        load(opened, expand([str(log)]), LoadOptions(cluster="hand"))
        refresh(opened)
        yield opened


@pytest.fixture(scope="package")
def front(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Answer `alice` with a password and `grafana` with a token, within narrow limits."""
    readers = tmp_path_factory.mktemp("readers") / "readers"
    token, line = token_line("grafana")
    readers.write_text(f"# who may read\n{password_line('alice', PASSWORD)}\n{line}\n")
    narrow = {"statement_timeout": "6s", "max_memory_bytes": 500_000_000, "max_rows": 100_000, "max_statements_of_a_reader": 4}
    part = SqlFront(engine, FrontSettings(listen="127.0.0.1:0", readers=str(readers), **narrow))
    part.start()
    yield Running(part, token, readers, engine)
    part.stop(10)


@pytest.fixture(scope="package")
def wide(engine: Engine, front: Running) -> Iterator[Running]:
    """Answer the same readers within the limits of the settings: what people ask may take its time on a busy machine."""
    part = SqlFront(engine, FrontSettings(listen="127.0.0.1:0", readers=str(front.readers)))
    part.start()
    yield Running(part, front.token, front.readers, engine)
    part.stop(10)


@pytest.fixture(scope="package")
def ask(front: Running) -> Ask:
    return asking(front)


@pytest.fixture(scope="package")
def ask_wide(wide: Running) -> Ask:
    return asking(wide)


def asking(front: Running) -> Ask:
    """Give what sends a statement as curl does, as grafana unless another header says who."""
    pool = urllib3.PoolManager(retries=False)

    def send(statement: str | bytes, headers: Mapping[str, str] | None = None, method: str = "POST", **fields: Any) -> Said:
        who = {"Authorization": f"Bearer {front.token}"} if headers is None or "Authorization" not in headers else {}
        url = front.url + ("?" + urlencode(fields) if fields else "")
        answer = pool.request(method, url, body=statement, headers={**who, **(headers or {})}, decode_content=False, timeout=30)
        return Said(answer.status, answer.data, answer.headers)

    return send


def cases(name: str) -> list[dict[str, Any]]:
    """Read the cases of a file."""
    found = [json.loads(line) for line in (Path(__file__).with_name(name)).read_text(encoding="utf-8").splitlines()]
    assert found
    return found
