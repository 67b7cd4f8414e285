"""One embedded store for all tests of this folder; each test uses a database of its own."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.refresh import refresh
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import Settings
from auditradar.ingest.sources import expand
from tests.cli.made import lines

SETTINGS = Settings(dsn="chdb:///unused")
numbers = itertools.count()
Load = Callable[..., None]


@pytest.fixture(scope="package")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = str(tmp_path_factory.mktemp("proof") / "store")
    with Engine(Dsn(path=path)):
        yield path


@pytest.fixture(scope="module")
def engine(place: str) -> Iterator[Engine]:
    """Open a database of its own for the tests of a module."""
    with Engine(Dsn(path=place, database=f"proof{next(numbers)}")) as opened:
        apply_schema(opened)
        sync_rules(opened, SETTINGS)
        yield opened
        opened.command(f"DROP DATABASE {opened.dsn.database}")


@pytest.fixture
def store(engine: Engine) -> Iterator[Engine]:
    """Give the database of the module, emptied afterwards and without a retention."""
    yield engine
    tables = engine.rows(
        "SELECT name, engine_full LIKE '% TTL %' FROM system.tables WHERE database = currentDatabase() "
        "AND engine LIKE '%MergeTree' AND NOT startsWith(name, '.') AND name NOT IN "
        "('schema_log', 'settings', 'actor_rules', 'client_rules', 'trusted_proxies')"
    )
    for name, limited in tables:
        engine.command(f"TRUNCATE TABLE {name}")
        if limited:
            engine.command(f"ALTER TABLE {name} REMOVE TTL")


@pytest.fixture
def bring(store: Engine, tmp_path: Path) -> Load:
    """Load bytes, in batches of about three records."""

    def bring_in(data: bytes = lines(), name: str = "a.log", cluster: str = "hand", **options: object) -> None:
        path = tmp_path / name
        path.write_bytes(data)
        load(store, expand([str(path)]), LoadOptions(cluster=cluster, batch_bytes=2_000, **options))  # type: ignore[arg-type]
        refresh(store)

    return bring_in
