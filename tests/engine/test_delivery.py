"""Load the same bytes in all the ways that happen: again, renamed, grown, compressed, and after a crash."""

import gzip
import itertools
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditradar.ingest import ledger as ledgers
from auditradar.ingest.delivery import Deliverer
from auditradar.ingest.dsn import Dsn, parse_dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.ledger import Entry, Ledger, Part, chain_hash_of
from auditradar.ingest.load import LoadOptions, LoadResult, component_of, load
from auditradar.ingest.refresh import refresh
from auditradar.ingest.rules import sync_rules
from auditradar.ingest.schema.apply import apply_schema
from auditradar.ingest.settings import Settings
from auditradar.ingest.simulate import Plan, simulate
from auditradar.ingest.sources import expand
from tests.faults import SEEDS, proven

numbers = itertools.count()


@pytest.fixture(scope="module")
def store(engine: Engine) -> Iterator[Engine]:
    with Engine(Dsn(path=engine.dsn.path, database="delivery")) as opened:
        apply_schema(opened)
        sync_rules(opened, Settings(dsn="chdb:///unused"))
        yield opened
        opened.command("DROP DATABASE delivery")


@pytest.fixture
def cluster() -> str:
    return f"delivery-{next(numbers)}"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("log")
    simulate(folder, Plan(days=1, people=6, seed=5, events=3_000, api_servers=1))
    return (folder / "logs" / "apiserver-1" / "audit.log").read_bytes()


def load_bytes(store: Engine, cluster: str, path: Path, data: bytes, **options: object) -> LoadResult:
    path.write_bytes(data)
    return load(store, expand([str(path)]), LoadOptions(cluster=cluster, batch_bytes=500_000, **options))  # type: ignore[arg-type]


def everything(store: Engine, cluster: str) -> list[object]:
    refresh(store)
    counts = store.rows(
        "SELECT (SELECT count() FROM events FINAL WHERE cluster = {cluster:String}), "
        "(SELECT count() FROM failed_attempts WHERE cluster = {cluster:String}), "
        "(SELECT sum(events) FROM batch_facts FINAL WHERE cluster = {cluster:String})",
        {"cluster": cluster},
    )
    sessions = store.rows(
        "SELECT actor, client_ip, started_at, last_seen_at, requests FROM sessions WHERE cluster = {cluster:String} ORDER BY ALL",
        {"cluster": cluster},
    )
    return [counts, sessions]


def ledger_rows(store: Engine, cluster: str) -> list[tuple[object, ...]]:
    columns = ", ".join(Entry.__slots__)
    return [
        tuple(row)
        for row in store.rows(
            f"SELECT {columns} FROM batches WHERE cluster = {{cluster:String}} ORDER BY source, sequence", {"cluster": cluster}
        )
    ]


def test_a_second_load_finds_everything_known(store: Engine, cluster: str, tmp_path: Path, log: bytes) -> None:
    first = load_bytes(store, cluster, tmp_path / "a.log", log)
    before = everything(store, cluster)
    second = load_bytes(store, cluster, tmp_path / "a.log", log)
    assert first.batches > 3
    assert (second.batches, second.known, second.records) == (0, first.batches, 0)
    assert everything(store, cluster) == before


@pytest.mark.parametrize("renamed", ["b.log", "audit-2026-01-05T00-00-00.000.log.gz"])
def test_the_same_bytes_under_another_name_are_known(store: Engine, cluster: str, tmp_path: Path, log: bytes, renamed: str) -> None:
    first = load_bytes(store, cluster, tmp_path / "a.log", log)
    data = gzip.compress(log) if renamed.endswith(".gz") else log
    second = load_bytes(store, cluster, tmp_path / renamed, data)
    assert (second.batches, second.known) == (0, first.batches)


