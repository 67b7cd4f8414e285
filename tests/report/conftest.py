"""One store with a cluster for each case, and a small framework of its own: a folder is all that a framework needs."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import orjson
import pytest

from auditradar.ingest.dsn import Dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.load import LoadOptions, load
from auditradar.ingest.proof.logbook import append
from auditradar.ingest.refresh import refresh
from auditradar.ingest.report.order import Order
from auditradar.ingest.report.pack import Place, write_pack
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import Settings
from auditradar.ingest.sources import expand
from auditradar.sql.control import framework
from tests.report.made import BATCHES, CASES, DAY, READINGS, SHORT_POLICY, Event, hostile_day, node, whole_day

COLUMNS = ("cluster", "component", "platform", "source", "batch_id", "record_kind", "received_at", "raw")
POLICY = {"by": "alice", "class": "events", "cluster": SHORT_POLICY, "old_days": -1, "new_days": 30, "why": "a case"}
OWN = {
    "framework.sql": "-- title: Our own rules\n-- about: What we ask of ourselves.\n",
    "1.sql": "-- requirement: 1\n-- title: Secrets\n-- asks: Who reached secrets is known.\n-- uses: shared/sensitive_access\n",
    "2.sql": "-- requirement: 2\n-- title: Still secrets\n-- asks: The same, asked again.\n-- uses: shared/sensitive_access\n",
    "10.sql": "-- requirement: 10\n-- title: History\n-- asks: A month is kept.\n-- uses: shared/history_kept\n-- value months: 1\n",
    "3.sql": (
        "-- requirement: 3\n-- title: Only nodes\n-- asks: Nodes are seen.\n-- question: Which nodes?\n-- proves: That nodes asked.\n"
        "-- cannot: Why.\n-- none: no-data; no node was seen\n-- pass: a node\n-- next: events\n-- param cluster: regular expression\n"
        "-- column cluster: label\n-- column status: always pass\n-- column actor: the node\n"
        "SELECT cluster, 'pass' AS status, toString(actor) AS actor\nFROM requests\nWHERE actor_kind = 'node'\n"
        "    AND ({cluster:String} = '' OR match(cluster, {cluster:String}))\nGROUP BY cluster, actor\n"
    ),
}


def label(name: str, number: int) -> str:
    """Name the cluster of a case."""
    return f"{name}-{number}"


def component_of(event: Event) -> str:
    """Say which API server wrote an event."""
    if event["requestURI"] == "/login":
        return "oauth-server"
    return "oauth-apiserver" if event["objectRef"].get("resource") == "oauthaccesstokens" else "kube-apiserver"


def delivered(cluster: str, events: Iterable[Event], late: timedelta = timedelta(seconds=10)) -> Iterator[bytes]:
    """Write events as rows of landing, as the loader delivers them, `late` after they happened."""
    for event in events:
        at = max(datetime.fromisoformat(event[name]) for name in ("stageTimestamp", "requestReceivedTimestamp")) + late
        values = (cluster, component_of(event), "", cluster, cluster, "event", f"{at:%Y-%m-%d %H:%M:%S.%f}", orjson.dumps(event).decode())
        yield orjson.dumps(dict(zip(COLUMNS, values, strict=True)))


def rows() -> Iterator[bytes]:
    """Write the rows of all cases, and of clusters with a hole, without events in the period, and with strange delivery."""
    for name, cases in CASES.items():
        for number, (_, planted) in enumerate(cases):
            yield from delivered(label(name, number), [*whole_day(), *planted])
    yield from delivered("holed", whole_day(without=(5, 6)))
    yield from delivered("silent", [node(-240), node(240)])
    yield from delivered("late", whole_day(), timedelta(hours=3))
    yield from delivered("early", whole_day(), timedelta(hours=-3))


@pytest.fixture(scope="package")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("report")
    with Engine(Dsn(path=str(folder / "store"))) as opened:
        apply_schema(opened)
        sync_rules(opened, Settings(dsn="chdb:///unused"))
        opened.insert("landing", COLUMNS, b"\n".join(rows()), "JSONEachRow")
        opened.insert(
            "batches",
            ("cluster", "batch_id", "sequence"),
            orjson.dumps({"cluster": SHORT_POLICY, "batch_id": "b", "sequence": 1}),
            "JSONEachRow",
        )
        append(opened, "retention_log", POLICY)
        opened.insert("batches", tuple(BATCHES[0]), b"\n".join(map(orjson.dumps, BATCHES)), "JSONEachRow")
        opened.insert("audit_access", tuple(READINGS[0]), b"\n".join(map(orjson.dumps, READINGS)), "JSONEachRow")
        log = folder / "hostile.log"
        log.write_bytes(b"\n".join(map(orjson.dumps, [*whole_day(), *hostile_day()])) + b"\nno event\n")
        load(opened, expand([str(log)]), LoadOptions(cluster="hostile"))
        refresh(opened)
        yield opened


@pytest.fixture(scope="package")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own") / "ours"
    folder.mkdir()
    for name, text in OWN.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture(scope="package")
def order(own: Path) -> Order:
    found = framework(str(own))
    assert found
    return Order(found, DAY, DAY + timedelta(days=1), ("hostile", "holed"))


@pytest.fixture(scope="package")
def pack(engine: Engine, order: Order, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("packs") / "pack"
    write_pack(engine, order, Place(out), None, lambda _: None)
    return out
