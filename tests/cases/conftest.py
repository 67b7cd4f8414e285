"""One embedded store for all tests of this folder: the engine allows one path per process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine


@pytest.fixture(scope="package")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path: Path = tmp_path_factory.mktemp("store")
    with Engine(Dsn(path=str(path))) as opened:
        yield opened
