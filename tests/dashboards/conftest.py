"""The store of the rehearsal: made once, opened for each module and closed after it, for a process may have one store open at a time."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from clickhouse_connect.driver.client import Client

from auditradar.dashboards.rehearsal import READ_ONLY, stage
from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rehearsal")
    with stage(folder) as engine:
        return Path(engine.dsn.path)


@pytest.fixture(scope="module")
def engine(store: Path) -> Iterator[Engine]:
    with Engine(Dsn(path=str(store))) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(engine: Engine) -> Client:
    """Ask as Grafana does."""
    return engine.new_client(READ_ONLY)