def test_a_file_that_grew_loads_only_what_is_new(store: Engine, cluster: str, tmp_path: Path, log: bytes) -> None:
    half = log.index(b"\n", len(log) // 2) + 1
    first = load_bytes(store, cluster, tmp_path / "a.log", log[:half])
    second = load_bytes(store, cluster, tmp_path / "a.log", log)
    assert second.known == first.batches
    assert first.bytes + second.bytes == len(log)
    assert first.records + second.records == log.count(b"\n")


def test_a_last_line_that_was_still_being_written_is_loaded_when_it_is_whole(
    store: Engine, cluster: str, tmp_path: Path, log: bytes
) -> None:
    lines = log.splitlines(keepends=True)[:10]
    cut = b"".join(lines)[:-100]
    first = load_bytes(store, cluster, tmp_path / "a.log", cut)
    assert (first.records, first.rejected) == (10, 1)
    second = load_bytes(store, cluster, tmp_path / "a.log", b"".join(lines))
    assert (second.known, second.records, second.rejected) == (1, 1, 0)
    assert store.rows("SELECT count() FROM events WHERE cluster = {cluster:String}", {"cluster": cluster}) == [(10,)]
    [[position, reason]] = store.rows("SELECT position, reason FROM rejected WHERE cluster = {cluster:String}", {"cluster": cluster})
    assert position == 10
    assert "truncated" in reason


def test_another_cluster_is_another_matter(store: Engine, cluster: str, tmp_path: Path, log: bytes) -> None:
    load_bytes(store, cluster, tmp_path / "a.log", log)
    assert load_bytes(store, f"{cluster}-b", tmp_path / "a.log", log).known == 0


def test_again_loads_known_bytes_and_changes_no_row(store: Engine, cluster: str, tmp_path: Path, log: bytes) -> None:
    first = load_bytes(store, cluster, tmp_path / "a.log", log)
    [[events, *_]], sessions = everything(store, cluster)
    again = load_bytes(store, cluster, tmp_path / "a.log", log, again=True)
    assert (again.batches, again.known) == (first.batches, 0)
    [[events_after, *_]], sessions_after = everything(store, cluster)
    assert (events_after, sessions_after) == (events, sessions)


def test_a_crash_between_insert_and_ledger_changes_nothing(
    store: Engine, cluster: str, tmp_path: Path, log: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = load_bytes(store, f"{cluster}-whole", tmp_path / "a.log", log)
    written = itertools.count()

    def crash(self: Ledger, entry: Entry) -> Entry:
        if next(written) == 2:
            raise RuntimeError("crash")
        return original(self, entry)

    original = Ledger.append
    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "append", crash)
        with pytest.raises(RuntimeError, match="crash"):
            load_bytes(store, cluster, tmp_path / "b.log", log)
    result = load_bytes(store, cluster, tmp_path / "b.log", log)
    assert (result.known, result.batches) == (2, wanted.batches - 2)
    counts, sessions = everything(store, cluster)
    counts_wanted, sessions_wanted = everything(store, f"{cluster}-whole")
    assert counts == counts_wanted
    assert sessions == sessions_wanted


def test_the_chain_of_the_ledger_can_be_recomputed(store: Engine, cluster: str, tmp_path: Path, log: bytes) -> None:
    load_bytes(store, cluster, tmp_path / "a.log", log)
    rows = ledger_rows(store, cluster)
    assert len(rows) > 3
    previous = ""
    for number, row in enumerate(rows, start=1):
        facts = dict(zip(Entry.__slots__, row, strict=True))
        for moment in ("first_event_at", "last_event_at"):
            facts[moment] = (facts[moment] - ledgers.EPOCH) // ledgers.timedelta(microseconds=1)  # type: ignore[operator]
        facts["parts"] = tuple(Part(*map(str, part.values())) for part in facts["parts"])  # type: ignore[attr-defined,arg-type]
        entry = Entry(**facts)  # type: ignore[arg-type]
        assert (entry.sequence, entry.previous_hash) == (number, previous)
        assert chain_hash_of(entry) == entry.chain_hash
        previous = entry.chain_hash


def test_an_insert_that_fails_is_raised_and_later_loaded(
    store: Engine, cluster: str, tmp_path: Path, log: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Deliverer, "_send", refuse)
        with pytest.raises(OSError, match="no space left"):
            load_bytes(store, cluster, tmp_path / "a.log", log)
    assert load_bytes(store, cluster, tmp_path / "a.log", log).records == log.count(b"\n")


def wait_for_parts(store: Path, further: int) -> None:
    """Wait until the engine has written so many parts more: the tables behind one insert get theirs one after another."""

    def count() -> int:
        return sum(1 for _ in store.glob("store/*/*/[0-9a]*_*_*_*"))

    before = count() if further else 0
    while further and count() < before + further:
        pass


@pytest.mark.parametrize("seed", SEEDS)
def test_kill_9_at_any_moment_loses_and_doubles_nothing(tmp_path: Path, log: bytes, seed: int) -> None:
    folder, store = tmp_path / "logs", tmp_path / "store"
    folder.mkdir()
    (folder / "audit.log").write_bytes(log)
    program = (
        "import sys; from auditradar.ingest.dsn import parse_dsn; from auditradar.ingest.engine import Engine\n"
        "from auditradar.ingest.load import LoadOptions, load; from auditradar.ingest.schema.apply import apply_schema\n"
        "from auditradar.ingest.rules import sync_rules; from auditradar.ingest.settings import Settings\n"
        "from auditradar.ingest.sources import expand\n"
        "with Engine(parse_dsn(sys.argv[1])) as engine:\n"
        "    apply_schema(engine); sync_rules(engine, Settings(dsn='chdb:///unused')); print('ready', flush=True)\n"
        "    load(engine, expand([sys.argv[2]]), LoadOptions(cluster='killed', batch_bytes=60_000)); print('loaded', flush=True)\n"
    )
    command = [sys.executable, "-c", program, f"chdb://{store}", str(folder)]
    killed = 0
    dice = random.Random(seed)  # noqa: S311 - repeatable
    for delay, further in ((0.05, 0), (0, 3), (0.2, 0), (0, 11), (0.45, 0)):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(delay * (1 if seed == 0 else dice.uniform(0.5, 1.5)))
            wait_for_parts(store, further if seed == 0 or not further else dice.randint(1, 30))
            process.send_signal(signal.SIGKILL)
            killed += process.stdout.readline() == b""
    assert killed >= 3, "the load was too fast to be killed"
    done = subprocess.run(command, check=True, capture_output=True)
    assert done.stdout.endswith(b"loaded\n")
    check = (
        "import sys; from auditradar.ingest.dsn import parse_dsn; from auditradar.ingest.engine import Engine\n"
        "with Engine(parse_dsn(sys.argv[1])) as engine:\n"
        "    print(*engine.rows('SELECT (SELECT count() FROM events FINAL), (SELECT uniqExactMerge(requests) FROM activity), "
        "(SELECT sum(records) FROM batches FINAL), (SELECT sum(bytes) FROM batches FINAL), "
        "(SELECT sum(events) FROM batch_facts FINAL)')[0])\n"
    )
    counted = subprocess.run([sys.executable, "-c", check, f"chdb://{store}"], check=True, capture_output=True, text=True).stdout.split()
    whole = tmp_path / "whole"
    subprocess.run([*command[:3], f"chdb://{whole}", str(folder)], check=True, capture_output=True)
    wanted = subprocess.run([sys.executable, "-c", check, f"chdb://{whole}"], check=True, capture_output=True, text=True).stdout.split()
    assert counted == wanted
    assert int(counted[2]) == log.count(b"\n")
    assert int(counted[3]) == len(log)
    proven(f"chdb://{store}")


@pytest.mark.parametrize(
    ("name", "component"),
    [
        ("/var/log/kube-apiserver/audit.log", "kube-apiserver"),
        ("/must-gather/audit_logs/oauth-server/master-0-audit.log.gz", "oauth-server"),
        ("bundle.tar.gz!quay/audit_logs/openshift-apiserver/m0-audit-2026-01-05T00-00-00.000.log", "openshift-apiserver"),
        ("/tmp/oauth-apiserver-audit.log", "oauth-apiserver"),
        ("/tmp/audit.log", ""),
        ("-", ""),
    ],
)
def test_the_component_is_recognised_by_folder_and_file(name: str, component: str) -> None:
    assert component_of(name) == component


def test_the_default_dsn_is_an_embedded_store() -> None:
    assert parse_dsn(Settings().dsn).embedded
