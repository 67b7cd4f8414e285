"""What `tail` shows: every request once, whenever it comes and by whatever road."""

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.reading.arrivals import Arrivals
from auditradar.ingest.reading.filters import EventFilter
from auditradar.ingest.reading.reader import Reader
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import Settings
from auditradar.ingest.sources import expand
from tests.follow.writer import line


@pytest.fixture(scope="module")
def store(engine: Engine) -> Iterator[Engine]:
    with Engine(Dsn(path=engine.dsn.path, database="arrivals")) as opened:
        apply_schema(opened)
        sync_rules(opened, Settings(dsn="chdb:///unused"))
        yield opened
        opened.command("DROP DATABASE arrivals")


def bring(store: Engine, folder: Path, data: bytes, *, again: bool = False) -> None:
    path = folder / "audit.log"
    path.write_bytes(data)
    load(store, expand([str(path)]), LoadOptions(cluster="live", again=again))


def ids(arrivals: Arrivals) -> list[int]:
    return [int(str(row["audit_id"])) for row in arrivals.poll()]


def staged(number: int, stage: str, code: int, user: str = "alice") -> bytes:
    event = orjson.loads(line(number)) | {"stage": stage, "user": {"username": user}}
    event["responseStatus"] = {"metadata": {}, "code": code}
    if stage == "RequestReceived":
        del event["responseStatus"]
    return orjson.dumps(event) + b"\n"


def test_every_request_is_shown_once_however_it_comes(store: Engine, tmp_path: Path) -> None:
    bring(store, tmp_path, b"".join(map(line, range(100, 105))))
    arrivals = Arrivals(Reader(store), EventFilter(all_kinds=True))
    assert [row["audit_id"] for row in arrivals.recent(2)] == ["00000103", "00000104"]
    assert ids(arrivals) == []
    bring(store, tmp_path, b"".join(map(line, range(103, 108))))
    assert ids(arrivals) == [105, 106, 107], "a batch that holds what was shown before"
    bring(store, tmp_path, line(7) + line(3) + line(108))
    assert ids(arrivals) == [3, 7, 108], "late events are shown when they come, in their order"
    bring(store, tmp_path, line(7) + line(3) + line(108), again=True)
    store.command("OPTIMIZE TABLE events FINAL")
    assert ids(arrivals) == []
    bring(store, tmp_path, staged(200, "RequestReceived", 0) + staged(201, "ResponseStarted", 101))
    assert ids(arrivals) == [201], "a request is shown when its answer begins"
    bring(store, tmp_path, staged(200, "ResponseComplete", 200) + staged(201, "ResponseComplete", 101))
    assert ids(arrivals) == [200]


def test_filters_are_those_of_events(store: Engine, tmp_path: Path) -> None:
    people = Arrivals(Reader(store), EventFilter())
    refused = Arrivals(Reader(store), EventFilter(outcome=["forbidden"], all_kinds=True))
    bring(
        store,
        tmp_path,
        staged(300, "ResponseComplete", 200)
        + staged(301, "ResponseComplete", 200, "system:node:n1")
        + staged(302, "ResponseComplete", 403, "system:node:n1"),
    )
    assert ids(people) == [300]
    assert ids(refused) == [302]
