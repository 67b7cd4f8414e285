"""The store of the rehearsal, once for all tests of the dashboards; closed before other folders open theirs, for a process has one."""

from collections.abc import Iterator

import pytest
from clickhouse_connect.driver.client import Client

from auditradar.dashboards.rehearsal import READ_ONLY, stage
from auditradar.ingest.engine import Engine


@pytest.fixture(scope="package")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with stage(tmp_path_factory.mktemp("rehearsal")) as opened:
        yield opened


@pytest.fixture(scope="package")
def client(engine: Engine) -> Client:
    """Ask as Grafana does."""
    return engine.new_client(READ_ONLY)
